import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/database/open.js';
import { type RoleName, roles } from '../../../src/database/role-names.js';
import { load } from '../../../src/import/load.js';
import { good2018, testFolder } from '../../support/bundles.js';
import { asRoleOf, testDatabase, withEmptyDatabase } from '../../support/database.js';
import {
  allowAttempts,
  allowed,
  attempts,
  type Expected,
  either,
  forbidden,
  refused,
  wrongIn,
} from './attempts.js';

// What a role may do with what it writes itself, with what others wrote, and with what is added later. What was done is recorded by
// who did it, when it was done: nobody puts words into another's mouth.

const database = testDatabase();
const files = testFolder();
const everyRole = Object.keys(roles) as RoleName[];
const wrong = (role: RoleName, expected: readonly Expected[]) =>
  asRoleOf(database, role, (session) => wrongIn(session, expected));

beforeAll(() => allowAttempts(database.db));

const record = (columns: string, values: string) => `insert into core.load (${columns}) values (${values})`;
const plain = 'kind, subject, content_hash, program';
const ownersLoad = "(select min(load_id) from core.load where kind = 'inspection')";
const barnet = "(select service_id from core.service where service_code = 'barnet')";
const never = "(select service_id from core.service where service_code = 'never-met')";

test.each<[string, Expected[]]>([
  [
    'records loads of inspections, under no name but its own, and changes no record',
    [
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
    ],
  ],
  [
    'adds nothing to a load of the owner, and records no ratings that it makes up',
    [
      refused(
        `insert into core.load_file (load_id, file, sha256, bytes) values (${ownersLoad}, 'x', 'x', 1)`,
      ),
      refused(`insert into core.load_remark values (${ownersLoad}, 99, 'x', 1, 'Outstanding')`),
      refused(`insert into core.replaced_rating values (${ownersLoad}, '2.9', 'Good', 3)`),
      refused(`insert into core.rating_record (inspection_id, why, service, area, edition_code, year, is_synthetic)
        values (1, 'loaded', 'x', 'x', '2018', 2020, false)`),
      refused("insert into core.recorded_rating values (1, 1, 'overall', 'Outstanding', 36, true)"),
      // nor such as are computed, as those of the owner's load
      refused(`select rating.record_ratings(
        array(select min(inspection_id) from core.inspection), 'loaded', array[${ownersLoad}])`),
    ],
  ],
  [
    'neither renames, moves, changes nor removes a service that is known, nor adds an authority to it or takes one away',
    [
      refused(`update core.service_name set valid = '(,2019-01-01)' where service_id = ${barnet}`),
      refused(`insert into core.service_name (service_id, name, usage, valid)
        values (${barnet}, 'Another Name', 'official', '(,1990-01-01)')`),
      // nor one that the register knows by its area alone
      refused(`insert into core.service_name (service_id, name, usage)
        select service_id, 'Another Name', 'official' from core.service where service_code = 'leeds'`),
      refused(`update core.service_authority set valid = '(,2019-01-01)' where service_id = ${barnet}`),
      refused(`insert into core.service_authority (service_id, local_authority_id)
        select ${barnet}, max(local_authority_id) from core.local_authority`),
      refused(`delete from core.service_authority where service_id = ${barnet}`),
      refused(`update core.service set region = 'Wales' where service_id = ${barnet}`),
      refused(`delete from core.service where service_id = ${barnet}`),
    ],
  ],
])('the loader %s', async (_, expected) => {
  expect(await wrong('loader', expected)).toEqual([]);
});

test('the loader adds another name, and a service that was not met before with its name and authorities, once', async () => {
  await asRoleOf(database, 'loader', async (loader) => {
    // each in a transaction of its own
    for (const statement of [
      `insert into core.service_name (service_id, name, usage) values (${barnet}, 'Barnet YOT again', 'alias')`,
      "insert into core.service (service_code, area) values ('never-met', 'Never Met')",
      `insert into core.service_name (service_id, name, usage) values (${never}, 'Never Met YOT', 'official')`,
      `insert into core.service_authority (service_id, local_authority_id)
        select ${never}, local_authority_id from core.local_authority order by 2 limit 2`,
    ])
      await sql.raw(statement).execute(loader);
  });
  const another = `insert into core.service_name (service_id, name, usage, valid)
    values (${never}, 'Never', 'official', '(,1990-01-01)')`;
  expect(await wrong('loader', [refused(another)])).toEqual([]);
});

test('loads of the loader are recorded whole, and so is their end', async () => {
  const bundle = await files.bundle(good2018);
  await asRoleOf(database, 'loader', async (session) => {
    const [loaded] = await load(session, [bundle]);
    expect(loaded).toMatchObject({ outcome: 'loaded' });
    await sql`delete from core.inspection where inspection_id = ${loaded?.inspectionId}`.execute(session);
  });
  const { rows } = await sql`
    select why, recorded_by from core.rating_record order by record_id desc limit 2`.execute(database.db);
  expect(rows).toEqual([
    { why: 'removed', recorded_by: 'yot_ratings_loader' },
    { why: 'loaded', recorded_by: 'yot_ratings_loader' },
  ]);
});

test('a part of core.answer is filled by the loader until it is attached, and never after; what is no part is not attached', async () => {
  const { rows } = await sql<{ block: number }>`select core.new_answer_part() as block`.execute(database.db);
  const part = rows[0]?.block;
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

test.each(everyRole)(
  'the %s does with what later migrations add what it is for: analysts and loaders read it',
  async (role) => {
    await sql`create table core.later (a integer); create table kept.later (a integer)`.execute(database.db);
    const statements = ['core.later', 'kept.later'].flatMap((name) => [
      either(role !== 'reader', `select * from ${name}`),
      refused(`insert into ${name} values (1)`),
      refused(`delete from ${name}`),
    ]);
    expect(await wrong(role, statements)).toEqual([]);
    await sql`drop table core.later, kept.later`.execute(database.db);
  },
);

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
