import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { recreateViews } from '../../../src/database/views.js';
import { refusalOf } from '../../support/connection.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
const run = (statement: string) => sql.raw(statement).execute(database.db);

interface View {
  name: string;
  /** Another one when a view is made anew. */
  key: number;
  comments: number;
  is_readable: boolean;
}

/** Views of rating and analytics as the server has them. */
async function views(): Promise<View[]> {
  const { rows } = await sql<View>`
    select pg_class.oid::regclass::text as name, pg_class.oid::integer as key,
      (select count(*) from pg_description where objoid = pg_class.oid) as comments,
      has_table_privilege('yot_ratings_reader', pg_class.oid, 'select') as is_readable
    from pg_class
    where relkind = 'v' and relnamespace::regnamespace::text in ('rating', 'analytics')
    order by 1`.execute(database.db);
  return rows;
}

const withoutKey = async () => (await views()).map(({ key, ...view }) => view);

/** Makes the views look out of date, as after an update of the program. */
const forget = () => database.db.deleteFrom('core.load').where('kind', '=', 'views').execute();

describe('views that are out of date', () => {
  beforeEach(forget);

  test('are all made anew, with their comments, and readable in analytics only', async () => {
    const before = await views();
    const is = await withoutKey();
    expect(await recreateViews(database.db)).toBe(before.length);
    expect(await withoutKey()).toEqual(is);
    const after = await views();
    expect(after.filter(({ key }) => before.some((view) => view.key === key))).toEqual([]);
    for (const { name, comments, is_readable } of after) {
      expect(comments, name).toBeGreaterThan(1);
      // small groups of cases are for analysts
      expect(is_readable, name).toBe(name.startsWith('analytics.') && name !== 'analytics.subgroup_count');
    }
    expect(await recreateViews(database.db)).toBe(0);
  });

  test('come back when somebody has dropped one, and go when the program no longer has them', async () => {
    const is = await withoutKey();
    await run('drop view analytics.recommendation');
    await run('create view analytics.of_an_earlier_version as select 1 as one');
    await run(`insert into core.made_object (kind, name) values ('view', 'analytics.of_an_earlier_version')`);
    await recreateViews(database.db);
    expect(await withoutKey()).toEqual(is);
  });

  test('leave what somebody else put into their schemas as it is', async () => {
    await run('create view analytics.mine as select 1 as one');
    // the name of one of ours, for other arguments
    await run('create function rating.percentage(text) returns text language sql return $1');
    const mine = async () => (await views()).filter(({ name }) => name === 'analytics.mine');
    const before = await mine();
    expect(before.length).toBe(1);
    for (const _ of ['once', 'again']) {
      await forget();
      expect(await recreateViews(database.db)).toBeGreaterThan(0);
      expect(await mine()).toEqual(before);
      expect((await run(`select rating.percentage('x') as x`)).rows).toEqual([{ x: 'x' }]);
    }
    await run('drop view analytics.mine');
  });

  test.each<[string, string[], RegExp, string]>([
    [
      "somebody's own view depends on one",
      ['create view public.my_report as select service from analytics.inspection'],
      /view my_report depends on view analytics\.inspection.*Drop it, and run this again/,
      'view public.my_report',
    ],
    [
      'something else has the name of one',
      ['drop view analytics.finding', 'create table analytics.finding (mine integer)'],
      /something of yours has the name of one: relation "finding" already exists/,
      'table analytics.finding',
    ],
  ])('stay as they are, and the record of them, when %s', async (_, prepare, says, drop) => {
    for (const statement of prepare) await run(statement);
    const state = async () => [
      await views(),
      (await run('select * from core.made_object')).rows,
      (await run(`select from core.load where kind = 'views'`)).rows.length,
    ];
    const before = await state();
    const { message, exit } = await refusalOf(recreateViews(database.db));
    expect(message).toMatch(says);
    expect(exit).toBe(3);
    expect(await state()).toEqual(before);
    await run(`drop ${drop}`);
    expect(await recreateViews(database.db)).toBeGreaterThan(0);
  });
});
