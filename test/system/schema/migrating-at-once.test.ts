import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { dbmate, migrate, migrationFiles } from '../../../src/database/migrate.js';
import { openDatabase } from '../../../src/database/open.js';
import { rowsOf, withConnection } from '../../support/connection.js';
import { withEmptyDatabase } from '../../support/database.js';

const files = (await migrationFiles()).map(({ file }) => file);

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

test.each([0, 120, 240])(
  'a program goes on from where one that a killed program has left migrating got to, begun %i ms later',
  (ms) =>
    withEmptyDatabase((url) =>
      withConnection(url, async (db) => {
        const migrating = migrate(db, url);
        await pause(ms);
        // it may be the one that fails, as what a killed program has left may
        await dbmate(url, 'up', '--strict').catch(() => {});
        // those that it began with: the other may have applied the first by then
        const own = await migrating;
        expect(own).toEqual(files.slice(files.length - own.length));
        expect(await rowsOf(url, 'select from public.schema_migrations')).toHaveLength(files.length);
      }),
    ),
);
