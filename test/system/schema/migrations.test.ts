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

/** All that migrations make, in words, one line a thing. */
async function catalogue(db: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    with schema as (
      select oid, nspname as name, (select array_agg(acl::text order by acl::text) from unnest(coalesce(nspacl, acldefault('n', nspowner))) as acl) as nspacl from pg_namespace where nspname in ('core', 'core_answer', 'kept', 'rating', 'analytics', 'public')
    ),
    relation as (
      select pg_class.*, schema.name || '.' || relname as name,
        -- rights that were never given and those that were taken back are the same
        (select array_agg(acl::text order by acl::text) from unnest(
          coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))) as acl) as rights
      from pg_class join schema on schema.oid = relnamespace
      where relname <> 'schema_migrations' and relname <> 'schema_migrations_pkey'
    )
    select format('schema %s %s %s', name, nspacl, obj_description(oid, 'pg_namespace')) as line from schema
    union all
    select format('relation %s %s %s %s %s', name, relkind, rights, relrowsecurity, obj_description(oid, 'pg_class')) from relation
    union all
    select format('column %s.%s %s %s %s %s %s %s %s', name, attname, attnum, format_type(atttypid, atttypmod), attnotnull,
      attidentity, attgenerated, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
    from pg_attribute
    join relation on relation.oid = attrelid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all
    select format('constraint %s.%s %s', name, conname, pg_get_constraintdef(pg_constraint.oid))
    from pg_constraint join relation on relation.oid = conrelid
    union all
    select pg_get_indexdef(indexrelid) from pg_index join relation on relation.oid = indexrelid
    union all
    select format('trigger %s.%s', name, tgname)
    from pg_trigger join relation on relation.oid = tgrelid and not tgisinternal
    union all
    select format('type %s.%s %s', name, typname, (select array_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = pg_type.oid))
    from pg_type join schema on schema.oid = typnamespace and name <> 'public'
    union all
    select format('function %s.%s', name, proname)
    from pg_proc join schema on schema.oid = pronamespace and name <> 'public'
    union all
    select format('database %s %s', grantee, privilege_type)
    from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
    where datname = current_database()
    order by line`.execute(db);
  return rows.map(({ line }) => line);
}

/** The rows that migrations themselves put in. */
const seeds = async (db: Kysely<DB>): Promise<unknown[]> =>
  (
    await sql`
      select 'confidence level' as list, confidence_level::text as row from core.confidence_level
      union all select 'evidence', evidence::text from core.evidence
      union all select 'display rule', display_rule::text from core.display_rule
      order by 1, 2`.execute(db)
  ).rows;

test('every migration, taken back, leaves what was there before it, and does the same again', () =>
  withDatabase(async (db, url) => {
    const own = await folder();
    const run = (what: string) => dbmate(url, '--migrations-dir', own, what);
    const states = [await catalogue(db)];
    for (const file of files) {
      // in a transaction each
      expect((await readFile(dbPath('migrations', file), 'utf8')).split('\n')[0], file).toBe('-- migrate:up');
      await copyFile(dbPath('migrations', file), path.join(own, file));
      await run('up');
      states.push(await catalogue(db));
      expect(states.at(-1)?.length).toBeGreaterThanOrEqual(states.at(-2)?.length as number);
    }
    const planted = await seeds(db);
    expect(planted.length).toBeGreaterThan(5);
    for (const [at, file] of [...files.entries()].reverse()) {
      await run('down');
      expect(await catalogue(db), `after ${file} was taken back`).toEqual(states[at]);
    }
    await run('up');
    expect(await catalogue(db)).toEqual(states.at(-1));
    expect(await seeds(db)).toEqual(planted);
  }));

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
