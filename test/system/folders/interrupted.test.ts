import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { type Ended, startCommand, temporaryFolders } from '../../support/command.js';
import { withConnection } from '../../support/connection.js';
import { testDatabase } from '../../support/database.js';
import { leaveFewServices } from '../../support/few-services.js';
import { waitsForLock } from '../../support/waiting.js';

const database = testDatabase();
const folder = temporaryFolders();
beforeAll(() => leaveFewServices(database.db));

const start = async (...args: string[]) =>
  startCommand(args, { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: await folder() } });

/** Runs a command that meets a table which somebody holds, looks at what there is by then, and sends it Ctrl-C. */
const stoppedInTheMiddle = (args: string[], look: () => Promise<void>): Promise<Ended> =>
  withConnection(database.url, (other) =>
    other.transaction().execute(async (trx) => {
      await sql`lock table core.panel_decision in access exclusive mode`.execute(trx);
      const started = await start(...args);
      await waitsForLock(database.db, started.ended);
      await look();
      started.kill('SIGINT');
      return await started.ended;
    }),
  );

test.each([
  ['export', true, 1],
  ['book', false, 0],
])(
  'Ctrl-C in the middle of %s leaves nothing behind (a folder that is there: %s)',
  async (what, isThere, written) => {
    const around = await folder();
    const to = path.join(around, 'to');
    if (isThere) await mkdir(to);
    const before = await readdir(around);
    const ended = await stoppedInTheMiddle([what, to], async () => {
      const there = await readdir(around, { recursive: true });
      expect(there.filter((name) => name.endsWith('context_fact.csv'))).toHaveLength(written);
    });
    expect(ended).toMatchObject({ code: 130, stdout: '' });
    expect(await readdir(around, { recursive: true })).toEqual(before);
  },
);

test('book --serve serves it on this machine until Ctrl-C, and ends with 0', async () => {
  const to = path.join(await folder(), 'served');
  const served = await start('book', to, '--serve');
  await served.printed('until Ctrl-C.');
  const serving = /Serving it at (http:\/\/127\.0\.0\.1:\d+\/) until Ctrl-C/;
  const [, url = ''] = served.stdout().match(serving) ?? [];
  const page = await (await fetch(url)).text();
  expect(page).toBe(await readFile(path.join(to, 'index.html'), 'utf8'));
  // And nothing outside of its folder.
  await writeFile(path.join(path.dirname(to), 'secret.txt'), 'secret');
  for (const away of ['..%2fsecret.txt', '%2e%2e/secret.txt', 'nowhere.html', '%00', '%zz'])
    expect((await fetch(url + away)).status, away).toBe(404);
  served.kill('SIGINT');
  expect(await served.ended).toMatchObject({ code: 0, stderr: '' });
  await expect(fetch(url)).rejects.toThrow();
});
