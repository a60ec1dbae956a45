import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { withCopy } from '../../../src/database/copy.js';
import { embeddedServer } from '../../../src/database/embedded/server.js';
import { explainDatabaseError } from '../../../src/database/errors.js';
import { openDatabase } from '../../../src/database/open.js';
import { loadPackage } from '../../../src/load-package.js';
import { UserError } from '../../../src/problem.js';
import { serverProcess, temporaryFolders } from '../../support/command.js';
import { proxyBefore } from '../../support/proxy.js';

const folder = temporaryFolders();
const escaped: unknown[] = [];
const note = (error: unknown) => escaped.push(error);
beforeAll(() => void process.on('uncaughtException', note).on('unhandledRejection', note));
afterAll(() => void process.off('uncaughtException', note).off('unhandledRejection', note));

/** The error of a call of the library, which has to come in time. */
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([
    work.then(
      () => new Error('it was done'),
      (error: unknown) => error,
    ),
    pause(30_000, new Error('it waits for ever'), { ref: false }),
  ]);

describe('a call of the library ends when its server does:', () => {
  // At several moments: between two statements, in one, and while the next is being written.
  test.each([100, 400, 900])('a load whose server is killed after %d ms is rejected', async (after) => {
    const home = await folder();
    const { url } = await embeddedServer(home);
    const { db, close } = await openDatabase(url);
    const loading = failureOf(loadPackage(db));
    await pause(after);
    process.kill((await serverProcess(home)) as number, 'SIGKILL');
    const explained = explainDatabaseError(await loading, url);
    expect(explained).toBeInstanceOf(UserError);
    expect(explained).toMatchObject({ exit: 3 });
    await close();
    await pause(100);
    expect(escaped).toEqual([]);
  });

  test('a connection that is cut between two statements of a transaction', async () => {
    const proxy = await proxyBefore(inject('adminUrl'));
    const db = connect(proxy.url);
    const failure = await failureOf(
      db.transaction().execute(async (trx) => {
        await sql`select 1`.execute(trx);
        proxy.cut();
        await pause(50);
        await sql`select 2`.execute(trx);
      }),
    );
    expect(explainDatabaseError(failure, proxy.url)).toMatchObject({
      exit: 3,
      message: expect.stringContaining('the connection was cut'),
    });
    // the next one goes by a new connection
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await db.destroy();
    await proxy.close();
    expect(escaped).toEqual([]);
  });

  test('work that can copy, whose server is killed', async () => {
    const home = await folder();
    const { url } = await embeddedServer(home);
    const failing = failureOf(withCopy(url, (trx) => sql`select pg_sleep(20)`.execute(trx)));
    await pause(300);
    process.kill((await serverProcess(home)) as number, 'SIGKILL');
    expect(explainDatabaseError(await failing, url)).toMatchObject({ exit: 3 });
    expect(escaped).toEqual([]);
  });
});
