import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dbmate, migrationFiles } from '../../../src/database/migrate.js';
import { dbPath } from '../../../src/disk/paths.js';
import { temporaryFolders } from '../../support/command.js';
import { rowsOf } from '../../support/connection.js';
import { withEmptyDatabase } from '../../support/database.js';

const folder = temporaryFolders();

/** All that migrations make, in words, one line a thing; rights that were never given and those that were taken back are the same. */
const catalogue = (url: string) =>
  rowsOf<{ line: string }>(
    url,
    `with schema as (
      select oid, nspname as name, nspowner, nspacl
      from pg_namespace where nspname in ('core', 'core_answer', 'kept', 'rating', 'analytics', 'public')
    ),
    relation as (
      select pg_class.*, schema.name || '.' || relname as name
      from pg_class join schema on schema.oid = relnamespace
      where relname not like 'schema_migrations%'
    )
    select format('schema %s', name) as line from schema
    union all
    select format('relation %s %s %s %s', name, relkind, relrowsecurity, obj_description(oid, 'pg_class')) from relation
    union all
    select format('right %s %s %s', name, grantee, privilege_type)
    from relation, aclexplode(coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner)))
    union all
    select format('right on schema %s %s %s', name, grantee, privilege_type)
    from schema, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
    union all
    select format('column %s.%s %s %s %s %s', name, attname, format_type(atttypid, atttypmod), attnotnull,
      pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
    from pg_attribute
    join relation on relation.oid = attrelid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all
    select format('constraint %s.%s %s', name, conname, pg_get_constraintdef(pg_constraint.oid))
    from pg_constraint join relation on relation.oid = conrelid
    union all
    select pg_get_indexdef(indexrelid) from pg_index join relation on relation.oid = indexrelid
    union all
    select format('trigger %s.%s', name, tgname) from pg_trigger join relation on relation.oid = tgrelid and not tgisinternal
    union all
    select format('type %s.%s', name, typname) from pg_type join schema on schema.oid = typnamespace and name <> 'public'
    union all
    select format('function %s.%s', name, proname) from pg_proc join schema on schema.oid = pronamespace and name <> 'public'
    order by line`,
  );

test('every migration, taken back, leaves what was there before it, and does the same again', () =>
  withEmptyDatabase(async (url) => {
    const own = await folder();
    const run = (what: string) => dbmate(url, '--migrations-dir', own, what);
    const files = (await migrationFiles()).map(({ file }) => file);
    const states = [await catalogue(url)];
    for (const file of files) {
      // in a transaction each
      expect((await readFile(dbPath('migrations', file), 'utf8')).split('\n')[0], file).toBe('-- migrate:up');
      await copyFile(dbPath('migrations', file), path.join(own, file));
      await run('up');
      states.push(await catalogue(url));
    }
    for (const [at, file] of [...files.entries()].reverse()) {
      await run('down');
      expect(await catalogue(url), `after ${file} was taken back`).toEqual(states[at]);
    }
    await run('up');
    expect(await catalogue(url)).toEqual(states.at(-1));
  }));
