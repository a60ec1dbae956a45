import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import {
  type Answers,
  added,
  type Split,
  type Sum,
  shownOf,
  sizeOf,
  sumsOf,
  type Tally,
  tallyOf,
} from './rule.js';

/** An inspection's sample, split by a characteristic: of each question the answers of each value. */
export interface Sample {
  name: string;
  year: number;
  printed: boolean;
  questions: Map<string, Split>;
}

/** The samples of all inspections of an edition, split by one characteristic. */
export interface Programme {
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
export async function countedProgrammes(db: Kysely<DB>): Promise<Programme[]> {
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
  const programmes = new Map<string, Programme>();
  const samples = new Map<string, Sample>();
  for (const { year, edition, sample_id, inspection_id, attribute, value, counts, ...row } of rows) {
    const name = `${edition} ${sample_id} ${attribute}`;
    const programme = programmes.get(name) ?? { name, values: [], samples: [] };
    programmes.set(name, programme);
    if (!programme.values.includes(value)) programme.values.push(value);
    const key = `${name} ${inspection_id}`;
    let sample = samples.get(key);
    if (!sample) {
      sample = { name: `${inspection_id} ${attribute}`, year, printed: row.printed, questions: new Map() };
      samples.set(key, sample);
      programme.samples.push(sample);
    }
    const split = sample.questions.get(row.key_question) ?? [];
    split.push(counts);
    sample.questions.set(row.key_question, split);
  }
  return [...programmes.values()];
}

/** Without the key of the sample, which a question tells. */
const withoutSample = (name: string) => name.split(' ').toSpliced(1, 1).join(' ');

const cell = (value: number | null | undefined) => value ?? 'c';

/** What is shown, as lines: of inspections, of years, of all years. */
export interface Lines {
  results: string[];
  years: string[];
  all: string[];
}

/** What the rule shows. */
export function linesByRule(programmes: readonly Programme[], fewest: number): Lines {
  const lines: Lines = { results: [], years: [], all: [] };
  for (const { name, values, samples } of programmes) {
    for (const sample of samples)
      for (const [question, split] of sample.questions) {
        const shown = shownOf(split, fewest, sample);
        for (const [v, row] of split.entries())
          if (!shown.sizes || sizeOf(row) > 0)
            lines.results.push(
              [sample.name, question, values[v], shown.sizes ? sizeOf(row) : 'c']
                .concat(row.map((count) => (shown.answers ? count : 'c')))
                .join(' '),
            );
      }
    for (const question of new Set(samples.flatMap(({ questions }) => [...questions.keys()]))) {
      const tallies = talliesOf(samples, question, fewest);
      const sums = sumsOf([...tallies.values()], fewest);
      const linesOf = (sum: Sum, year: number[]) =>
        sum.flatMap((one, v) =>
          one === undefined
            ? []
            : [...year, withoutSample(name), question, values[v], cell(one?.[0]), cell(one?.[1])].join(' '),
        );
      for (const [n, year] of [...tallies.keys()].entries())
        lines.years.push(...linesOf(sums.years[n] as Sum, [year]));
      lines.all.push(...linesOf(sums.all, []));
    }
  }
  return { results: lines.results.sort(), years: lines.years.sort(), all: lines.all.sort() };
}

/** The answers of each year to a question, the earliest first. */
export function talliesOf(samples: readonly Sample[], question: string, fewest: number): Map<number, Tally> {
  const tallies = new Map<number, Tally>();
  for (const year of [...new Set(samples.map((sample) => sample.year))].sort((one, other) => one - other)) {
    const parts = samples.flatMap((sample) => {
      const split = sample.year === year ? sample.questions.get(question) : undefined;
      return split ? [{ tally: tallyOf(split, shownOf(split, fewest, sample)), times: 1 as const }] : [];
    });
    if (parts.length > 0) tallies.set(year, added(parts));
  }
  return tallies;
}

/** What readers see. */
export async function linesSeen(reader: Kysely<DB>): Promise<Lines> {
  const results = await reader
    .selectFrom('analytics.subgroup_result')
    .select(['inspection_id', 'attribute', 'key_question', 'value', 'cases', 'yes', 'no', 'not_applicable'])
    .where('is_synthetic', '=', true)
    .execute();
  const columns = ['edition', 'attribute', 'key_question', 'value', 'yes', 'no'] as const;
  const years = await reader
    .selectFrom('analytics.subgroup_trend')
    .select(['year', ...columns])
    .where('is_synthetic', '=', true)
    .execute();
  const all = await reader
    .selectFrom('analytics.subgroup_all_years')
    .select(columns)
    .where('is_synthetic', '=', true)
    .execute();
  const sum = (row: (typeof all)[number]) =>
    [row.edition, row.attribute, row.key_question, row.value, cell(row.yes), cell(row.no)].join(' ');
  return {
    results: results
      .map((row) =>
        [row.inspection_id, row.attribute, row.key_question, row.value]
          .concat([row.cases, row.yes, row.no, row.not_applicable].map(cell) as string[])
          .join(' '),
      )
      .sort(),
    years: years.map((row) => `${row.year} ${sum(row)}`).sort(),
    all: all.map(sum).sort(),
  };
}
