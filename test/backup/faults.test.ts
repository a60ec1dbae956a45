import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkBackup } from '../../src/database/backup/archive.js';
import { backup } from '../../src/database/backup/backup.js';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { testFolder } from '../support/bundles.js';
import { command, startCommand, temporaryFolders } from '../support/command.js';
import { testDatabase, withEmptyDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';
import { untilAlone } from '../support/wholeness.js';

const database = testDatabase();
const files = testFolder();
const folder = temporaryFolders();
let home: string;
let place: string;
let file: string;
/** How long a restore takes that nobody disturbs, in milliseconds. */
let whole = 0;

beforeAll(async () => {
  await loadProgramme(database, { inspections: 40 });
  [home, place] = [await folder(), await files.folder({ 'note.txt': '' })];
  file = path.join(place, 'whole.backup');
  await backup(database.url, file);
  whole = await withEmptyDatabase(async (url) => {
    const begun = performance.now();
    const { code, stderr } = await command(['db', 'restore', file], env(url));
    expect(code, stderr).toBe(0);
    return performance.now() - begun;
  });
});

const env = (url: string) => ({ env: { DATABASE_URL: url, YOT_RATINGS_HOME: home } });

/** How many inspections a database has; none where there is not even a schema. */
async function inspections(url: string): Promise<number> {
  return withConnection(url, async (db) => {
    const { rows } = await sql<{ found: boolean }>`
      select to_regclass('core.inspection') is not null as found`.execute(db);
    if (!rows[0]?.found) return 0;
    const { rows: counted } = await sql<{ n: number }>`select count(*) as n from core.inspection`.execute(db);
    return counted[0]?.n ?? 0;
  });
}

async function withConnection<T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const db = connect(url, { max: 1 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

describe('a restore', () => {
  test.each([0.35, 0.6, 0.8, 0.95])(
    'that is killed at %f of its time leaves all or nothing, and can be done again',
    async (share) => {
      await withEmptyDatabase(async (url) => {
        const started = startCommand(['db', 'restore', file], env(url));
        await pause(whole * share);
        started.kill('SIGKILL');
        await started.ended;
        // The server ends what was under way when it notices: a commit that it was told of may still come.
        await withConnection(url, untilAlone);
        const left = await inspections(url);
        expect([0, 45]).toContain(left);
        const again = await command(['db', 'restore', file], env(url));
        if (left === 0) expect(again).toMatchObject({ code: 0 });
        else expect(again.stderr).toMatch(/^The database is not empty: it holds 45 inspections\./);
        expect(await inspections(url)).toBe(45);
      });
    },
  );

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
            where datname = ${name} and query ilike 'copy core%'`.execute(admin);
          cut = rows.length;
          if (cut === 0 && hasEnded) throw new Error('it was done before a copy of it was seen');
        }
      } finally {
        await admin.destroy();
      }
      const { code, stderr } = await started.ended;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^The database .*(cut|stopped|gone away).*\n$/);
      expect(await inspections(url)).toBe(0);
    });
  });
});

describe('a backup', () => {
  test.each([0.5, 0.8])('that is killed at %f of its time leaves no file of its name', async (share) => {
    const to = path.join(place, `killed-${share}.backup`);
    const begun = performance.now();
    expect(
      await command(['db', 'backup', path.join(place, `timed-${share}.backup`)], env(database.url)),
    ).toMatchObject({
      code: 0,
    });
    const undisturbed = performance.now() - begun;
    const started = startCommand(['db', 'backup', to], env(database.url));
    await pause(undisturbed * share);
    started.kill('SIGKILL');
    await started.ended;
    const there = (await readdir(place)).includes(path.basename(to));
    // It may have been done by then: what has the name is whole.
    if (there) await checkBackup(to);
    else
      expect(await command(['db', 'backup', to], env(database.url))).toMatchObject({ code: 0, stderr: '' });
  });

  test('does not migrate what it backs up, and says when there is nothing', async () => {
    await withEmptyDatabase(async (url) => {
      const { code, stderr } = await command(['db', 'backup', path.join(place, 'none.backup')], env(url));
      expect(code).toBe(1);
      expect(stderr).toBe('There is nothing to back up: the database has no schema of this program.\n');
      expect(await inspections(url)).toBe(0);
    });
  });
});
