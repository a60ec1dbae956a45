import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/database/open.js';
import { roles } from '../../../src/database/role-names.js';
import { allowAttempts, attempts } from '../../support/attempts.js';
import { asRoleOf, testDatabase, withEmptyDatabase } from '../../support/database.js';
import { allowed, type Expected, either, forbidden, refused, wrongIn } from './expected.js';
import type { Role } from './rules.js';

// What a role may do with what it writes itself, and with what is added later.

const database = testDatabase();
const everyRole = Object.keys(roles) as Role[];
const wrong = (role: Role, expected: readonly Expected[]) =>
  asRoleOf(database, role, (session) => wrongIn(session, role, expected));

beforeAll(() => allowAttempts(database.db));

test('a loader records loads of inspections, under no name but its own, and changes no record', async () => {
  const record = (columns: string, values: string) => `insert into core.load (${columns}) values (${values})`;
  const plain = 'kind, subject, content_hash, program';
  expect(
    await wrong('loader', [
      allowed(record(plain, "'inspection', 'mine', 'x', 'x'")),
      ...['views', 'register', 'edition', 'crosswalk'].map((kind) =>
        refused(record(plain, `'${kind}', 'mine', 'x', 'x'`)),
      ),
      refused(record(`${plain}, loaded_by`, "'inspection', 'mine', 'x', 'x', 'somebody'")),
      refused(record(`${plain}, loaded_at`, "'inspection', 'mine', 'x', 'x', '2020-01-01'")),
      refused("update core.load set program = 'mine'"),
      refused('delete from core.load'),
      refused('delete from core.load_file'),
      refused('delete from core.replaced_rating'),
      refused("update core.load_remark set message = ''"),
    ]),
  ).toEqual([]);
});

test('what later migrations add is read by analysts and loaders, and by readers not', async () => {
  await sql`create table core.later (a integer)`.execute(database.db);
  await sql`create table kept.later (a integer)`.execute(database.db);
  for (const role of everyRole) {
    const statements = ['core.later', 'kept.later'].flatMap((name) => [
      either(role !== 'reader', `select * from ${name}`),
      refused(`insert into ${name} values (1)`),
      refused(`delete from ${name}`),
    ]);
    expect(await wrong(role, statements)).toEqual([]);
  }
  await sql`drop table core.later, kept.later`.execute(database.db);
});

test('a part of core.answer is filled by the loader until it is attached, and never after; what is no part is not attached', async () => {
  const part = await database.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ block: number }>`select core.new_answer_part() as block`.execute(trx);
    return rows[0]?.block;
  });
  const name = `core_answer.block_${part}`;
  const fill = `insert into ${name} select ${part}000000, 1, 1, 1, 'yes' where false`;
  expect(
    await wrong('loader', [allowed(fill), refused(`drop table ${name}`), refused(`select * from ${name}`)]),
  ).toEqual([]);
  await asRoleOf(database, 'loader', (loader) =>
    sql`select core.attach_answer_part(${part})`.execute(loader),
  );
  expect(await wrong('loader', [refused(fill)])).toEqual([]);
  const again = ['4711', `${part}`, '-1', 'null'].map((block) => `select core.attach_answer_part(${block})`);
  expect(await asRoleOf(database, 'loader', (loader) => attempts(loader, again))).toEqual(
    Array(4).fill('22023'),
  );
});

// Rights on a database are not cloned with it: this needs one that was set up itself.
test('no role has a temporary schema, where a function of its own could spy on what views leave out', async () => {
  await withEmptyDatabase(async (url) => {
    const opened = await openDatabase(url);
    await allowAttempts(opened.db);
    for (const role of everyRole) {
      const codes = await asRoleOf({ url }, role, (session) =>
        attempts(session, [
          'create temporary table mine (a integer)',
          'select 1 as a into temporary mine',
          'create temporary view mine as select 1 as a',
          'create function pg_temp.spy() returns boolean language sql return true',
        ]),
      );
      expect(codes, role).toEqual(Array(4).fill(forbidden));
    }
    await opened.close();
  });
});
