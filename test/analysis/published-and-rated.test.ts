import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { loadPublishedRatings } from '../../src/ratings-table/published.js';
import { testDatabase } from '../support/database.js';

// What a reader of the data dictionary alone asks first about ratings that are known as published only.
const database = testDatabase();
const count = async (where: string, view = 'overall_rating') => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ${sql.table(`analytics.${view}`)} where ${sql.raw(where)}`.execute(
    database.db,
  );
  return rows[0]?.count;
};

beforeAll(() => loadPublishedRatings(database.db));

test('an inspection is not rated because of something only where it is not rated', async () => {
  // counted by hand in the table: of Trafford and of Torbay no overall rating is known
  expect(await count('not_rated_because is not null')).toBe(2);
  expect(await count('rating is null')).toBe(2);
  // the others of which ratings of standards are missing, or under an edition whose rules are not known, stand as published
  expect(await count('not_computed_because is not null and rating is not null')).toBe(
    await count("rating_source in ('published', 'judgement')"),
  );
});

test('a score in a table of ratings is a number of points', async () => {
  // of the five inspections whose reports are known as well
  const listed = "level = 'listing' and code = 'score'";
  expect(await count(`${listed} and number_of = 'points'`, 'reconciliation')).toBe(5);
  expect(await count(listed, 'reconciliation')).toBe(5);
});

test('each row of a standard says of how many inspections its rating is not known', async () => {
  const { rows } = await sql<{ year: number; not_known: number; inspections: number }>`
    select year, not_known, inspections from analytics.rating_trend
    where standard = '1.2' and edition = '2021' and not is_synthetic order by year, rating_rank`.execute(
    database.db,
  );
  const { rows: unknown } = await sql<{ year: number; not_known: number; inspections: number }>`
    select
      year,
      count(*) filter (where judged.rating is null and published.rating is null)::integer as not_known,
      count(*)::integer as inspections
    from core.inspection
    left join core.qualitative_rating as judged
      on judged.inspection_id = inspection.inspection_id and judged.standard_code = '1.2'
    left join core.published_standard_rating as published
      on published.inspection_id = inspection.inspection_id and published.standard_code = '1.2'
    where inspection.edition_code = '2021' and not is_synthetic
    group by year order by year`.execute(database.db);
  expect(unknown.some(({ not_known }) => not_known > 0)).toBe(true);
  for (const year of unknown) {
    const own = rows.filter((row) => row.year === year.year);
    expect([...new Set(own.map(({ not_known }) => not_known))], `${year.year}`).toEqual([year.not_known]);
    expect(own.reduce((sum, { inspections }) => sum + inspections, 0)).toBe(year.inspections);
  }
});
