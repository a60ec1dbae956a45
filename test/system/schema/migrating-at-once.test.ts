import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { appliedVersions } from '../../../src/database/applied-migrations.js';
import { connect } from '../../../src/database/connect.js';
import { dbmate, migrate } from '../../../src/database/migrate.js';
import type { DB } from '../../../src/database/schema.js';
import { dbPath } from '../../../src/paths.js';
import { urlOf, withEmptyDatabase } from '../../support/database.js';
import { waitsForLock } from '../../support/waiting.js';

const files = (await readdir(dbPath('migrations'))).filter((file) => file.endsWith('.sql')).sort();
const ofAnother = 'yot-ratings 4711-abcdef migrating';

const withConnection = async <T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> => {
  const db = connect(url);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
};
const withDatabase = (work: (db: Kysely<DB>, url: string) => Promise<void>) =>
  withEmptyDatabase((url) => withConnection(url, (db) => work(db, url)));

/** A session of the name that the server shows for a migration of another program. */
async function sessionOfAnother(url: string): Promise<Kysely<DB>> {
  const session = connect(`${url}?application_name=${encodeURIComponent(ofAnother)}`, { max: 1 });
  const { rows } = await sql<{ name: string }>`
    select application_name as name from pg_stat_activity where pid = pg_backend_pid()`.execute(session);
  expect(rows).toEqual([{ name: ofAnother }]);
  return session;
}

describe('a program that migrates', () => {
  test('waits for one that has the right to, and finds nothing left to do', async () => {
    await withDatabase(async (db, url) => {
      await dbmate(url, 'up', '--strict');
      const newest = files.at(-1) as string;
      const left = sql`delete from public.schema_migrations where version = ${newest.split('_')[0]}`;
      await left.execute(db);
      let migrating: Promise<string[]> | undefined;
      await db.transaction().execute(async (other) => {
        await sql`lock table public.schema_migrations in share update exclusive mode`.execute(other);
        migrating = withConnection(url, (own) => migrate(own, url));
        await waitsForLock(db, migrating);
        await sql`insert into public.schema_migrations values (${newest.split('_')[0]})`.execute(other);
      });
      expect(await migrating).toEqual([]);
    });
  });

  test('waits for what a killed one has left running', async () => {
    await withDatabase(async (db, url) => {
      const left = await sessionOfAnother(url);
      const migrating = migrate(db, url);
      await pause(1500);
      expect(await appliedVersions(db)).toEqual([]);
      await left.destroy();
      expect(await migrating).toEqual(files);
    });
  });

  test('does not wait for a reader who takes the name of one', async () => {
    await withDatabase(async (db, url) => {
      const reader = await sessionOfAnother(urlOf({ url }, 'reader'));
      try {
        expect(await migrate(db, url)).toEqual(files);
      } finally {
        await reader.destroy();
      }
    });
  });

  test.each([0, 60, 120, 240])(
    'goes on from where one without the right got to, begun %i ms later',
    async (ms) => {
      await withDatabase(async (db, url) => {
        const migrating = migrate(db, url);
        await pause(ms);
        // it may be the one that fails, as what a killed program has left may
        await dbmate(url, 'up', '--strict').catch(() => {});
        // those that it began with: the other may have applied the first by then
        const own = await migrating;
        expect(own).toEqual(files.slice(files.length - own.length));
        expect(await appliedVersions(db)).toHaveLength(files.length);
      });
    },
  );
});
