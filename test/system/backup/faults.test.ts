import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBackup } from '../../../src/database/backup/archive.js';
import { backup } from '../../../src/database/backup/backup.js';
import { connect } from '../../../src/database/connect.js';
import { type EmbeddedServer, embeddedServer } from '../../../src/database/embedded/server.js';
import { migrate } from '../../../src/database/migrate.js';
import { openDatabase } from '../../../src/database/open.js';
import type { DB } from '../../../src/database/schema.js';
import { keptDifferences } from '../../../src/queries/kept-differences.js';
import { testFolder } from '../../support/bundles.js';
import { comingUp } from '../../support/coming-up.js';
import {
  commandProcess,
  type Ended,
  serverProcess,
  startCommand,
  temporaryFolders,
} from '../../support/command.js';
import { testDatabase, withEmptyDatabase } from '../../support/database.js';
import { everything } from '../../support/everything.js';
import { someOf } from '../../support/in-full.js';
import { untilIn } from '../../support/moment.js';
import { loadProgramme } from '../../support/programme.js';
import { withDatabaseName } from '../../support/server.js';
import { untilAlone } from '../../support/wholeness.js';

const database = testDatabase();
const files = testFolder();
const folder = temporaryFolders();
let home: string;
let place: string;
let file: string;
/** Every table of what was backed up, and of a database that was only migrated. */
const states: { all: Record<string, string>; none: Record<string, string> } = { all: {}, none: {} };
const met: string[] = [];

beforeAll(async () => {
  await loadProgramme(database, { inspections: 40 });
  [home, place] = [await folder(), await files.folder({ 'note.txt': '' })];
  file = path.join(place, 'whole.backup');
  await backup(database.url, file);
  states.all = await everything(database.db);
  states.none = await withEmptyDatabase((url) =>
    withConnection(url, async (db) => {
      await migrate(db, url);
      return everything(db);
    }),
  );
});
afterAll(() => console.log(met.join('\n')));

const env = (url: string) => ({ env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });

async function withConnection<T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const db = connect(url, { max: 1 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

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

/** Expects that a restore that was disturbed has left all or nothing, and that the next one sees to it that all is there. */
async function canBeDoneAgain(url: string, what: string): Promise<void> {
  const left = await allOrNothing(url);
  met.push(`${what}: ${left} was there`);
  const again = await commandProcess(['db', 'restore', file], env(url));
  if (left === 'nothing') expect(again).toMatchObject({ code: 0 });
  else expect(again.stderr).toMatch(/^The database is not empty: it holds 45 inspections\./);
  expect(await allOrNothing(url)).toBe('all');
  const opened = await openDatabase(url);
  expect(await keptDifferences(opened.db).finally(opened.close)).toEqual([]);
}

describe('a restore', () => {
  test('whose connection is cut says so in one message, and leaves nothing', async () => {
    await withEmptyDatabase(async (url) => {
      const admin = connect(database.url, { max: 1 });
      const started = startCommand(['db', 'restore', file], env(url));
      let hasEnded = false;
      started.ended.then(() => {
        hasEnded = true;
      });
      try {
        const name = new URL(url).pathname.slice(1);
        let cut = 0;
        while (cut === 0) {
          const { rows } = await sql`
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = ${name} and query ilike 'copy %'`.execute(admin);
          cut = rows.length;
          if (cut === 0 && hasEnded) throw new Error('it was done before a copy of it was seen');
        }
      } finally {
        await admin.destroy();
      }
      const { code, stderr } = await started.ended;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^The database .*(cut|stopped|gone away).*\n$/);
      expect(await allOrNothing(url)).toBe('nothing');
    });
  });

  let serverHome: string;
  let server: EmbeddedServer;

  beforeAll(async () => {
    serverHome = await folder();
    server = await embeddedServer(serverHome);
  });
  afterAll(() => server?.release());

  const moments = [
    ['while its tables are made', "application_name like '%migrating'"],
    ['while rows are copied', "query ilike 'copy %'"],
    ['while views are made after it', "query like '%create view%'"],
  ] as const;
  const kills = moments.flatMap(([when, at]) =>
    (['program', 'server'] as const).map((who) => ({ who, when, at })),
  );
  test.each(someOf(kills, 1))(
    'whose $who is killed $when leaves all or nothing, and can be done again',
    { timeout: 180_000 },
    async ({ who, when, at }) => {
      const name = `${who} ${when}`.replaceAll(' ', '_');
      const adminUrl = () => withDatabaseName(server.url, 'postgres');
      await withConnection(adminUrl(), (admin) => sql`create database ${sql.id(name)}`.execute(admin));
      const started = startCommand(['db', 'restore', file], env(withDatabaseName(server.url, name)));
      await withConnection(adminUrl(), async (admin) => {
        await untilIn(admin, { database: name, at, running: started });
        if (who === 'program') started.kill('SIGKILL');
        else process.kill((await serverProcess(serverHome)) as number, 'SIGKILL');
      });
      const { code, stderr } = await started.ended;
      if (who === 'server') server = await comingUp(serverHome);
      if (who === 'server' && code !== 0)
        expect({ code, stderr }).toEqual({
          code: 3,
          stderr: expect.stringMatching(/^[^\n]*(can't be reached|has gone away|migration failed)[^\n]*\n$/),
        });
      await canBeDoneAgain(
        withDatabaseName(server.url, name),
        `the ${who} was killed ${when}: ended with ${code}`,
      );
    },
  );
});

describe('a backup', () => {
  /** Bytes of the file whose name has this in it; NaN when there is none. */
  async function sizeOf(name: string): Promise<number> {
    const found = (await readdir(place)).filter((one) => one.includes(name));
    const sizes = await Promise.all(
      found.map((one) =>
        stat(path.join(place, one)).then(
          ({ size }) => size,
          () => Number.NaN,
        ),
      ),
    );
    return sizes[0] ?? Number.NaN;
  }

  test.each(someOf([0, 20_000], 1))(
    'that is killed once it has written %i bytes leaves no file of its name',
    async (bytes) => {
      const name = `killed-at-${bytes}.backup`;
      const to = path.join(place, name);
      const started = startCommand(['db', 'backup', to], env(database.url));
      let ended: Ended | undefined;
      started.ended.then((how) => {
        ended = how;
      });
      // Whatever it is called while it is written, and however fast that is.
      while (!ended && !((await sizeOf(name)) >= bytes));
      started.kill('SIGKILL');
      const { code } = await started.ended;
      const there = (await readdir(place)).includes(name);
      met.push(`backup killed at ${bytes} bytes: ended with ${code}, ${there ? 'a' : 'no'} file`);
      // It may have been done by then: what has the name is whole.
      if (there) await checkBackup(to);
      else
        expect(await commandProcess(['db', 'backup', to], env(database.url))).toMatchObject({
          code: 0,
          stderr: '',
        });
      // Nor does what it had written by then stay when the next one is made.
      const rest = (await readdir(place)).filter((one) => one.includes(name) && one !== name);
      expect(rest).toEqual([]);
    },
  );

  test('takes away what one of its own number left, and nothing of one that works', async () => {
    const [to, others] = [path.join(place, 'again.backup'), `.again.backup.${process.ppid}.unfinished`];
    const own = path.join(place, `.again.backup.${process.pid}.unfinished`);
    for (const left of [own, path.join(place, others), path.join(place, '.again.backup.unfinished')])
      await writeFile(left, 'rows');
    await utimes(own, 0, 0);
    await backup(database.url, to);
    expect((await readdir(place)).filter((name) => name.startsWith('.again')).sort()).toEqual(
      [others, '.again.backup.unfinished'].sort(),
    );
  });

  test('does not migrate what it backs up, and says when there is nothing', async () => {
    await withEmptyDatabase(async (url) => {
      const { code, stderr } = await commandProcess(
        ['db', 'backup', path.join(place, 'none.backup')],
        env(url),
      );
      expect(code).toBe(1);
      expect(stderr).toBe('There is nothing to back up: the database has no schema of this program.\n');
      expect(await withConnection(url, everything)).toEqual({});
    });
  });
});
