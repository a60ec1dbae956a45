import { beforeAll, describe, expect, test } from 'vitest';
import { publishedTotal } from '../../src/queries/of-years.js';
import { loadPublishedRatings } from '../../src/ratings-table/published.js';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const rows = (query: string) => valuesOf(database.db, query);
let totals: Awaited<ReturnType<typeof publishedTotal>>;

beforeAll(async () => {
  await loadPublishedRatings(database.db);
  totals = await publishedTotal(database.db);
});

// Published, known and missing, as counted by hand in the table of published ratings and in the domain's list of totals.
test.each([
  ['2018/19', 'all', 26, 24, 2],
  ['2018/19', 'Good', 12, 11, 1],
  ['2019/20', 'all', 16, 16, 0],
  ['2021', 'all', 33, 23, 10],
  // of Trafford and Torbay the rating is not known
  ['2021', 'none known', null, 2, null],
  ['2022', 'all', 33, 30, 3],
  ['2022', 'Good', null, 17, null],
])('of %s, %s: %s published, %s known, %s missing', (year, rating, published, known, missing) => {
  const found = totals.filter(
    (row) => row.inspectorate_year === year && row.rating === rating && !row.or_better,
  );
  expect(found).toMatchObject([{ published, known, missing }]);
});

test('a share that was published stands beside the share of those that are known', () => {
  const [share, ...others] = totals.filter(({ or_better }) => or_better);
  expect(share).toMatchObject({
    inspectorate_year: '2022',
    rating: 'Good',
    published_percent: 70,
    known_percent: 63.3,
  });
  expect(others).toEqual([]);
});

test('an inspection has the year in which it is counted', async () => {
  const years = await rows(`
    select area, inspectorate_year from analytics.inspection
    where area in ('Newham', 'Leeds', 'Wigan', 'Rotherham') order by area`);
  expect(years).toEqual([
    ['Leeds', '2019/20'],
    ['Newham', '2018/19'],
    // December 2020 is in none of the years of which there are totals
    ['Rotherham', null],
    ['Wigan', '2021'],
  ]);
});

describe('of ratings that are known as published only', () => {
  test('an inspection is not rated because of something only where it is not rated', async () => {
    const counted = await rows(`
      select
        count(not_rated_because) as because,
        count(*) filter (where rating is null) as not_rated,
        count(*) filter (where not_computed_because is not null and rating is not null)
          - count(*) filter (where rating_source in ('published', 'judgement')) as others
      from analytics.overall_rating`);
    // counted by hand in the table: of Trafford and of Torbay no overall rating is known. The others of which ratings of standards
    // are missing, or under an edition whose rules are not known, stand as published.
    expect(counted).toEqual([[2, 2, 0]]);
  });

  test('a score is a number of points', async () => {
    const listed = await rows(`
      select number_of, count(*)::integer from analytics.reconciliation where level = 'listing' and code = 'score' group by 1`);
    // of the five inspections whose reports are known as well
    expect(listed).toEqual([['points', 5]]);
  });
});
