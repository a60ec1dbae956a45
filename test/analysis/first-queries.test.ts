import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { editions } from '../../src/queries/editions.js';
import { evidence } from '../../src/queries/evidence.js';
import { rateInspection } from '../../src/ratings/inspection.js';
import type { Edition } from '../../src/ratings/rules.js';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

// What an analyst types first, with the data dictionary and no source code, beside what src/ratings gives of an invented programme. What
// the reports print, or the rules have, is asked in test/schema/first-queries.yaml.

const database = testDatabase();
let worked: Awaited<ReturnType<typeof rated>> = [];
beforeAll(async () => {
  await loadProgramme(database, { inspections: 60, seed: 26 });
  worked = await rated();
});

const scale = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
const rankOf = (rating: string | null | undefined) => (rating == null ? null : scale.indexOf(rating));

/** Every invented inspection, rated without a view, in the order of time. */
async function rated() {
  const { rows } = await sql<Record<'id' | 'serviceId' | 'year', number>>`
    select inspection_id as id, service_id as "serviceId", year
    from core.inspection where is_synthetic order by as_of, inspection_id`.execute(database.db);
  const known = await editions(database.db);
  const own = await evidence(database.db, undefined, { synthetic: true });
  const all = new Map(own.map((one) => [one.inspectionId, one]));
  return rows.flatMap((inspection) => {
    const { edition, evidence } = all.get(inspection.id) as (typeof own)[number];
    const { standards, overall, keyQuestions } = rateInspection(known.get(edition) as Edition, evidence);
    return { ...inspection, edition, standards, overall, questions: [...keyQuestions] };
  });
}
type Worked = (typeof worked)[number];

const count = (is: (one: Worked) => boolean): number => worked.filter(is).length;
const overallOf = ({ overall }: Worked) => rankOf(overall.rating) as number;
const standardOf = ({ standards }: Worked, code: string) =>
  rankOf(standards.find((one) => one.code === code)?.rating);

/** Inspections of a service after its first, each with the one before it. */
const pairs = () =>
  worked.flatMap((after, at) => {
    const before = worked.slice(0, at).findLast(({ serviceId }) => serviceId === after.serviceId);
    return before ? [{ before, after }] : [];
  });

/** What inspections, or what else there is, come to by a key, in the order of the keys. */
function by<Row>(rows: readonly Row[], keyOf: (row: Row) => unknown[], amountOf: (row: Row) => number) {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    sums.set(key, (sums.get(key) ?? 0) + amountOf(row));
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, sum]) => [...JSON.parse(key), sum]);
}

/** Sums by a key, each in place of what it comes to of one. */
const meansBy = <Row>(rows: readonly Row[], keyOf: (row: Row) => unknown[], amountOf: (row: Row) => number) =>
  by(rows, keyOf, amountOf).map((row, at) =>
    row.with(-1, row.at(-1) / (by(rows, keyOf, () => 1)[at]?.at(-1) as number)),
  );

const overall = 'from analytics.overall_rating where is_synthetic';
test.each<[question: string, query: string, expected: () => unknown[][]]>([
  [
    'how often did discretion change the overall rating?',
    `select count(*)::integer ${overall} and rating <> rating_without_discretion`,
    () => [[count((one) => one.overall.rating !== one.overall.ratingWithoutDiscretion)]],
  ],
  [
    'how often did it change the rating of a standard?',
    'select count(*)::integer from analytics.standard_rating where rating_rank <> computed_rating_rank and is_synthetic',
    () => [
      [
        worked
          .flatMap(({ standards }) => standards)
          .filter((one) => one.computedRating !== null && one.computedRating !== one.rating).length,
      ],
    ],
  ],
  [
    'what if boundaries were five points higher?',
    `select count(*)::integer
    from analytics.key_question_result as result
    join analytics.rating_scale as scale using (edition, rating)
    where result.percent < scale.from_percent + 5 and scale.from_percent > 0 and is_synthetic`,
    () => [
      [
        worked
          .flatMap(({ questions }) => questions)
          .filter(([, { percent }]) =>
            [50, 65, 80].some((from) => percent !== null && from <= percent && percent < from + 5),
          ).length,
      ],
    ],
  ],
  [
    'the mix by year: how many were Good or better?',
    `select year, sum(inspections)::integer from analytics.rating_trend
    where standard = 'overall' and rating_rank >= 2 and is_synthetic group by year order by year`,
    () =>
      by(
        worked,
        ({ year }) => [year],
        (one) => (overallOf(one) >= 2 ? 1 : 0),
      ),
  ],
  [
    'the mean score, an edition at a time',
    `select edition, avg(score)::double precision ${overall} group by edition order by edition`,
    () =>
      meansBy(
        worked,
        ({ edition }) => [edition],
        (one) => one.overall.score as number,
      ),
  ],
  [
    'which rating was followed by which?',
    `select previous_rating_rank, rating_rank, count(*)::integer from analytics.service_history
    where previous_rating is not null and rating is not null and is_synthetic group by 1, 2 order by 1, 2`,
    () =>
      by(
        pairs(),
        ({ before, after }) => [overallOf(before), overallOf(after)],
        () => 1,
      ),
  ],
  [
    'does what was poor rise, and what was good fall?',
    `select previous_rating_rank, avg(rating_change)::double precision from analytics.service_history
    where rating_change is not null and is_synthetic group by 1 order by 1`,
    () =>
      meansBy(
        pairs(),
        ({ before }) => [overallOf(before)],
        ({ before, after }) => overallOf(after) - overallOf(before),
      ),
  ],
  [
    'who is first in an edition, ties kept?',
    `select edition, count(*)::integer from analytics.league_table
    where rank_in_edition = 1 and is_synthetic group by edition order by edition`,
    () => {
      const earlier = new Set(pairs().map(({ before }) => before.id));
      const latest = worked.filter(({ id }) => !earlier.has(id));
      const shareOf = (one: Worked) => Number(one.overall.score) / Number(one.overall.maxScore);
      const isFirst = (one: Worked) =>
        latest.every((other) => other.edition !== one.edition || shareOf(other) <= shareOf(one));
      return by(
        latest.filter(isFirst),
        ({ edition }) => [edition],
        () => 1,
      );
    },
  ],
  [
    'how many standards rose and fell between two inspections, as far as they go on?',
    `select count(*) filter (where rating_change > 0)::integer as rose, count(*) filter (where rating_change < 0)::integer as fell
    from analytics.standard_history where continues and is_synthetic`,
    () => {
      const changes = pairs().flatMap(({ before, after }) =>
        after.standards.flatMap(({ code }) => {
          // joint working ended with the edition of 2018
          if (code === '3.4' && before.edition !== after.edition) return [];
          const [from, to] = [standardOf(before, code), standardOf(after, code)];
          return from === null || to === null ? [] : to - from;
        }),
      );
      return [[changes.filter((one) => one > 0).length, changes.filter((one) => one < 0).length]];
    },
  ],
  [
    'how do domains compare?',
    `select domain, sum(yes)::integer as yes, sum(relevant)::integer as relevant from analytics.key_question_result
    where edition = '2018' and is_synthetic group by domain order by domain`,
    () =>
      ['2', '3'].map((domain) => {
        const own = worked
          .filter(({ edition }) => edition === '2018')
          .flatMap(({ questions }) => questions.filter(([code]) => code.startsWith(domain)));
        const sum = (key: 'yes' | 'relevant') => own.reduce((all, [, one]) => all + Number(one[key]), 0);
        return [domain, sum('yes'), sum('relevant')];
      }),
  ],
  [
    'how often do key questions of a standard tie?',
    `select count(*)::integer as standards, sum(cardinality(tied_key_questions))::integer as tied from analytics.standard_rating
    where tied_key_questions is not null and is_synthetic`,
    () => {
      const tied = worked.flatMap(({ standards }) =>
        standards.flatMap((one) => one.tiedKeyQuestions?.split(', ').length ?? []),
      );
      return [[tied.length, tied.reduce((all, one) => all + one, 0)]];
    },
  ],
])('%s', async (_, query, expected) => {
  const plain = (rows: unknown[][]) =>
    rows.map((row) => row.map((cell) => (typeof cell === 'number' ? Number(cell.toFixed(9)) : cell)));
  const told = plain(expected());
  expect(plain(await valuesOf(database.db, query))).toEqual(told);
  // of each there is something in the programme
  expect(told.flat().some((cell) => cell !== 0)).toBe(true);
});
