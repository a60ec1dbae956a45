import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editions } from '../../src/queries/editions.js';
import { evidence } from '../../src/queries/evidence.js';
import { rateInspection } from '../../src/ratings/inspection.js';
import type { Edition } from '../../src/ratings/rules.js';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

// What an analyst types first, with the data dictionary and no source code, beside what the ratings of src/ratings give of an invented
// programme, or what the real reports print. What is but a sum over a view is held by test/schema/sums.test.ts.

const database = testDatabase();
let worked: Awaited<ReturnType<typeof rated>> = [];
beforeAll(async () => {
  await loadProgramme(database, { inspections: 60, seed: 26 });
  worked = await rated();
});
const rows = (query: string) => valuesOf(database.db, query);

const scale = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
const rankOf = (rating: string | null) => (rating === null ? null : scale.indexOf(rating));

/** Every invented inspection, rated without a view. */
async function rated() {
  const { rows: inspections } = await sql<Record<'id' | 'serviceId' | 'year', number> & { asOf: string }>`
    select inspection_id as id, service_id as "serviceId", year, as_of as "asOf"
    from core.inspection where is_synthetic order by as_of, inspection_id`.execute(database.db);
  const known = await editions(database.db);
  const all = new Map((await evidence(database.db)).map((one) => [one.inspectionId, one]));
  return inspections.flatMap((inspection) => {
    const own = all.get(inspection.id);
    if (!own) return [];
    const { standards, overall, keyQuestions } = rateInspection(
      known.get(own.edition) as Edition,
      own.evidence,
    );
    const questions = [...keyQuestions].flatMap(([code, { yes, relevant, percent, percentOfRelevant }]) =>
      yes === null || relevant === null ? [] : { code, yes, relevant, percent, percentOfRelevant },
    );
    return { ...inspection, edition: own.edition, standards, overall, questions };
  });
}
type Worked = (typeof worked)[number];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const count = (is: (one: Worked) => boolean): number => worked.filter(is).length;

/** Rows summed by the columns before the last, in order of them. */
function summed(all: readonly (string | number | null)[][]): unknown[][] {
  const sums = new Map<string, (string | number | null)[]>();
  for (const row of all) {
    const key = JSON.stringify(row.slice(0, -1));
    sums.set(key, [...row.slice(0, -1), Number(sums.get(key)?.at(-1) ?? 0) + Number(row.at(-1))]);
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Inspections of a service after its first, each with the one before it. */
const pairs = () =>
  worked.flatMap((after, at) => {
    const before = worked.slice(0, at).findLast(({ serviceId }) => serviceId === after.serviceId);
    return before ? [{ before, after }] : [];
  });

/** The rank of an overall rating. */
const overallOf = ({ overall }: Worked) => rankOf(overall.rating) as number;
const questions = () => worked.flatMap((one) => one.questions.map((question) => ({ ...one, ...question })));
const tied = () =>
  worked.flatMap(({ standards }) =>
    standards.flatMap((one) => one.tiedKeyQuestions?.split(', ').length ?? []),
  );

interface AsPrinted {
  question: string;
  ask: string;
  rows: unknown[][];
}
const asPrinted = (
  parse(readFileSync(new URL('./first-queries.yaml', import.meta.url), 'utf8')) as AsPrinted[]
).map(({ question, ask, rows }): Case => [question, ask, () => rows]);

type Case = [question: string, query: string, expected: () => number | unknown[][]];

const asRated: Case[] = [
  [
    'how often did discretion change the overall rating?',
    'select count(*)::integer from analytics.overall_rating where rating <> rating_without_discretion and is_synthetic',
    () => count(({ overall }) => overall.rating !== overall.ratingWithoutDiscretion),
  ],
  [
    'what if boundaries were five points higher?',
    `select count(*)::integer
    from analytics.key_question_result as result
    join analytics.rating_scale as scale using (edition, rating)
    where result.percent < scale.from_percent + 5 and scale.from_percent > 0 and is_synthetic`,
    () =>
      questions().filter(({ percent }) =>
        [50, 65, 80].some((from) => percent !== null && from <= percent && percent < from + 5),
      ).length,
  ],
  [
    'which rating was followed by which?',
    `select previous_rating_rank, rating_rank, count(*)::integer from analytics.service_history
    where previous_rating is not null and rating is not null and is_synthetic group by 1, 2 order by 1, 2`,
    () => summed(pairs().map(({ before, after }) => [overallOf(before), overallOf(after), 1])),
  ],
  [
    'how often did a limiting judgement hold the rating down?',
    'select count(*)::integer from analytics.overall_rating where limited_by is not null and is_synthetic',
    () => count(({ overall }) => overall.limitedBy !== null),
  ],
  [
    'who is first in an edition, ties kept?',
    `select edition, count(*)::integer from analytics.league_table
    where rank_in_edition = 1 and is_synthetic group by edition order by edition`,
    () => {
      const later = new Set(pairs().map(({ before }) => before.id));
      const latest = worked.filter(({ id }) => !later.has(id));
      const shareOf = ({ overall }: Worked) => Number(overall.score) / Number(overall.maxScore);
      const isFirst = (one: Worked) =>
        latest.every((other) => other.edition !== one.edition || shareOf(other) <= shareOf(one));
      return summed(latest.filter(isFirst).map(({ edition }) => [edition, 1]));
    },
  ],
  [
    'how often do key questions of a standard tie?',
    `select count(*)::integer as standards, sum(cardinality(tied_key_questions))::integer as tied from analytics.standard_rating
    where tied_key_questions is not null and is_synthetic`,
    () => [[tied().length, sum(tied())]],
  ],
];

/** Numbers without what is beyond their ninth digit. */
const plain = (value: unknown) => (typeof value === 'number' ? Number(value.toFixed(9)) : value);

describe.each([
  ['ratings', asRated],
  ['reports, rules and what is left out', asPrinted],
])('of %s', (_, cases) => {
  test.each(cases)('%s', async (_, query, expected) => {
    const wanted = expected();
    const asRows = typeof wanted === 'number' ? [[wanted]] : wanted;
    expect((await rows(query)).map((row) => row.map(plain))).toEqual(asRows.map((row) => row.map(plain)));
  });
});

test('the programme has something of each', () => {
  expect(count(({ overall }) => overall.rating !== overall.ratingWithoutDiscretion)).toBeGreaterThan(0);
  expect(pairs().length).toBeGreaterThan(20);
  expect(tied().length).toBeGreaterThan(10);
});

/** The design effect of answers that are clustered by inspections: the ratio estimator. */
function designEffect(clusters: readonly Record<'yes' | 'no', number>[]): {
  n: number;
  p: number;
  effect: number;
} {
  const n = sum(clusters.map(({ yes, no }) => yes + no));
  const p = sum(clusters.map(({ yes }) => yes)) / n;
  const squares = clusters.map(({ yes, no }) => (yes - p * (yes + no)) ** 2);
  const between = (clusters.length / (clusters.length - 1)) * sum(squares);
  return { n, p, effect: Math.max(1, between / (n * p * (1 - p))) };
}

test.each([
  ['in a year', 'key_question_trend', 'year', 'year'],
  ['in all years of an edition', 'key_question_all_years', 'null::integer', 'last_year'],
])('how alike are answers of one inspection, %s?', async (_, view, year, latest) => {
  const [row = []] = await rows(`
    select edition, ${year} as year, inspections, relevant, percent, design_effect, effective_relevant, high_95 - low_95 as width
    from analytics.${view}
    where key_question = '2.1.1' and is_synthetic order by inspections desc, ${latest} limit 1`);
  const own = questions()
    .filter((one) => one.code === '2.1.1' && one.edition === row[0] && (row[1] ?? one.year) === one.year)
    .map(({ yes, relevant }) => ({ yes, no: relevant - yes }));
  const { n, p, effect } = designEffect(own);
  expect(row.slice(2, 5)).toEqual([own.length, n, Math.floor((200 * p * n + n) / (2 * n))]);
  expect(row[5]).toBeCloseTo(effect, 8);
  expect(row[6]).toBeCloseTo(n / effect, 6);
  // a little wider than the normal interval, for the degrees of freedom
  const normal = 2 * 1.96 * Math.sqrt((p * (1 - p) * effect) / n) * 100;
  expect(row[7]).toBeGreaterThan(0.95 * normal);
  expect(row[7]).toBeLessThan(1.3 * normal);
});

test.each([
  ['of a year', 'subgroup_trend', 'year'],
  ['of all years', 'subgroup_all_years', 'null::integer'],
])('children by what they are, over all inspections %s', async (_, view, year) => {
  const asked = (await rows(`
    select edition, ${year} as year, key_question, attribute, value, yes, relevant, percent, design_effect, effective_relevant
    from analytics.${view}
    where key_question in ('2.1.1', '2.2.3') and attribute <> 'disposal' and value <> 'not known'
      and marker is null and is_synthetic`)) as [
    string,
    number | null,
    string,
    string,
    string,
    ...number[],
  ][];
  expect(asked.length).toBeGreaterThan(1);
  for (const [edition, year, code, attribute, value, ...told] of asked) {
    const { rows: cases } = await sql<Record<'yes' | 'no' | 'yes_of_value' | 'no_of_value', number>>`
      select
        count(*) filter (where answer = 'yes')::integer as yes, count(*) filter (where answer = 'no')::integer as no,
        count(*) filter (where answer = 'yes' and attributes ->> ${attribute} = ${value})::integer as yes_of_value,
        count(*) filter (where answer = 'no' and attributes ->> ${attribute} = ${value})::integer as no_of_value
      from core.answer join core.question using (question_id) join core.inspection using (inspection_id)
      join core.inspected_case using (inspection_id, case_no)
      where question_code = ${code} and answer <> 'not applicable' and is_synthetic
        and year = coalesce(${year}::integer, year) and inspection.edition_code = ${edition}
      group by inspection_id`.execute(database.db);
    const yes = sum(cases.map(({ yes_of_value }) => yes_of_value));
    const relevant = yes + sum(cases.map(({ no_of_value }) => no_of_value));
    expect(told.slice(0, 3)).toEqual([yes, relevant, Math.floor((200 * yes + relevant) / (2 * relevant))]);
    // over all cases, as far above 1 as the value's part of them
    const { n, effect } = designEffect(cases);
    const own = 1 + ((effect - 1) * relevant) / n;
    expect(told[3]).toBeCloseTo(own, 8);
    expect(told[4]).toBeCloseTo(relevant / own, 6);
  }
});

test('a code that asks two things is two series', async () => {
  const twice = await rows(`
    select question from analytics.question where edition <> '2025' group by question
    having count(*) > 1 and count(distinct question_series) > 1 order by 1`);
  // by the crosswalk's own rows: shared codes of which the later does not continue the earlier
  const shared = await rows(`
    select question_code
    from core.question as earlier
    join core.question as later using (question_code)
    where earlier.edition_code = '2018' and later.edition_code = '2021'
      and not exists (
        select from core.crosswalk
        where relation = 'continues' and from_question_id = earlier.question_id and to_question_id = later.question_id)
    order by 1`);
  expect(twice).toEqual(shared);
  expect(twice.length).toBeGreaterThan(10);
});
