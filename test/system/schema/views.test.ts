import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '../../../src/database/schema.js';
import { recreateViews } from '../../../src/database/views.js';
import { exitCode, UserError } from '../../../src/problem.js';
import { testDatabase } from '../../support/database.js';

interface View {
  name: string;
  key: number;
  comments: number;
  is_readable: boolean;
}

/** Views of rating and analytics as the server has them: the key changes when a view is made anew. */
async function views(db: Kysely<DB>): Promise<View[]> {
  const { rows } = await sql<View>`
    select pg_class.oid::regclass::text as name, pg_class.oid::integer as key,
      (select count(*) from pg_description where objoid = pg_class.oid) as comments,
      has_table_privilege('yot_ratings_reader', pg_class.oid, 'select') as is_readable
    from pg_class
    where relkind = 'v' and relnamespace::regnamespace::text in ('rating', 'analytics')
    order by 1`.execute(db);
  return rows;
}

const withoutKey = (all: View[]) => all.map(({ key, ...view }) => view);

/** Makes the views look out of date, as after an update of the program. */
const forget = (db: Kysely<DB>) => db.deleteFrom('core.load').where('kind', '=', 'views').execute();

async function failureOf(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe('views whose files have not changed', () => {
  const database = testDatabase();

  test('are left as they are', async () => {
    const before = await views(database.db);
    expect(await recreateViews(database.db)).toBe(0);
    expect(await views(database.db)).toEqual(before);
  });
});

describe('views that are out of date', () => {
  const database = testDatabase();

  test('are all made anew, with their comments, and readable in analytics only', async () => {
    const before = await views(database.db);
    await forget(database.db);
    expect(await recreateViews(database.db)).toBe(before.length);
    const after = await views(database.db);
    expect(withoutKey(after)).toEqual(withoutKey(before));
    const kept = after.filter(({ key }) => before.some((view) => view.key === key));
    expect(kept).toEqual([]);
    for (const { name, comments, is_readable } of after) {
      expect(comments, name).toBeGreaterThan(1);
      // small groups of cases are for analysts
      expect(is_readable, name).toBe(name.startsWith('analytics.') && name !== 'analytics.subgroup_count');
    }
    expect(await recreateViews(database.db)).toBe(0);
  });

  test('are made anew once when two programs find them so', async () => {
    await forget(database.db);
    const made = await Promise.all([recreateViews(database.db), recreateViews(database.db)]);
    expect(made.sort((a, b) => a - b)).toEqual([0, (await views(database.db)).length]);
  });

  test('come back when somebody has dropped one', async () => {
    const before = withoutKey(await views(database.db));
    await sql`drop view analytics.recommendation`.execute(database.db);
    await forget(database.db);
    await recreateViews(database.db);
    expect(withoutKey(await views(database.db))).toEqual(before);
  });

  test('go when the program no longer has them', async () => {
    const before = withoutKey(await views(database.db));
    await sql`create view analytics.of_an_earlier_version as select 1 as one`.execute(database.db);
    await database.db
      .insertInto('core.made_object')
      .values({ kind: 'view', name: 'analytics.of_an_earlier_version' })
      .execute();
    await forget(database.db);
    await recreateViews(database.db);
    expect(withoutKey(await views(database.db))).toEqual(before);
  });
});

describe("what somebody else put into the program's schemas", () => {
  const database = testDatabase();

  test('stays as it is when the views are made anew', async () => {
    await sql`create view analytics.mine as select 'kept' as what`.execute(database.db);
    await sql`create view rating."My view" as select 'kept' as what`.execute(database.db);
    await sql`create function rating.mine(integer) returns integer language sql return $1`.execute(
      database.db,
    );
    // the name of one of ours, for other arguments
    await sql`create function rating.percentage(text) returns text language sql return $1`.execute(
      database.db,
    );
    const mine = async () => (await views(database.db)).filter(({ name }) => /mine|My/.test(name));
    const before = await mine();
    expect(before.length).toBe(2);
    for (let time = 0; time < 2; time++) {
      await forget(database.db);
      expect(await recreateViews(database.db)).toBeGreaterThan(0);
      expect(await mine()).toEqual(before);
      const { rows } = await sql`select rating.mine(3) as three, rating.percentage('x') as x`.execute(
        database.db,
      );
      expect(rows).toEqual([{ three: 3, x: 'x' }]);
    }
  });
});

describe('views are not made anew, and stay as they are,', () => {
  const database = testDatabase();

  /** Expects a refusal that says something, and after it the views and the record of them as before. */
  async function expectRefusal(says: string | RegExp): Promise<void> {
    await forget(database.db);
    const before = await views(database.db);
    const made = await database.db.selectFrom('core.made_object').selectAll().execute();
    const error = await failureOf(recreateViews(database.db));
    expect(error.message).toMatch(says);
    expect(error.message).not.toContain('\n');
    expect(error.exit).toBe(exitCode.database);
    expect(await views(database.db)).toEqual(before);
    expect(await database.db.selectFrom('core.made_object').selectAll().execute()).toEqual(made);
    expect(
      await database.db.selectFrom('core.load').select('load_id').where('kind', '=', 'views').execute(),
    ).toEqual([]);
  }

  test("when somebody's own view depends on one", async () => {
    await sql`create view public.my_report as select service from analytics.inspection`.execute(database.db);
    await expectRefusal(/view my_report depends on view analytics\.inspection.*Drop it, run this again/);
    const { rows } = await sql`select count(*) as services from my_report`.execute(database.db);
    expect(rows).toEqual([{ services: 5 }]);
    await sql`drop view public.my_report`.execute(database.db);
    expect(await recreateViews(database.db)).toBeGreaterThan(0);
  });

  test("when somebody's own view in analytics depends on one", async () => {
    await sql`create view analytics.my_report as select service from analytics.finding`.execute(database.db);
    await expectRefusal(/view analytics\.my_report depends on view analytics\.finding/);
    await sql`drop view analytics.my_report`.execute(database.db);
  });

  test("when somebody's own function depends on one", async () => {
    await sql`create function public.worst() returns text
      begin atomic select service from analytics.inspection limit 1; end`.execute(database.db);
    await expectRefusal(/function worst\(\) depends on view analytics\.inspection/);
    await sql`drop function public.worst`.execute(database.db);
  });

  test('when something else has the name of one', async () => {
    await sql`drop view analytics.finding`.execute(database.db);
    await sql`create table analytics.finding (mine integer)`.execute(database.db);
    await expectRefusal(
      /something of yours has the name of one: relation "finding" already exists in schema analytics/,
    );
    await sql`drop table analytics.finding`.execute(database.db);
    expect(await recreateViews(database.db)).toBeGreaterThan(0);
  });
});
