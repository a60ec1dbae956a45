import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { dbmate, migrate, migrationFiles } from '../../../src/database/migrate.js';
import { openDatabase } from '../../../src/database/open.js';
import { dbPath } from '../../../src/disk/paths.js';
import { temporaryFolders } from '../../support/command.js';
import { refusalOf, rowsOf, withConnection } from '../../support/connection.js';
import { withEmptyDatabase } from '../../support/database.js';

const files = (await migrationFiles()).map(({ file }) => file);
const folder = temporaryFolders();

/** A folder with the migrations and files beside them. */
async function migrationsAnd(others: Record<string, string>): Promise<string> {
  const own = await folder();
  for (const file of files) await copyFile(dbPath('migrations', file), path.join(own, file));
  for (const [name, text] of Object.entries(others)) await writeFile(path.join(own, name), text);
  return own;
}

const next = (name: string, text: string) => ({
  [`29990101000000_${name}.sql`]: `-- migrate:up\ncreate table core.${name} (a integer);\n${text}\n-- migrate:down\n`,
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

test.each([0, 240])(
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

test('no .env is read, and no search path followed; what fails, was changed or is newer is refused, and nothing is done', () =>
  withEmptyDatabase(async (url) => {
    await rowsOf(
      url,
      `do $$ begin
        create schema elsewhere;
        execute format('alter database %I set search_path = elsewhere, public', current_database());
      end $$`,
    );
    await withConnection(url, async (db) => {
      const before = process.cwd();
      process.chdir(await migrationsAnd({ '.env': '{{{ not for us\n' }));
      expect(await migrate(db, url).finally(() => process.chdir(before))).toEqual(files);
      expect(await migrate(db, url)).toEqual([]);

      const failing = await migrationsAnd(next('fails', 'select 1 / 0;'));
      expect((await refusalOf(migrate(db, url, failing))).message).toContain('division by zero');

      const changed = files.at(-1) as string;
      const text = await readFile(dbPath('migrations', changed), 'utf8');
      const edited = await migrationsAnd({ [changed]: `${text}\n-- one word more\n`, ...next('later', '') });
      const { message, exit } = await refusalOf(migrate(db, url, edited));
      expect(message.startsWith(`${changed} was changed after`)).toBe(true);
      expect(exit).toBe(3);
      const made = sql`select relname from pg_class where relname in ('fails', 'later')`;
      expect((await made.execute(db)).rows).toEqual([]);

      // Other line ends are no change.
      const sound = await migrationsAnd({ [changed]: text.replaceAll('\n', '\r\n'), ...next('later', '') });
      expect(await migrate(db, url, sound)).toEqual(['29990101000000_later.sql']);
      // and the lock is given back: the second does not wait for ever
      for (const refused of [await refusalOf(migrate(db, url)), await refusalOf(migrate(db, url))])
        expect(refused.message).toMatch(/newer version .*29990101000000/);
    });
  }));
