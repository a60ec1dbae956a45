import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import type { RoleName } from '../../../src/database/role-names.js';
import type { DB } from '../../../src/database/schema.js';
import { recreateViews } from '../../../src/database/views.js';
import { load } from '../../../src/import/load.js';
import { testFolder } from '../../support/bundles.js';
import { bundleFiles, smallBundle } from '../../support/case-files.js';
import { asReaderOf, asRoleOf, testDatabase } from '../../support/database.js';

const database = testDatabase();
const files = testFolder();
const applyLimits = () => sql`select rating.apply_role_limits()`.execute(database.db);
// Settings of a role in a database are not cloned with it.
beforeAll(applyLimits);

const bundle = (change = {}) => files.folder(bundleFiles(smallBundle(change)));

const limitReader = async (setting: string, value: string) => {
  await sql`update core.role_limit set value = ${value} where role = 'yot_ratings_reader' and setting = ${setting}`.execute(
    database.db,
  );
  await applyLimits();
};

/** Limits of a session of a role: of a statement, of an idle transaction, of waiting for a lock, of files. */
const limitsOf = (role: RoleName) =>
  asRoleOf(database, role, async (session) => {
    const { rows } = await sql<Record<string, string>>`
      select
        current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle,
        current_setting('lock_timeout') as lock,
        current_setting('temp_file_limit') as files`.execute(session);
    return Object.values(rows[0] ?? {});
  });

test('each role has the limits of the table, and a reader need not name the one schema that it sees', async () => {
  const asked = (session: Kysely<DB>) => sql`select distinct edition from edition_rule`.execute(session);
  expect((await asReaderOf(database, asked)).rows).toHaveLength(3);
  expect(await limitsOf('reader')).toEqual(['1min', '1min', '10s', '1GB']);
  expect(await limitsOf('analyst')).toEqual(['15min', '10min', '10s', '10GB']);
  expect(await limitsOf('loader')).toEqual(['0', '0', '0', '-1']);
});

test.each(['reader', 'analyst', 'loader'] as const)('the %s’s plans are not searched for long', (role) =>
  asRoleOf(database, role, async (session) => {
    const { rows } = await sql<object>`
      select setting, source from pg_settings where name ~ '^(join|from)_collapse_limit$'`.execute(session);
    // not as the server has it, which may be another's
    expect(rows).toEqual(Array(2).fill({ setting: '6', source: 'database user' }));
  }),
);

test('what the table says holds from the next start, and what a role gave itself does not', async () => {
  await asReaderOf(database, (reader) =>
    sql`do $$ begin execute format('alter role yot_ratings_reader in database %I set statement_timeout = 0', current_database()); end $$`.execute(
      reader,
    ),
  );
  expect((await limitsOf('reader'))[0]).toBe('0');
  await applyLimits();
  expect((await limitsOf('reader'))[0]).toBe('1min');
  await limitReader('statement_timeout', '5min');
  expect((await limitsOf('reader'))[0]).toBe('5min');
});

test('a query of the reader that would not end is stopped, while a load goes on', async () => {
  await limitReader('statement_timeout', '1s');
  const begun = Date.now();
  const runaway = asReaderOf(database, (reader) =>
    // endless however much is loaded by then: without the series, it ends at once when it is faster than the load
    sql`
      select count(*)
      from generate_series(1, 1000000) a
      cross join generate_series(1, 1000000) b
      left join analytics.prompt_result on true`.execute(reader),
  ).then(
    () => 'done',
    ({ code }: { code: string }) => ({ code, isLater: Date.now() - begun >= 1000 }),
  );
  expect(await load(database.db, [await bundle()])).toMatchObject([{ outcome: 'loaded' }]);
  const goesOn = pause(30_000, 'it goes on', { ref: false });
  expect(await Promise.race([runaway, goesOn])).toEqual({ code: '57014', isLater: true });
  // What comes next is not to be cut off on a slow machine.
  await limitReader('statement_timeout', '1min');
});

test('a query of the reader that would fill the disk is stopped', async () => {
  await limitReader('temp_file_limit', '1MB');
  const work = asReaderOf(database, (reader) =>
    sql`select md5(n::text) as text from generate_series(1, 200000) as n order by text`.execute(reader),
  );
  await expect(work).rejects.toMatchObject({ code: '53400' });
});

test('locks that a reader can hold keep neither loaders nor migrations nor the making of views waiting', async () => {
  const impatient = connect(`${database.url}?lock_timeout=3000`);
  await load(database.db, [await bundle()]);
  await asReaderOf(database, (session) =>
    session.transaction().execute(async (reader) => {
      await sql`select count(*) from analytics.inspection`.execute(reader);
      expect(await load(impatient, [await bundle({ yes222: 2 })])).toMatchObject([{ outcome: 'replaced' }]);
      expect(await recreateViews(impatient)).toBe(0);
      await sql`
        begin;
        lock table core.load_queue in exclusive mode;
        lock table core.made_object in share row exclusive mode;
        lock table public.schema_migrations in share update exclusive mode;
        rollback`.execute(impatient);
    }),
  );
  await impatient.destroy();
});

test('nothing in the program takes an advisory lock, which a reader could hold', () => {
  const root = new URL('../../../src/', import.meta.url);
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.ts'))
      expect(readFileSync(new URL(file, root), 'utf8'), file).not.toMatch(/pg_(try_)?advisory/);
});
