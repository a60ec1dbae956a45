import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import { valuesOf } from '../support/asked.js';
import { added, type Split, type Sum, shownOf, sizeOf, sumsOf, type Tally, tallyOf } from './rule.js';

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

/** Every case answer to a key question counted by every value that its edition has, case by case: not by the views. */
export async function countedProgrammes(db: Kysely<DB>): Promise<Programme[]> {
  const { rows } = await sql<{
    name: string;
    sample: string;
    year: number;
    printed: boolean;
    question: string;
    values: string[];
    split: Split;
  }>`
    with listed as (
      select sample_id, attribute, value from core.sample join core.attribute_value using (edition_code)
      union all
      select sample_id, attribute, 'not known' from core.sample join core.case_attribute using (edition_code)
      union all
      select sample_id, kind_of_case, kind
      from core.case_kind join core.sample using (sample_id) join core.edition using (edition_code)
    ),
    counted as (
      select inspection.inspection_id, inspection.edition_code, year, kind_of_case, question.question_id, question_code, question.sample_id,
        listed.attribute, listed.value,
        array[
          count(*) filter (where answer = 'yes' and is_of_value),
          count(*) filter (where answer = 'no' and is_of_value),
          count(*) filter (where answer = 'not applicable' and is_of_value)
        ] as counts
      from core.answer
      join core.inspection using (inspection_id)
      join core.edition using (edition_code)
      join core.question using (question_id)
      join core.inspected_case as one using (inspection_id, case_no)
      join listed on listed.sample_id = question.sample_id
      cross join lateral (
        select case listed.attribute
          when kind_of_case then one.kind
          else coalesce(attributes ->> listed.attribute, 'not known')
        end = listed.value as is_of_value
      ) as of_case
      where is_synthetic and level = 'key question' and basis = 'cases'
      group by inspection.inspection_id, kind_of_case, question.question_id, listed.attribute, listed.value
    )
    select edition_code || ' ' || sample_id || ' ' || attribute as name, inspection_id || ' ' || attribute as sample, year,
      attribute = kind_of_case
        and exists (select from core.sample_kind as kind where kind.inspection_id = counted.inspection_id and kind.sample_id = counted.sample_id)
        as printed,
      question_code as question, array_agg(value order by value) as values, json_agg(counts order by value) as split
    from counted
    where not (attribute = kind_of_case and exists (
        select from core.question_kind where question_kind.question_id = counted.question_id
      ))
      and not exists (
        select from core.question_not_asked as not_asked
        where not_asked.question_id = counted.question_id and not_asked.attribute = counted.attribute
      )
    group by inspection_id, edition_code, sample_id, year, kind_of_case, attribute, question_id, question_code
    order by inspection_id, question_code, attribute`.execute(db);
  const programmes = new Map<string, { name: string; values: string[]; samples: Map<string, Sample> }>();
  const kept = <Key, Value>(map: Map<Key, Value>, key: Key, made: Value): Value =>
    map.get(key) ?? (map.set(key, made).get(key) as Value);
  for (const { name, sample, year, printed, question, values, split } of rows) {
    const { samples } = kept(programmes, name, { name, values, samples: new Map() });
    kept(samples, sample, { name: sample, year, printed, questions: new Map() }).questions.set(
      question,
      split,
    );
  }
  return [...programmes.values()].map((one) => ({ ...one, samples: [...one.samples.values()] }));
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
  const lines = async (view: string, keys: string, counts: string[]) => {
    const cells = counts.map((count) => `coalesce(${count}::text, 'c') as ${count}`);
    const rows = await valuesOf(
      reader,
      `select ${keys}, ${cells.join(', ')} from analytics.${view} where is_synthetic`,
    );
    return rows.map((row) => row.join(' ')).sort();
  };
  const sum = 'edition, attribute, key_question, value';
  return {
    results: await lines('subgroup_result', 'inspection_id, attribute, key_question, value', [
      ...['cases', 'yes', 'no', 'not_applicable'],
    ]),
    years: await lines('subgroup_trend', `year, ${sum}`, ['yes', 'no']),
    all: await lines('subgroup_all_years', sum, ['yes', 'no']),
  };
}
