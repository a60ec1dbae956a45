import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';
import { type Counts, fromAnswers, isKeyQuestion, percentOf, type Worked } from '../support/from-answers.js';
import { loadProgramme } from '../support/programme.js';

// What an analyst types first, with the data dictionary and no source code, beside what the case answers of an invented programme
// give without a view, or what the real reports print.

const database = testDatabase();
let worked: Worked[] = [];
beforeAll(async () => {
  await loadProgramme(database, { inspections: 60, seed: 26 });
  worked = await fromAnswers(database.db);
});
const rows = (query: string) => valuesOf(database.db, query);

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

/** The standards of all inspections. */
const standards = () =>
  worked.flatMap((one) => [...one.standards].map(([code, ranks]) => ({ ...one, code, ...ranks })));

/** Questions of all inspections, with the percentage that their edition takes. */
const questions = (is: (code: string) => boolean = isKeyQuestion) =>
  worked.flatMap((one) =>
    [...one.questions]
      .filter(([code]) => is(code))
      .map(([code, of]) => ({
        ...one,
        code,
        ...of,
        relevant: of.yes + of.no,
        percent: percentOf(one.edition, of),
      })),
  );

/** Inspections of a service after its first, each with the one before it. */
function pairs(): { before: Worked; after: Worked }[] {
  const ordered = worked.toSorted((a, b) => a.asOf.localeCompare(b.asOf) || a.id - b.id);
  return ordered.flatMap((after, at) => {
    const before = ordered.slice(0, at).findLast(({ serviceId }) => serviceId === after.serviceId);
    return before ? [{ before, after }] : [];
  });
}

const countingOf = ({ standards }: Worked): number =>
  [...standards].filter(([code, { rating }]) => code !== '4.1' && rating !== null).length;

/** Which key questions of a standard have the lowest percentage of an inspection. */
function lowestOf(one: Worked, standard: string): string[] {
  const percents = [...one.questions]
    .filter(([code]) => isKeyQuestion(code) && code.startsWith(`${standard}.`))
    .map(([code, counts]) => ({ code, percent: percentOf(one.edition, counts) ?? Infinity }))
    .filter(({ percent }) => percent < Infinity);
  const least = Math.min(...percents.map(({ percent }) => percent));
  return percents.filter(({ percent }) => percent === least).map(({ code }) => code);
}

interface AsPrinted {
  question: string;
  ask: string;
  rows: unknown[][];
}
const asPrinted = (
  parse(readFileSync(new URL('./first-queries.yaml', import.meta.url), 'utf8')) as AsPrinted[]
).map(({ question, ask, rows }): Case => [question, ask, () => rows]);

type Case = [question: string, query: string, expected: () => number | unknown[][]];

const ofRatings: Case[] = [
  [
    'how often did discretion change the overall rating?',
    'select count(*)::integer from analytics.overall_rating where rating <> rating_without_discretion and is_synthetic',
    () => count(({ overall, overallWithout }) => overall !== overallWithout),
  ],
  [
    'how many points did discretion bring?',
    'select sum(score - score_without_discretion)::integer from analytics.overall_rating where is_synthetic',
    () => sum(worked.map(({ score, scoreWithout }) => score - scoreWithout)),
  ],
  [
    'what share of computed ratings did panels replace?',
    'select sum(decisions)::double precision / sum(inspections) from analytics.discretion_trend where is_synthetic',
    () => {
      const all = standards().filter(({ computed }) => computed !== null);
      return all.filter(({ computed, rating }) => computed !== rating).length / all.length;
    },
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
    'the mix of overall ratings by year',
    `select year, sum(inspections)::integer from analytics.rating_trend
    where standard = 'overall' and rating_rank >= 2 and is_synthetic group by year order by year`,
    () => summed(worked.map(({ year, overall }) => [year, overall >= 2 ? 1 : 0])),
  ],
  [
    'the mean score, an edition at a time',
    `select edition, avg(score)::double precision from analytics.overall_rating where is_synthetic group by edition order by edition`,
    () =>
      summed(worked.map(({ edition, score }) => [edition, score / count((one) => one.edition === edition)])),
  ],
  [
    'which rating was followed by which?',
    `select previous_rating_rank, rating_rank, count(*)::integer from analytics.service_history
    where previous_rating is not null and rating is not null and is_synthetic group by 1, 2 order by 1, 2`,
    () => summed(pairs().map(({ before, after }) => [before.overall, after.overall, 1])),
  ],
  [
    'how far did what was poor rise, and what was good fall?',
    `select previous_rating_rank, sum(rating_change)::integer from analytics.service_history
    where rating_change is not null and is_synthetic group by 1 order by 1`,
    () => summed(pairs().map(({ before, after }) => [before.overall, after.overall - before.overall])),
  ],
  [
    'how often did a limiting judgement hold the rating down?',
    'select count(*)::integer from analytics.overall_rating where limited_by is not null and is_synthetic',
    () =>
      count((one) => one.standards.get('4.1')?.rating === 0 && one.score * 36 >= 31 * 3 * countingOf(one)),
  ],
  [
    'who is first in an edition, ties kept?',
    `select edition, count(*)::integer from analytics.league_table
    where rank_in_edition = 1 and is_synthetic group by edition order by edition`,
    () => {
      const later = new Set(pairs().map(({ before }) => before.id));
      const latest = worked.filter(({ id }) => !later.has(id));
      const shareOf = (one: Worked) => one.score / countingOf(one);
      const isFirst = (one: Worked) =>
        latest.every((other) => other.edition !== one.edition || shareOf(other) <= shareOf(one));
      return summed(latest.filter(isFirst).map(({ edition }) => [edition, 1]));
    },
  ],
  [
    'which standard is most often Inadequate?',
    `select edition, standard, sum(inspections)::integer from analytics.rating_trend
    where rating = 'Inadequate' and standard <> 'overall' and is_synthetic
    group by 1, 2 having sum(inspections) > 0 order by 1, 2`,
    () =>
      summed(standards().flatMap(({ edition, code, rating }) => (rating === 0 ? [[edition, code, 1]] : []))),
  ],
  [
    'how many standards were not rated, for want of a relevant case?',
    `select coalesce(sum(inspections), 0)::integer from analytics.rating_trend
    where rating = 'not rated' and standard not in ('overall', '4.1') and is_synthetic`,
    () => standards().filter(({ rating }) => rating === null).length,
  ],
  [
    'in how many inspections did a key question alone set the rating?',
    `select key_question, count(*)::integer from analytics.driving_key_question
    where standard = '2.1' and not is_tied and is_synthetic group by key_question order by key_question`,
    () => {
      const alone = worked.map((one) => lowestOf(one, '2.1')).filter(({ length }) => length === 1);
      return summed(alone.map(([code]) => [code as string, 1]));
    },
  ],
  [
    'how often do key questions of a standard tie?',
    `select count(*)::integer as standards, sum(cardinality(tied_key_questions))::integer as tied from analytics.standard_rating
    where tied_key_questions is not null and is_synthetic`,
    () => {
      const ties = standards()
        .filter(({ computed }) => computed !== null)
        .map((one) => lowestOf(one, one.code).length - 1)
        .filter((tied) => tied > 0);
      return [[ties.length, sum(ties)]];
    },
  ],
  [
    'how do domains compare?',
    `select domain_title, sum(yes)::integer as yes, sum(relevant)::integer as relevant from analytics.key_question_result
    where edition = '2018' and is_synthetic group by domain, domain_title order by domain`,
    () =>
      ['Court disposals', 'Out-of-court disposals'].map((title, at) => {
        const own = questions().filter(
          ({ edition, code }) => edition === '2018' && code.startsWith(`${at + 2}.`),
        );
        return [title, sum(own.map(({ yes }) => yes)), sum(own.map(({ relevant }) => relevant))];
      }),
  ],
];

const yesOf = (code: string, keyOf: (one: Worked) => (string | number)[]) =>
  summed(questions((one) => one === code).map((one) => [...keyOf(one), one.yes]));

const ofAnswers: Case[] = [
  [
    'a key question over the years, both editions of a series together',
    `select year, sum(yes)::integer from analytics.key_question_trend
    where question_series = '2021 2.1.2' and is_synthetic group by year order by year`,
    () => yesOf('2.1.2', ({ year }) => [year]),
  ],
  [
    'a prompt over the years, an edition at a time',
    `select year, edition, yes from analytics.prompt_trend
    where prompt = '2.1.1.a' and is_synthetic order by year, edition`,
    () => yesOf('2.1.1.a', ({ year, edition }) => [year, edition]),
  ],
  [
    'where does the base of the percentage matter?',
    `select count(*)::integer from analytics.key_question_result
    where base = 'inspected' and percent <> percent_of_relevant and is_synthetic`,
    () =>
      questions().filter(
        (one) => one.edition === '2021' && one.percent !== null && one.percent !== percentOf('2018', one),
      ).length,
  ],
  [
    'how many court disposals were inspected?',
    'select sum(court_cases)::integer from analytics.inspection where is_synthetic',
    () => sum(questions((code) => code === '2.1.1').map(({ all }) => all)),
  ],
  [
    'to how many cases does a prompt not apply?',
    `select prompt, sum(not_applicable)::integer from analytics.prompt_result
    where edition = '2018' and is_synthetic group by 1 order by 1`,
    () =>
      summed(
        questions((code) => !isKeyQuestion(code))
          .filter(({ edition }) => edition === '2018')
          .map(({ code, all, relevant }) => [code, all - relevant]),
      ),
  ],
  [
    'and groups of cases?',
    `select distinct inspections, inspections_without_answers from analytics.subgroup_trend
    where year = 2019 and edition = '2018' and key_question = '2.1.1' and is_synthetic`,
    () => [[count(({ year, edition }) => year === 2019 && edition === '2018'), 0]],
  ],
];

/** Numbers without what is beyond their ninth digit. */
const plain = (value: unknown) => (typeof value === 'number' ? Number(value.toFixed(9)) : value);

describe.each([
  ['ratings', ofRatings],
  ['answers', ofAnswers],
  ['reports, rules and what is left out', asPrinted],
])('of %s', (_, cases) => {
  test.each(cases)('%s', async (_, query, expected) => {
    const wanted = expected();
    const asRows = typeof wanted === 'number' ? [[wanted]] : wanted;
    expect((await rows(query)).map((row) => row.map(plain))).toEqual(asRows.map((row) => row.map(plain)));
  });
});

test('the programme has something of each', () => {
  expect(count(({ overall, overallWithout }) => overall !== overallWithout)).toBeGreaterThan(0);
  expect(pairs().length).toBeGreaterThan(20);
  expect(standards().filter((one) => lowestOf(one, one.code).length > 1).length).toBeGreaterThan(10);
});

/** The design effect of answers that are clustered by inspections: the ratio estimator. */
function designEffect(clusters: readonly Pick<Counts, 'yes' | 'no'>[]): {
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
  const own = questions((code) => code === '2.1.1').filter(
    (one) => one.edition === row[0] && (row[1] ?? one.year) === one.year,
  );
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

test('which questions of cases go on in other words?', async () => {
  const [[found]] = (await rows(
    `select count(*)::integer from analytics.crosswalk where relation = 'continues' and wording_changed`,
  )) as [[number]];
  const texts = await rows(`
    select earlier.text as before, later.text as after
    from core.crosswalk
    join core.question as earlier on earlier.question_id = from_question_id
    join core.question as later on later.question_id = to_question_id
    where relation = 'continues'`);
  const words = (text: unknown) =>
    String(text)
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join(' ');
  expect(found).toBe(texts.filter(([before, after]) => words(before) !== words(after)).length);
});
