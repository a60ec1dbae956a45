import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { explainDatabaseError } from '../../src/database/errors.js';
import type { DB } from '../../src/database/schema.js';
import { testDatabase } from '../support/database.js';
import { proxyBefore } from '../support/proxy.js';

const database = testDatabase();
const onOne = <T>(work: (on: Kysely<DB>) => Promise<T>) => database.db.connection().execute(work);

test('a statement with parameters is prepared, and one without is not', () =>
  onOne(async (on) => {
    await sql`select ${1}::integer as asked_with_a_parameter`.execute(on);
    await sql`select 1 as asked_without`.execute(on);
    const { rows } = await sql<{ statement: string }>`
      select statement from pg_prepared_statements where statement like '%asked%' and statement not like '%pg_%'`.execute(
      on,
    );
    expect(rows).toEqual([{ statement: 'select $1::integer as asked_with_a_parameter' }]);
  }));

test('a prepared statement goes on when the view that it reads has got another column', () =>
  onOne(async (on) => {
    const ask = async () => (await sql`select * from pg_temp.seen where one = ${1}`.execute(on)).rows;
    await sql`create temporary view seen as select 1 as one`.execute(on);
    expect(await ask()).toEqual([{ one: 1 }]);
    await sql`create or replace temporary view seen as select 1 as one, 2 as two`.execute(on);
    expect(await ask()).toEqual([{ one: 1, two: 2 }]);
  }));

test('questions that are asked together on one connection get each its own answer', () =>
  onOne(async (on) => {
    const asked = Array.from({ length: 20 }, (_, at) => at);
    const answers = await Promise.all(
      asked.map(async (at) => (await sql<{ n: number }>`select ${at}::integer as n`.execute(on)).rows[0]?.n),
    );
    expect(answers).toEqual(asked);
  }));

test('a connection that is cut between two statements of a transaction is said to be, and the next one is another', async () => {
  const proxy = await proxyBefore(database.url);
  const db = connect(proxy.url);
  const work = db.transaction().execute(async (trx) => {
    await sql`select 1`.execute(trx);
    proxy.cut();
    await pause(50);
    await sql`select 2`.execute(trx);
  });
  const failure: unknown = await work.catch((error: unknown) => explainDatabaseError(error, database.url));
  expect(failure).toMatchObject({ exit: 3, message: expect.stringMatching(/the connection was cut/) });
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  await db.destroy();
  await proxy.close();
});
