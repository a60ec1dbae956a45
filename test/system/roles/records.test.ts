import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { load } from '../../../src/import/load.js';
import { good2018, testFolder } from '../../support/bundles.js';
import { testDatabase, urlOf } from '../../support/database.js';

// What was done is recorded by who did it, when it was done: nobody puts words into another's mouth.

const database = testDatabase();
const files = testFolder();
let ownersLoad = 0;

const asLoader = async <T>(work: (session: ReturnType<typeof connect>) => Promise<T>): Promise<T> => {
  const session = connect(urlOf(database, 'loader'), { max: 1 });
  try {
    return await work(session);
  } finally {
    await session.destroy();
  }
};
const codeOf = (statement: string): Promise<string> =>
  asLoader((session) =>
    sql
      .raw(statement)
      .execute(session)
      .then(
        () => 'done',
        ({ code }: { code: string }) => code,
      ),
  );

beforeAll(async () => {
  const { rows } = await sql<{ id: number }>`
    select load_id as id from core.load where kind = 'inspection' order by load_id limit 1`.execute(
    database.db,
  );
  ownersLoad = rows[0]?.id as number;
});

describe('a loader is refused', () => {
  test.each([
    [
      'a file',
      (id: number) => `insert into core.load_file (load_id, file, sha256, bytes) values (${id}, 'x', 'x', 1)`,
    ],
    ['a remark', (id: number) => `insert into core.load_remark values (${id}, 99, 'x', 1, 'Outstanding')`],
    [
      'a rating that was replaced',
      (id: number) => `insert into core.replaced_rating values (${id}, '2.9', 'Good', 3)`,
    ],
  ])('%s of the owner’s load', async (_what, statement) => {
    expect(await codeOf(statement(ownersLoad))).toBe('42501');
  });

  test('a record of ratings that he writes himself', async () => {
    const record = `insert into core.rating_record (inspection_id, why, service, area, edition_code, year, is_synthetic)
      values (1, 'loaded', 'x', 'x', '2018', 2020, false)`;
    expect(await codeOf(record)).toBe('42501');
    expect(
      await codeOf("insert into core.recorded_rating values (1, 1, 'overall', 'Outstanding', 36, true)"),
    ).toBe('42501');
  });

  test('ratings that are computed, as those of the owner’s load', async () => {
    const { rows } = await sql<{ id: number }>`select min(inspection_id) as id from core.inspection`.execute(
      database.db,
    );
    expect(
      await codeOf(
        `select rating.record_ratings(array[${rows[0]?.id}], 'loaded', array[${ownersLoad}::bigint])`,
      ),
    ).toBe('42501');
  });
});

test('his own loads are recorded whole, and so is their end', async () => {
  const bundle = await files.bundle(good2018);
  await asLoader(async (session) => {
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

describe('of the register a loader', () => {
  const barnet = `(select service_id from core.service where service_code = 'barnet')`;

  test.each([
    [
      'may not rename a service, now or before',
      [
        `update core.service_name set valid = '(,2019-01-01)' where service_id = ${barnet}`,
        `insert into core.service_name (service_id, name, usage, valid)
          values (${barnet}, 'Another Name', 'official', '(,1990-01-01)')`,
      ],
    ],
    [
      'may not move one, add an authority to it, or take one away',
      [
        `update core.service_authority set valid = '(,2019-01-01)' where service_id = ${barnet}`,
        `insert into core.service_authority (service_id, local_authority_id)
          select ${barnet}, max(local_authority_id) from core.local_authority`,
        `delete from core.service_authority where service_id = ${barnet}`,
      ],
    ],
    [
      'may not change or remove the service',
      [
        `update core.service set region = 'Wales' where service_id = ${barnet}`,
        `delete from core.service where service_id = ${barnet}`,
      ],
    ],
  ])('%s', async (_what, statements) => {
    for (const statement of statements) expect(await codeOf(statement), statement).toBe('42501');
  });

  test('may add another name, and a service with its authorities', async () => {
    const add = (what: string) =>
      asLoader((session) => session.transaction().execute((trx) => sql.raw(what).execute(trx)));
    await add(
      `insert into core.service_name (service_id, name, usage) values (${barnet}, 'Barnet YOT again', 'alias')`,
    );
    await add(`insert into core.service (service_code, area) values ('never-met', 'Never Met')`);
    const never = `(select service_id from core.service where service_code = 'never-met')`;
    await add(
      `insert into core.service_name (service_id, name, usage) values (${never}, 'Never Met YOT', 'official')`,
    );
    await add(`insert into core.service_authority (service_id, local_authority_id)
      select ${never}, local_authority_id from core.local_authority order by 2 limit 2`);
    expect(
      await codeOf(
        `insert into core.service_name (service_id, name, usage, valid) values (${never}, 'Never', 'official', '(,1990-01-01)')`,
      ),
    ).toBe('42501');
  });
});
