import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { type Ended, startCommand, temporaryFolders } from '../../support/command.js';
import { testDatabase } from '../../support/database.js';
import { leaveFewServices } from '../../support/few-services.js';
import { waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const folder = temporaryFolders();
let home: string;
beforeAll(async () => {
  home = await folder();
  await leaveFewServices(database.db);
});
const start = (...args: string[]) =>
  startCommand(args, { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

/** Runs a command that meets a table which somebody holds, looks at what there is by then, and sends it Ctrl-C. */
async function stoppedInTheMiddle(
  args: string[],
  look: () => Promise<void> = async () => {},
): Promise<Ended> {
  const other = connect(database.url, { max: 1 });
  try {
    return await other.transaction().execute(async (trx) => {
      await sql`lock table core.panel_decision in access exclusive mode`.execute(trx);
      const started = start(...args);
      await waitsForLock(database.db, started.ended);
      await look();
      started.kill('SIGINT');
      return await started.ended;
    });
  } finally {
    await other.destroy();
  }
}

test.each(['new', 'there'])(
  'Ctrl-C in the middle of an export leaves nothing behind (a folder that is %s)',
  async (is) => {
    const home = await folder();
    const to = path.join(home, 'export');
    if (is === 'there') await mkdir(to);
    const before = await readdir(home);
    const ended = await stoppedInTheMiddle(['export', to], async () => {
      const there = await readdir(home, { recursive: true });
      expect(there.filter((name) => name.endsWith('context_fact.csv'))).toHaveLength(1);
    });
    expect(ended).toMatchObject({ code: 130, stdout: '' });
    expect(await readdir(home, { recursive: true })).toEqual(before);
  },
);

test('Ctrl-C in the middle of a book leaves nothing behind', async () => {
  const home = await folder();
  expect(await stoppedInTheMiddle(['book', path.join(home, 'book')])).toMatchObject({
    code: 130,
    stdout: '',
  });
  expect(await readdir(home)).toEqual([]);
});

test('book --serve serves it on this machine until Ctrl-C, and ends with 0', async () => {
  const to = path.join(home, 'served');
  const served = start('book', to, '--serve');
  await served.printed('until Ctrl-C.');
  const [, url = ''] =
    served.stdout().match(/Serving it at (http:\/\/127\.0\.0\.1:\d+\/) until Ctrl-C/) ?? [];
  const page = await (await fetch(url)).text();
  expect(page).toBe(await readFile(path.join(to, 'index.html'), 'utf8'));
  served.kill('SIGINT');
  expect(await served.ended).toMatchObject({ code: 0, stderr: '' });
  await expect(fetch(url)).rejects.toThrow();
});
