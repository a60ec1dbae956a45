import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { withCopy } from '../../src/database/copy.js';
import { testDatabase } from '../support/database.js';
import { withDatabaseName } from '../support/server.js';

const database = testDatabase();

test('a statement with parameters is prepared, and one without is not', async () => {
  await database.db.connection().execute(async (on) => {
    await sql`select ${1}::integer as asked_with_a_parameter`.execute(on);
    await sql`select 1 as asked_without`.execute(on);
    const { rows } = await sql<{ statement: string }>`
      select statement from pg_prepared_statements where statement like '%asked%' and statement not like '%pg_%'`.execute(
      on,
    );
    expect(rows).toEqual([{ statement: 'select $1::integer as asked_with_a_parameter' }]);
  });
});

test('a prepared statement goes on when the view that it reads has got another column', async () => {
  await database.db.connection().execute(async (on) => {
    const ask = async () => (await sql`select * from public.seen where one = ${1}`.execute(on)).rows;
    await sql`create view public.seen as select 1 as one`.execute(on);
    try {
      expect(await ask()).toEqual([{ one: 1 }]);
      await sql`create or replace view public.seen as select 1 as one, 2 as two`.execute(on);
      expect(await ask()).toEqual([{ one: 1, two: 2 }]);
    } finally {
      await sql`drop view public.seen`.execute(on);
    }
  });
});

test('questions that are asked together on one connection get each its own answer', async () => {
  await database.db.connection().execute(async (on) => {
    const asked = Array.from({ length: 20 }, (_, at) => at);
    const answers = await Promise.all(
      asked.map(async (at) => (await sql<{ n: number }>`select ${at}::integer as n`.execute(on)).rows[0]?.n),
    );
    expect(answers).toEqual(asked);
  });
});

test('the name of a database is decoded, by either driver', async () => {
  const name = `ratings é ${process.pid}`;
  const admin = connect(inject('adminUrl'), { max: 1 });
  await sql`create database ${sql.id(name)}`.execute(admin);
  try {
    const url = withDatabaseName(inject('adminUrl'), encodeURIComponent(name));
    expect(url).toContain('/ratings%20%C3%A9%20');
    const asked = sql<{ name: string }>`select current_database()::text as name`;
    const db = connect(url, { max: 1 });
    expect((await asked.execute(db).finally(() => db.destroy())).rows).toEqual([{ name }]);
    expect((await withCopy(url, (trx) => asked.execute(trx))).rows).toEqual([{ name }]);
  } finally {
    await sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin);
    await admin.destroy();
  }
});
