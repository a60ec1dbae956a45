import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { dbmate, migrate, migrationFiles } from '../../../src/database/migrate.js';
import type { DB } from '../../../src/database/schema.js';
import { dbPath } from '../../../src/paths.js';
import { temporaryFolders } from '../../support/command.js';
import { refusalOf, withConnection } from '../../support/connection.js';
import { withEmptyDatabase } from '../../support/database.js';

const files = (await migrationFiles()).map(({ file }) => file);
const folder = temporaryFolders();

const withDatabase = (work: (db: Kysely<DB>, url: string) => Promise<void>) =>
  withEmptyDatabase((url) => withConnection(url, (db) => work(db, url)));

/** What is there, by kind and key: what is dropped and made anew has another. */
const catalogue = async (db: Kysely<DB>): Promise<unknown[]> =>
  (
    await sql`
      select relname as name, oid from pg_class where relnamespace::regnamespace::text in ('core', 'kept', 'public')
      union all select proname, oid from pg_proc where pronamespace::regnamespace::text in ('core', 'rating')
      order by name, oid`.execute(db)
  ).rows;

test('a database that is up to date is left as it is; no .env is read, and no search path followed', () =>
  withEmptyDatabase(async (url) => {
    await withConnection(url, (db) =>
      sql`do $$ begin
        create schema elsewhere;
        execute format('alter database %I set search_path = elsewhere, public', current_database());
      end $$`.execute(db),
    );
    await withConnection(url, async (db) => {
      const before = process.cwd();
      const own = await folder();
      await writeFile(path.join(own, '.env'), '{{{ not for us\n');
      process.chdir(own);
      expect(await migrate(db, url).finally(() => process.chdir(before))).toEqual(files);
      const made = await catalogue(db);
      expect(await migrate(db, url)).toEqual([]);
      expect(await catalogue(db)).toEqual(made);
    });
  }));

test('a database of a newer version of the program is refused, and nothing is done to it', () =>
  withDatabase(async (db, url) => {
    await migrate(db, url);
    await sql`insert into public.schema_migrations values ('29990101000000')`.execute(db);
    // something for this version to do as well
    await sql`delete from public.schema_migrations where version = '20261129000006'`.execute(db);
    const before = await catalogue(db);
    // and the lock is given back: the second does not wait for ever
    for (const { message, exit } of [await refusalOf(migrate(db, url)), await refusalOf(migrate(db, url))]) {
      expect(message).toMatch(/newer version .*29990101000000/);
      expect(exit).toBe(3);
    }
    expect(await catalogue(db)).toEqual(before);
  }));

test('a migration that fails is rolled back whole, and those before it stay', () =>
  withDatabase(async (db, url) => {
    await migrate(db, url);
    const before = await catalogue(db);
    const own = await folder();
    await writeFile(
      path.join(own, '29990101000000_fails.sql'),
      '-- migrate:up\ncreate table core.half_done (a integer);\nselect 1 / 0;\n-- migrate:down\n',
    );
    const { message } = await refusalOf(dbmate(url, '--migrations-dir', own, 'up', '--strict'));
    expect(message).toContain('division by zero');
    expect(await catalogue(db)).toEqual(before);
    expect(await migrate(db, url)).toEqual([]);
  }));

test('a migration that was changed after it was applied is refused, and nothing is done', () =>
  withDatabase(async (db, url) => {
    const own = await folder();
    for (const file of files) await copyFile(dbPath('migrations', file), path.join(own, file));
    expect(await migrate(db, url, own)).toEqual(files);
    const changed = files.at(-1) as string;
    const text = await readFile(path.join(own, changed), 'utf8');
    await writeFile(path.join(own, changed), `${text}\n-- one word more\n`);
    await writeFile(
      path.join(own, '29990101000000_next.sql'),
      '-- migrate:up\ncreate table core.next (a integer);\n-- migrate:down\ndrop table core.next;\n',
    );
    const { message, exit } = await refusalOf(migrate(db, url, own));
    expect(message.startsWith(`${changed} was changed after`)).toBe(true);
    expect(exit).toBe(3);
    const { rows } = await sql`select to_regclass('core.next') is null as untouched`.execute(db);
    expect(rows).toEqual([{ untouched: true }]);
    // Other line ends are no change.
    await writeFile(path.join(own, changed), text.replaceAll('\n', '\r\n'));
    expect(await migrate(db, url, own)).toEqual(['29990101000000_next.sql']);
  }));
