import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { backup } from '../../../src/database/backup/backup.js';
import { restore } from '../../../src/database/backup/restore.js';
import { type EmbeddedServer, embeddedServer } from '../../../src/database/embedded/server.js';
import { migrate } from '../../../src/database/migrate.js';
import { openDatabase } from '../../../src/database/open.js';
import { keptDifferences } from '../../../src/queries/kept-differences.js';
import { testFolder } from '../../support/bundles.js';
import { comingUp } from '../../support/coming-up.js';
import { commandProcess, serverProcess, startCommand, temporaryFolders } from '../../support/command.js';
import { rowsOf, withConnection } from '../../support/connection.js';
import { testDatabase, withEmptyDatabase } from '../../support/database.js';
import { everything } from '../../support/everything.js';
import { someOf } from '../../support/in-full.js';
import { untilIn } from '../../support/moment.js';
import { loadProgramme } from '../../support/programme.js';
import { withDatabaseName } from '../../support/server.js';
import { untilAlone } from '../../support/wholeness.js';
import { notes } from '../faults/trials.js';

const database = testDatabase();
const files = testFolder();
const folder = temporaryFolders();
const met = notes();
let home: string;
let place: string;
let file: string;
let server: EmbeddedServer;
/** Every table of what was backed up, and of a database that was only migrated. */
const states: { all: Record<string, string>; none: Record<string, string> } = { all: {}, none: {} };

beforeAll(async () => {
  await loadProgramme(database, { inspections: 40 });
  [home, place] = [await folder(), await files.folder({ 'note.txt': '' })];
  server = await embeddedServer(home);
  file = path.join(place, 'whole.backup');
  await backup(database.url, file);
  states.all = await everything(database.db);
  await withEmptyDatabase((url) =>
    withConnection(url, async (db) => {
      await migrate(db, url);
      states.none = await everything(db);
    }),
  );
}, 300_000);

const env = (url: string) => ({ env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });

/** Expects that of what was backed up all is there, every row of every table, or nothing; returns which. */
const allOrNothing = (url: string): Promise<'all' | 'nothing'> =>
  withConnection(url, async (db) => {
    await untilAlone(db);
    const left = await everything(db);
    const isAll = left['core.inspection'] === states.all['core.inspection'];
    // The tables themselves may be there by then, or some of them.
    if (isAll) expect(left).toEqual(states.all);
    else expect(states.none).toMatchObject(left);
    return isAll ? 'all' : 'nothing';
  });

const copies = ['while rows are copied', "query ilike 'copy %'"] as const;
const moments = [
  ['while its tables are made', "query like '%create table core.%'"],
  copies,
  ['while views are made after it', "query like '%create view%'"],
] as const;
const kills = moments.flatMap(([when, at]) =>
  (['program is killed', 'server is killed'] as const).map((fault) => ({ fault, when, at })),
);
const cut = { fault: 'connection is cut', when: copies[0], at: copies[1] } as const;

test.each([...someOf(kills, 1), cut])(
  'a restore whose $fault $when leaves all or nothing, and can be done again',
  { timeout: 180_000 },
  async ({ fault, when, at }) => {
    const name = `${fault} ${when}`.replaceAll(' ', '_');
    const adminUrl = withDatabaseName(server.url, 'postgres');
    const url = withDatabaseName(server.url, name);
    await rowsOf(adminUrl, `create database ${name}`);
    const started = startCommand(['db', 'restore', file], env(url));
    await withConnection(adminUrl, async (admin) => {
      await untilIn(admin, { database: name, at, running: started });
      if (fault === 'program is killed') started.kill('SIGKILL');
      else if (fault === 'server is killed') process.kill((await serverProcess(home)) as number, 'SIGKILL');
      else
        await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`.execute(
          admin,
        );
    });
    const { code, stderr } = await started.ended;
    if (fault === 'server is killed') server = await comingUp(home);
    // It may have been done by then.
    if (fault !== 'program is killed' && code !== 0)
      expect({ code, stderr }).toEqual({
        code: 3,
        stderr: expect.stringMatching(
          /^[^\n]*(can't be reached|has gone away|migration failed|was stopped|was cut)[^\n]*\n$/,
        ),
      });
    const left = await allOrNothing(url);
    met.push(`restore, the ${fault} ${when}: ended with ${code}, ${left} was there`);
    const again = await commandProcess(['db', 'restore', file], env(url));
    if (left === 'nothing') expect(again).toMatchObject({ code: 0 });
    else expect(again.stderr).toMatch(/^The database is not empty: it holds 45 inspections\./);
    expect(await allOrNothing(url)).toBe('all');
    const opened = await openDatabase(url);
    expect(await keptDifferences(opened.db).finally(opened.close)).toEqual([]);
  },
);

describe('a backup', () => {
  const namesWith = async (name: string) => (await readdir(place)).filter((one) => one.includes(name));

  test.each(someOf([0, 20_000], 1))(
    'that is killed once it has written %i bytes leaves no file of its name',
    async (bytes) => {
      const name = `killed-at-${bytes}.backup`;
      const to = path.join(place, name);
      const started = startCommand(['db', 'backup', to], env(database.url));
      let hasEnded = false;
      void started.ended.then(() => {
        hasEnded = true;
      });
      // Whatever it is called while it is written, and however fast that is.
      for (let size = -1; !hasEnded && size < bytes; ) {
        const [found] = await namesWith(name);
        if (found)
          size = await stat(path.join(place, found)).then(
            (there) => there.size,
            () => -1,
          );
      }
      started.kill('SIGKILL');
      const { code } = await started.ended;
      const isThere = (await readdir(place)).includes(name);
      met.push(`backup killed at ${bytes} bytes: ended with ${code}, ${isThere ? 'a' : 'no'} file`);
      // It may have been done by then: what has the name is whole.
      if (isThere) await withEmptyDatabase((url) => restore(url, to));
      else expect(await commandProcess(['db', 'backup', to], env(database.url))).toMatchObject({ code: 0 });
      // Nor does what it had written by then stay when the next one is made.
      expect(await namesWith(name)).toEqual([name]);
    },
  );

  test('does not migrate what it backs up, and says when there is nothing', async () => {
    await withEmptyDatabase(async (url) => {
      expect(await commandProcess(['db', 'backup', path.join(place, 'none')], env(url))).toMatchObject({
        code: 1,
        stderr: 'There is nothing to back up: the database has no schema of this program.\n',
      });
      expect(await withConnection(url, everything)).toEqual({});
    });
  });
});
