import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { YamlFile } from '../../src/import/files/yaml-file.js';
import { writePublishedTotals } from '../../src/import/published-totals.js';
import { UserError } from '../../src/problem.js';
import { publishedTotal } from '../../src/queries/of-years.js';
import { loadPublishedRatings } from '../../src/ratings-table/published.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
let rows: Awaited<ReturnType<typeof publishedTotal>>;

beforeAll(async () => {
  await loadPublishedRatings(database.db);
  rows = await publishedTotal(database.db);
});

// Published, known and missing, as counted by hand in the table of published ratings and in the domain's list of totals.
test.each([
  ['2018/19', 'all', 26, 24, 2],
  ['2018/19', 'Outstanding', 3, 2, 1],
  ['2018/19', 'Good', 12, 11, 1],
  ['2018/19', 'Requires improvement', 8, 8, 0],
  ['2018/19', 'Inadequate', 3, 3, 0],
  ['2019/20', 'all', 16, 16, 0],
  ['2019/20', 'Outstanding', 1, 1, 0],
  ['2019/20', 'Good', 6, 6, 0],
  ['2019/20', 'Requires improvement', 8, 8, 0],
  ['2019/20', 'Inadequate', 1, 1, 0],
  ['2021', 'all', 33, 23, 10],
  ['2021', 'Outstanding', 5, 5, 0],
  ['2021', 'Inadequate', 0, 0, 0],
  // of Trafford and Torbay the rating is not known
  ['2021', 'none known', null, 2, null],
  ['2022', 'all', 33, 30, 3],
  ['2022', 'Good', null, 17, null],
  ['2022', 'Inadequate', 0, 0, 0],
])('of %s, %s: %s published, %s known, %s missing', (year, rating, published, known, missing) => {
  const found = rows.filter(
    (row) => row.inspectorate_year === year && row.rating === rating && !row.or_better,
  );
  expect(found.map((row) => [row.published, row.known, row.missing])).toEqual([[published, known, missing]]);
});

test('a share that was published stands beside the share of those that are known', () => {
  const [better, ...others] = rows.filter(({ or_better }) => or_better);
  expect(others).toEqual([]);
  expect(better).toMatchObject({
    ...{ inspectorate_year: '2022', rating: 'Good', published: null, published_percent: 70 },
    ...{ known: 19, known_percent: 63.3, missing: null },
  });
});

test('all are those with a rating and those without', () => {
  for (const year of new Set(rows.map((row) => row.inspectorate_year))) {
    const of = rows.filter((row) => row.inspectorate_year === year && !row.or_better);
    const sum = of.filter(({ rating }) => rating !== 'all').reduce((known, row) => known + row.known, 0);
    expect(of.find(({ rating }) => rating === 'all')?.known, year).toBe(sum);
  }
});

test('an inspection has the year in which it is counted', async () => {
  const of = async (area: string) => {
    const found = await database.db
      .selectFrom('analytics.inspection')
      .select('inspectorate_year')
      .where('area', '=', area)
      .orderBy('as_of')
      .execute();
    return found.map(({ inspectorate_year }) => inspectorate_year);
  };
  expect(await of('Newham')).toEqual(['2018/19']);
  expect(await of('Leeds')).toEqual(['2019/20']);
  expect(await of('Wigan')).toEqual(['2021']);
  // December 2020 is in none of the years of which there are totals
  expect(await of('Rotherham')).toEqual([null]);
});

describe('totals that can not be are refused, and those before stay:', () => {
  test.each([
    [
      'a year that ends before it begins',
      '{year: "1", published_from: "2020-01-02", published_until: "2020-01-01"}',
      /ends on/,
    ],
    [
      'years with common days',
      '{year: "1", published_from: "2020-01-01", published_until: "2021-01-02"}, {year: "2", published_from: "2021-01-01", published_until: "2022-01-01"}',
      /have days in common/,
    ],
    [
      'a word that is no rating',
      '{year: "1", published_from: "2020-01-01", published_until: "2021-01-01", ratings: {Godo: 1}}',
      /"Godo" is no rating of any edition \(did you mean "Good"\?\)/,
    ],
    [
      'more rated than there are',
      '{year: "1", published_from: "2020-01-01", published_until: "2021-01-01", inspections: 1, ratings: {Good: 2}}',
      /2 rated inspections, and 1 in all/,
    ],
  ])('%s', async (_, years, says) => {
    await rolledBack(database.db, async (trx) => {
      const error = await writePublishedTotals(trx, YamlFile.parse('totals.yaml', `years: [${years}]`)).catch(
        (thrown) => thrown,
      );
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).problems.map(({ message }) => message).join()).toMatch(says);
      const { rows: kept } = await sql<{ all: number }>`
        select count(*)::integer as all from core.inspectorate_year`.execute(trx);
      expect(kept).toEqual([{ all: 4 }]);
    });
  });
});
