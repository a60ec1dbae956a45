import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { applyLimits } from '../../../src/database/limits.js';
import { recreateViews } from '../../../src/database/views.js';
import { load } from '../../../src/import/load.js';
import { testFolder } from '../../support/bundles.js';
import { bundleFiles, smallBundle } from '../../support/case-files.js';
import { asReaderOf, asRoleOf, testDatabase, urlOf } from '../../support/database.js';

const database = testDatabase();
const files = testFolder();
// Settings of a role in a database are not cloned with it.
beforeAll(() => applyLimits(database.db));

const limitReader = async (setting: string, value: string) => {
  await sql`update core.role_limit set value = ${value} where role = 'yot_ratings_reader' and setting = ${setting}`.execute(
    database.db,
  );
  await applyLimits(database.db);
};

const shown = async (role: 'loader' | 'analyst' | 'reader') =>
  asRoleOf(database, role, async (session) => {
    const { rows } = await sql`
      select
        current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle,
        current_setting('lock_timeout') as lock,
        current_setting('temp_file_limit') as files`.execute(session);
    return rows[0];
  });

test('each role has the limits of the table', async () => {
  expect(await shown('reader')).toEqual({ statement: '1min', idle: '1min', lock: '10s', files: '1GB' });
  expect(await shown('analyst')).toEqual({ statement: '15min', idle: '10min', lock: '10s', files: '10GB' });
  expect(await shown('loader')).toEqual({ statement: '0', idle: '0', lock: '0', files: '-1' });
});

test('a reader need not name the one schema that it sees', async () => {
  const found = await asRoleOf(database, 'reader', (session) =>
    sql`select distinct edition from edition_rule order by edition`.execute(session),
  );
  expect(found.rows).toEqual([{ edition: '2018' }, { edition: '2021' }, { edition: '2025' }]);
});

test('all roles together leave connections for the owner', async () => {
  const { rows } = await sql<{ all: number; roles: number; reserved: number }>`
    select
      current_setting('max_connections')::integer as all,
      current_setting('superuser_reserved_connections')::integer as reserved,
      (select sum(rolconnlimit)::integer from pg_roles
       where rolname in ('yot_ratings_loader', 'yot_ratings_analyst', 'yot_ratings_reader') and rolconnlimit > 0) as roles`.execute(
    database.db,
  );
  const [{ all, roles, reserved }] = rows as [{ all: number; roles: number; reserved: number }];
  expect(roles).toBe((80 * all) / 100);
  expect(all - reserved - roles).toBeGreaterThanOrEqual(10);
});

test('fifty readers ask at once', async () => {
  const many = connect(urlOf(database, 'reader'), { max: 50 });
  // Each keeps its connection until all have one.
  let there = 0;
  let allThere = () => {};
  const together = new Promise<void>((resolve) => {
    allThere = resolve;
  });
  try {
    const tooLate = pause(30_000, undefined, { ref: false }).then(() => {
      throw new Error(`only ${there} of fifty readers have a connection`);
    });
    const asked = await Promise.race([
      tooLate,
      Promise.all(
        Array.from({ length: 50 }, () =>
          many.connection().execute(async (one) => {
            const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(one);
            if (++there === 50) allThere();
            await together;
            return rows[0]?.pid;
          }),
        ),
      ),
    ]);
    expect(new Set(asked).size).toBe(50);
  } finally {
    allThere();
    // The driver may wait for ever for one that was refused.
    await Promise.race([many.destroy(), pause(5000, undefined, { ref: false })]);
  }
});

test('what the table says holds from the next start, and what a role gave itself does not', async () => {
  await asReaderOf(database, (reader) =>
    sql`do $$ begin execute format('alter role yot_ratings_reader in database %I set statement_timeout = 0', current_database()); end $$`.execute(
      reader,
    ),
  );
  expect(await shown('reader')).toMatchObject({ statement: '0' });
  await applyLimits(database.db);
  expect(await shown('reader')).toMatchObject({ statement: '1min' });
  await limitReader('statement_timeout', '5min');
  expect(await shown('reader')).toMatchObject({ statement: '5min' });
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
    ({ code }: { code: string }) => ({ code, after: Date.now() - begun }),
  );
  const loaded = await load(database.db, [await files.folder(bundleFiles(smallBundle()))]);
  expect(loaded).toMatchObject([{ outcome: 'loaded' }]);
  const goesOn = pause(30_000, { code: 'it goes on', after: 0 }, { ref: false });
  const ended = (await Promise.race([runaway, goesOn])) as { code: string; after: number };
  expect(ended.code).toBe('57014');
  expect(ended.after).toBeGreaterThanOrEqual(1000);
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

describe('locks that a reader can hold', () => {
  test('keep neither loaders nor migrations nor the making of views waiting', async () => {
    const client = connect(urlOf(database, 'reader'), { max: 1 });
    const impatient = connect(`${database.url}?lock_timeout=3000`);
    await load(database.db, [await files.folder(bundleFiles(smallBundle()))]);
    try {
      await client.transaction().execute(async (reader) => {
        await sql`select count(*) from analytics.inspection`.execute(reader);
        const bundle = await files.folder(bundleFiles(smallBundle({ yes222: 2 })));
        expect(await load(impatient, [bundle])).toMatchObject([{ outcome: 'replaced' }]);
        expect(await recreateViews(impatient)).toBe(0);
        await impatient.transaction().execute(async (trx) => {
          for (const lock of [
            'core.load_queue in exclusive mode',
            'core.made_object in share row exclusive mode',
            'public.schema_migrations in share update exclusive mode',
          ])
            await sql.raw(`lock table ${lock}`).execute(trx);
        });
      });
    } finally {
      await client.destroy();
      await impatient.destroy();
    }
  });

  test('are no advisory locks of ours: nothing in the program takes any', async () => {
    const { readdir, readFile } = await import('node:fs/promises');
    const root = new URL('../../../src/', import.meta.url);
    const sources = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.ts'));
    for (const file of sources)
      expect(await readFile(new URL(file, root), 'utf8'), file).not.toMatch(/pg_(try_)?advisory/);
  });
});
