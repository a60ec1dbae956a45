import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import { type Answers, type Part, type Split, shownOf, sizeOf, sumOf } from './rule.js';

/** An inspection's sample, split by a characteristic: of each question the answers of each value. */
export interface Sample {
  name: string;
  printed: boolean;
  questions: Map<string, Split>;
}

/** The samples of a year's inspections of an edition, split by one characteristic. */
export interface Year {
  name: string;
  values: string[];
  samples: Sample[];
}

interface Cell {
  year: number;
  edition: string;
  sample_id: number;
  inspection_id: number;
  key_question: string;
  attribute: string;
  value: string;
  counts: Answers;
  printed: boolean;
}

/** Every case answer to a key question counted by every value that its edition has, case by case: not by the views. */
export async function countedYears(db: Kysely<DB>): Promise<Year[]> {
  const { rows } = await sql<Cell>`
    with listed as (
      select sample_id, attribute, value from core.sample join core.attribute_value using (edition_code)
      union all
      select sample_id, attribute, 'not known' from core.sample join core.case_attribute using (edition_code)
      union all
      select sample_id, kind_of_case, kind
      from core.case_kind join core.sample using (sample_id) join core.edition using (edition_code)
    ),
    asked_of_all as (
      select question_id, question_code, sample_id, edition_code
      from core.question
      where level = 'key question' and basis = 'cases'
    ),
    counted as (
      select answer.inspection_id, question_id, attribute, value,
        array[
          count(*) filter (where answer = 'yes'),
          count(*) filter (where answer = 'no'),
          count(*) filter (where answer = 'not applicable')
        ]::integer[] as counts
      from core.answer
      join asked_of_all as question using (question_id)
      join core.edition using (edition_code)
      join core.inspected_case as one using (inspection_id, case_no)
      cross join lateral (
        select attribute, coalesce(attributes ->> attribute, 'not known') as value
        from core.case_attribute where case_attribute.edition_code = question.edition_code
        union all
        select kind_of_case, kind where kind is not null
      ) as of_case
      group by 1, 2, 3, 4
    ),
    asked as (
      select distinct inspection_id, question_id from core.answer join asked_of_all using (question_id)
    )
    select
      inspection.year, inspection.edition_code as edition, question.sample_id, inspection_id,
      question.question_code as key_question, listed.attribute, listed.value,
      coalesce(counted.counts, array[0, 0, 0]) as counts,
      listed.attribute = edition.kind_of_case
        and exists (select from core.sample_kind as kind where kind.inspection_id = inspection.inspection_id and kind.sample_id = question.sample_id) as printed
    from asked
    join core.inspection using (inspection_id)
    join core.edition using (edition_code)
    join asked_of_all as question using (question_id)
    join listed on listed.sample_id = question.sample_id
    left join counted using (inspection_id, question_id, attribute, value)
    where inspection.is_synthetic
      and not exists (
        select from core.question_kind
        where question_kind.question_id = question.question_id and listed.attribute = edition.kind_of_case
      )
      and not exists (
        select from core.question_not_asked as not_asked
        where not_asked.question_id = question.question_id and not_asked.attribute = listed.attribute
      )
    order by inspection_id, question.question_code, listed.attribute, listed.value`.execute(db);
  const years = new Map<string, Year>();
  const samples = new Map<string, Sample>();
  for (const row of rows) {
    const name = `${row.year} ${row.edition} ${row.sample_id} ${row.attribute}`;
    const year = years.get(name) ?? { name, values: [], samples: [] };
    years.set(name, year);
    if (!year.values.includes(row.value)) year.values.push(row.value);
    const key = `${name} ${row.inspection_id}`;
    let sample = samples.get(key);
    if (!sample) {
      sample = { name: `${row.inspection_id} ${row.attribute}`, printed: row.printed, questions: new Map() };
      samples.set(key, sample);
      year.samples.push(sample);
    }
    const split = sample.questions.get(row.key_question) ?? [];
    split.push(row.counts);
    sample.questions.set(row.key_question, split);
  }
  return [...years.values()];
}

/** Without the key of the sample, which a question tells. */
const withoutSample = (name: string) => name.split(' ').toSpliced(2, 1).join(' ');

const cell = (value: number | null | undefined) => value ?? 'c';

/** What the rule shows, as lines: of inspections, and of years. */
export function linesByRule(years: readonly Year[], fewest: number): { results: string[]; sums: string[] } {
  const results: string[] = [];
  const sums: string[] = [];
  for (const { name, values, samples } of years) {
    for (const sample of samples)
      for (const [question, split] of sample.questions) {
        const shown = shownOf(split, fewest, sample);
        for (const [v, row] of split.entries())
          if (!shown.sizes || sizeOf(row) > 0)
            results.push(
              [sample.name, question, values[v], shown.sizes ? sizeOf(row) : 'c']
                .concat(row.map((count) => (shown.answers ? count : 'c')))
                .join(' '),
            );
      }
    for (const question of questionsOf(samples)) {
      const sum = sumOf(partsOf(samples, question, fewest), fewest);
      for (const [v, one] of sum.entries())
        if (one !== undefined)
          sums.push([withoutSample(name), question, values[v], cell(one?.[0]), cell(one?.[1])].join(' '));
    }
  }
  return { results: results.sort(), sums: sums.sort() };
}

/** What readers see, as the same lines. */
export async function linesSeen(reader: Kysely<DB>): Promise<{ results: string[]; sums: string[] }> {
  const results = await reader
    .selectFrom('analytics.subgroup_result')
    .select(['inspection_id', 'attribute', 'key_question', 'value', 'cases', 'yes', 'no', 'not_applicable'])
    .where('is_synthetic', '=', true)
    .execute();
  const sums = await reader
    .selectFrom('analytics.subgroup_trend')
    .select(['year', 'edition', 'attribute', 'key_question', 'value', 'yes', 'no'])
    .where('is_synthetic', '=', true)
    .execute();
  return {
    results: results
      .map((row) =>
        [row.inspection_id, row.attribute, row.key_question, row.value]
          .concat([row.cases, row.yes, row.no, row.not_applicable].map(cell) as string[])
          .join(' '),
      )
      .sort(),
    sums: sums
      .map((row) =>
        [row.year, row.edition, row.attribute, row.key_question, row.value, cell(row.yes), cell(row.no)].join(
          ' ',
        ),
      )
      .sort(),
  };
}

export const questionsOf = (samples: readonly Sample[]): string[] => [
  ...new Set(samples.flatMap(({ questions }) => [...questions.keys()])),
];

export const partsOf = (samples: readonly Sample[], question: string, fewest: number): Part[] =>
  samples.flatMap((sample) => {
    const split = sample.questions.get(question);
    return split ? [{ split, shown: shownOf(split, fewest, sample) }] : [];
  });
