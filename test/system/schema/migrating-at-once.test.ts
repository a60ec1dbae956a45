import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { appliedVersions, dbmate, migrate, migrationFiles } from '../../../src/database/migrate.js';
import { openDatabase } from '../../../src/database/open.js';
import type { DB } from '../../../src/database/schema.js';
import { rowsOf, withConnection } from '../../support/connection.js';
import { urlOf, withEmptyDatabase } from '../../support/database.js';

const files = await migrationFiles();

const withDatabase = (work: (db: Kysely<DB>, url: string) => Promise<void>) =>
  withEmptyDatabase((url) => withConnection(url, (db) => work(db, url)));

/** Does work while there is a session of the name that the server shows for a migration of another program. */
const besideAnother = (url: string, work: (leave: () => Promise<void>) => Promise<void>) =>
  withConnection(`${url}?application_name=yot-ratings%204711-abcdef%20migrating`, async (other) => {
    const { rows } = await sql<{ name: string }>`
      select application_name as name from pg_stat_activity where pid = pg_backend_pid()`.execute(other);
    expect(rows).toEqual([{ name: 'yot-ratings 4711-abcdef migrating' }]);
    await work(() => other.destroy());
  });

test('two programs that open an empty database at once make schema and views once, and both find them', () =>
  withEmptyDatabase(async (url) => {
    const opened = await Promise.all([openDatabase(url), openDatabase(url)]);
    try {
      for (const { db } of opened)
        expect((await sql`select * from analytics.inspection`.execute(db)).rows).toEqual([]);
      const made = opened.map(({ migrations }) => migrations.length);
      expect(made.sort((a, b) => a - b)).toEqual([0, files.length]);
      expect(opened.filter(({ views }) => views > 0)).toHaveLength(1);
    } finally {
      for (const { close } of opened) await close();
    }
  }));

test('what a killed program has left migrating is waited for', () =>
  withDatabase((db, url) =>
    besideAnother(url, async (leave) => {
      const migrating = migrate(db, url);
      await pause(1500);
      await withConnection(url, async (own) => expect(await appliedVersions(own)).toEqual([]));
      await leave();
      expect(await migrating).toEqual(files);
    }),
  ));

test('a reader who takes the name of one keeps nobody waiting', () =>
  withDatabase((db, url) =>
    besideAnother(urlOf({ url }, 'reader'), async () => expect(await migrate(db, url)).toEqual(files)),
  ));

test.each([0, 60, 120, 240])(
  'a program goes on from where one without the right to migrate got to, begun %i ms later',
  (ms) =>
    withDatabase(async (db, url) => {
      const migrating = migrate(db, url);
      await pause(ms);
      // it may be the one that fails, as what a killed program has left may
      await dbmate(url, 'up', '--strict').catch(() => {});
      // those that it began with: the other may have applied the first by then
      const own = await migrating;
      expect(own).toEqual(files.slice(files.length - own.length));
      expect(await rowsOf(url, 'select from public.schema_migrations')).toHaveLength(files.length);
    }),
);
