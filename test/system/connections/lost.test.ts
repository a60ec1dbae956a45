import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { explainDatabaseError } from '../../../src/database/errors.js';
import { proxyBefore } from '../../support/proxy.js';

const escaped: unknown[] = [];
const note = (error: unknown) => escaped.push(error);
beforeAll(() => void process.on('uncaughtException', note).on('unhandledRejection', note));
afterAll(() => void process.off('uncaughtException', note).off('unhandledRejection', note));

/** Expects a call of the library to fail, in time, because the database can't be reached; and nothing to escape it. */
async function isLost(work: Promise<unknown>, says = /can't be reached|can't be used/): Promise<void> {
  const failure = await Promise.race([
    work.then(
      () => new Error('it was done'),
      (error: unknown) => error,
    ),
    pause(30_000, new Error('it waits for ever'), { ref: false }),
  ]);
  expect(explainDatabaseError(failure, inject('adminUrl'))).toMatchObject({
    exit: 3,
    message: expect.stringMatching(says),
  });
  await pause(100);
  expect(escaped).toEqual([]);
}

describe('a call of the library ends when its server does:', () => {
  test('a connection that is cut between two statements of a transaction', async () => {
    const proxy = await proxyBefore(inject('adminUrl'));
    const db = connect(proxy.url);
    const work = db.transaction().execute(async (trx) => {
      await sql`select 1`.execute(trx);
      proxy.cut();
      await pause(50);
      await sql`select 2`.execute(trx);
    });
    await isLost(work, /the connection was cut/);
    // the next one goes by a new connection
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await db.destroy();
    await proxy.close();
  });

  test('a server that goes silent', async () => {
    const proxy = await proxyBefore(inject('adminUrl'));
    const db = connect(proxy.url, { looks: { every: 100, patience: 300 } });
    await sql`select 1`.execute(db);
    const silent = proxy.after(proxy.bytes() + 1, proxy.stall);
    const failing = sql`select ${2}::integer as two`.execute(db);
    failing.catch(() => {});
    await silent;
    await isLost(failing, /can't be reached any more: it does not answer/);
    await proxy.close();
    await db.destroy();
  });
});
