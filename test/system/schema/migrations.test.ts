import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { resolveBinary } from 'dbmate';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { dbmate, migrate } from '../../../src/database/migrate.js';
import { openDatabase } from '../../../src/database/open.js';
import type { DB } from '../../../src/database/schema.js';
import { dbPath } from '../../../src/paths.js';
import { exitCode, UserError } from '../../../src/problem.js';
import { withEmptyDatabase } from '../../support/database.js';

const files = (await readdir(dbPath('migrations'))).filter((file) => file.endsWith('.sql')).sort();

async function withConnection<T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const db = connect(url);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-migrations-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

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
async function seeds(db: Kysely<DB>): Promise<unknown[]> {
  const { rows } = await sql`
    select 'confidence level' as list, confidence_level::text as row from core.confidence_level
    union all select 'evidence', evidence::text from core.evidence
    union all select 'display rule', display_rule::text from core.display_rule
    order by 1, 2`.execute(db);
  return rows;
}

/** dbmate on the migrations of a folder alone. */
async function bareDbmate(url: string, folder: string, ...args: string[]): Promise<void> {
  const withMode = url.includes('sslmode=') ? url : `${url}?sslmode=disable`;
  await promisify(execFile)(resolveBinary(), ['--migrations-dir', folder, '--no-dump-schema', ...args], {
    env: { ...process.env, DATABASE_URL: withMode },
  });
}

test('every migration, taken back, leaves what was there before it, and does the same again', async () => {
  await withFolder((folder) =>
    withEmptyDatabase((url) =>
      withConnection(url, async (db) => {
        const run = (...args: string[]) => bareDbmate(url, folder, ...args);
        const states = [await catalogue(db)];
        for (const file of files) {
          await copyFile(dbPath('migrations', file), path.join(folder, file));
          await run('up');
          states.push(await catalogue(db));
        }
        const planted = await seeds(db);
        expect(planted.length).toBeGreaterThan(5);
        for (const [at, file] of [...files.entries()].reverse()) {
          await run('down');
          expect(await catalogue(db), `after ${file} was taken back`).toEqual(states[at]);
        }
        expect(states.map(({ length }) => length)).toEqual(
          states.map(({ length }) => length).sort((a, b) => a - b),
        );
        await run('up');
        expect(await catalogue(db)).toEqual(states.at(-1));
        expect(await seeds(db)).toEqual(planted);
      }),
    ),
  );
});

test('two programs that migrate an empty database at once both succeed', async () => {
  await withEmptyDatabase(async (url) => {
    const applied = await Promise.all([1, 2].map(() => withConnection(url, (db) => migrate(db, url))));
    expect(applied.sort((a, b) => a.length - b.length)).toEqual([[], files]);
  });
});

test('two programs that open an empty database at once both find schema and views', async () => {
  await withEmptyDatabase(async (url) => {
    const opened = await Promise.all([openDatabase(url), openDatabase(url)]);
    try {
      for (const { db } of opened) {
        const { rows } = await sql`select * from analytics.inspection`.execute(db);
        expect(rows).toEqual([]);
      }
      const made = opened.map(({ migrations, views }) => [migrations.length, views > 0]);
      expect(made.flat().filter((one) => one === files.length)).toHaveLength(1);
      expect(made.flat().filter((one) => one === true)).toHaveLength(1);
    } finally {
      for (const { close } of opened) await close();
    }
  });
});

test('a database that is up to date is left as it is', async () => {
  await withEmptyDatabase((url) =>
    withConnection(url, async (db) => {
      expect(await migrate(db, url)).toEqual(files);
      const before = await catalogue(db);
      expect(await migrate(db, url)).toEqual([]);
      expect(await catalogue(db)).toEqual(before);
    }),
  );
});

test('a search path of the database does not change where migrations are recorded', async () => {
  await withEmptyDatabase(async (url) => {
    await withConnection(url, (db) =>
      sql`do $$ begin
        create schema elsewhere;
        execute format('alter database %I set search_path = elsewhere, public', current_database());
      end $$`.execute(db),
    );
    await withConnection(url, async (db) => {
      expect(await migrate(db, url)).toEqual(files);
      expect(await migrate(db, url)).toEqual([]);
    });
  });
});

test("the user's own .env is not read", async () => {
  const before = process.cwd();
  await withFolder((folder) =>
    withEmptyDatabase((url) =>
      withConnection(url, async (db) => {
        await writeFile(path.join(folder, '.env'), '{{{ not for us\n');
        process.chdir(folder);
        try {
          expect(await migrate(db, url)).toEqual(files);
        } finally {
          process.chdir(before);
        }
      }),
    ),
  );
});

/** What is said when work is refused. */
async function refusal(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).exit).toBe(exitCode.database);
  expect((error as UserError).message).not.toContain('\n');
  return error as UserError;
}

test('a database of a newer version of the program is refused, and nothing is done to it', async () => {
  await withEmptyDatabase((url) =>
    withConnection(url, async (db) => {
      await migrate(db, url);
      await sql`insert into public.schema_migrations values ('29990101000000')`.execute(db);
      // something for this version to do as well
      await sql`delete from public.schema_migrations where version = '20261129000006'`.execute(db);
      const before = await catalogue(db);
      const { message } = await refusal(migrate(db, url));
      expect(message).toContain('29990101000000');
      expect(message).toContain('newer version');
      expect(await catalogue(db)).toEqual(before);
      // and the lock is given back: the next one does not wait for ever
      await refusal(migrate(db, url));
    }),
  );
});

test('no migration asks to run outside a transaction', async () => {
  for (const file of files) {
    const text = await readFile(dbPath('migrations', file), 'utf8');
    expect(text.split('\n')[0], file).toBe('-- migrate:up');
  }
});

test('a migration that fails is rolled back whole, and those before it stay', async () => {
  await withFolder((folder) =>
    withEmptyDatabase((url) =>
      withConnection(url, async (db) => {
        await migrate(db, url);
        const before = await catalogue(db);
        await writeFile(
          path.join(folder, '29990101000000_fails.sql'),
          '-- migrate:up\ncreate table core.half_done (a integer);\nselect 1 / 0;\n-- migrate:down\n',
        );
        const { message } = await refusal(dbmate(url, '--migrations-dir', folder, 'up', '--strict'));
        expect(message).toContain('division by zero');
        expect(await catalogue(db)).toEqual(before);
        expect(await migrate(db, url)).toEqual([]);
      }),
    ),
  );
});
