import { appendFile, cp } from 'node:fs/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RoleName } from '../../../src/database/role-names.js';
import { dbPath } from '../../../src/paths.js';
import { testFolder } from '../../support/bundles.js';
import { bundleFiles, smallBundle } from '../../support/case-files.js';
import { command, temporaryFolders } from '../../support/command.js';
import { testDatabase, urlOf } from '../../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
const files = testFolder();
let home: string;
beforeAll(async () => {
  home = await folder();
});

/** Runs a command with a role's URL as DATABASE_URL. */
const as = (role: RoleName, ...args: string[]) =>
  command(args, { env: { DATABASE_URL: urlOf(database, role), YOT_RATINGS_HOME: home } });

/** What a role is told when it may not do what it asked for: one line, without a password. */
async function refusal(role: RoleName, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await as(role, ...args);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).not.toContain('of-the-tests');
  return stderr;
}

const reads = [
  ['ratings'],
  ['ratings', 'Wigan', '--json'],
  ['compare', 'Wigan'],
  ['distance', 'Barnet'],
  ['trends', '2.1'],
];

describe.each(['loader', 'analyst', 'reader'] as const)('the %s', (role) => {
  test.each(reads)('asks: %s %s', async (...args) => {
    const { code, stdout, stderr } = await as(role, ...args.filter(Boolean));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.length).toBeGreaterThan(100);
  });

  test('may not reset the database', async () => {
    expect(await refusal(role, 'db', 'reset', '--yes')).toMatch(new RegExp(`${role} may not do that: it `));
    const { rows } = await sql`select 1 from core.inspection`.execute(database.db);
    expect(rows.length).toBeGreaterThanOrEqual(5);
  });
});

test('analyst and loader see what other rules would give, and hold everything against the reports', async () => {
  for (const role of ['analyst', 'loader'] as const) {
    const supposed = await as(role, 'ratings', '--as-if', 'rounding=down');
    expect(supposed).toMatchObject({ code: 0, stderr: '' });
    const reconciled = await as(role, 'reconcile');
    expect(reconciled).toMatchObject({ code: 0, stderr: '' });
    expect(reconciled.stdout).toMatch(/\d+ cells compared, 0 differ/);
  }
});

test('the reader is told that rows of cases are for the analyst', async () => {
  expect(await refusal('reader', 'ratings', '--as-if', 'rounding=down')).toMatch(
    /yot_ratings_reader may not do that: it reads the views of schema analytics, and nothing else; use the analyst's URL/,
  );
});

describe('loading', () => {
  test('is what the loader does: a new inspection, and one that replaces it, with a record under its own name', async () => {
    const first = await as('loader', 'load', await files.folder(bundleFiles(smallBundle())));
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const second = await as('loader', 'load', await files.folder(bundleFiles(smallBundle({ yes222: 2 }))));
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain('replaced');
    const { rows } = await sql`
      select kind, loaded_by from core.load where loaded_by = 'yot_ratings_loader' order by load_id`.execute(
      database.db,
    );
    expect(rows).toEqual(Array(2).fill({ kind: 'inspection', loaded_by: 'yot_ratings_loader' }));
    const check = await as('loader', 'db', 'check');
    expect(check).toMatchObject({ code: 0, stderr: '' });
  });

  test('a programme in bulk and a table of ratings are loaded by the loader too', async () => {
    const programme = `${await folder()}/programme`;
    const simulated = await as(
      'analyst',
      'simulate',
      '--to',
      programme,
      '--inspections',
      '24',
      '--seed',
      '5',
    );
    expect(simulated).toMatchObject({ code: 0, stderr: '' });
    const bulk = await as('loader', 'load', programme, '--new-service');
    expect(bulk).toMatchObject({ code: 0, stdout: expect.stringContaining('24') });
    const { rows } = await sql<{ part: string; owner: boolean }>`
      select inhrelid::regclass::text as part, pg_get_userbyid(relowner) = current_user as owner
      from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'core.answer'::regclass order by 1`.execute(database.db);
    expect(rows).toEqual([
      { part: 'core_answer.block_1', owner: true },
      { part: 'core_answer.one_at_a_time', owner: true },
    ]);
    const table = await files.folder({ 'table.csv': 'service,published,overall\nBarnet,2019-05,Good\n' });
    const listed = await as('loader', 'load', '--ratings', `${table}/table.csv`, '--edition', '2018');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
  });

  test('an edition is the owner’s to load: it decides ratings', async () => {
    const edition = await folder();
    await cp(dbPath('editions', '2021'), edition, { recursive: true });
    // changed, or it would be found there and left
    await appendFile(`${edition}/rules.yaml`, '# another edition\n');
    expect(await refusal('loader', 'load', edition)).toMatch(
      /yot_ratings_loader may not do that: it loads inspections, and nothing else; editions, the register and the schema are the owner's/,
    );
  });

  test.each(['analyst', 'reader'] as const)('is nothing for the %s', async (role) => {
    const bundle = await files.folder(bundleFiles(smallBundle({ day: '2018-03-05' })));
    expect(await refusal(role, 'load', bundle)).toMatch(new RegExp(`${role} may not do that: it reads`));
  });
});

describe('a database that is not of this version is told apart, and left alone', () => {
  const changedBy = async (statement: string, role: RoleName) => {
    // Committed for the command to see, and taken back by its inverse.
    await sql.raw(statement).execute(database.db);
    return refusal(role, 'ratings');
  };

  test.each(['loader', 'analyst', 'reader'] as const)('newer, to the %s', async (role) => {
    const newer = "insert into public.schema_migrations values ('29990101000000')";
    try {
      expect(await changedBy(newer, role)).toMatch(
        /was migrated by a newer version of this program \(29990101000000\)\. Update the program\./,
      );
    } finally {
      await sql`delete from public.schema_migrations where version = '29990101000000'`.execute(database.db);
    }
  });

  test.each(['loader', 'analyst', 'reader'] as const)('older, to the %s', async (role) => {
    const { rows } = await sql<{ version: string }>`
      select version from public.schema_migrations order by version desc limit 1`.execute(database.db);
    const version = rows[0]?.version as string;
    try {
      const said = await changedBy(`delete from public.schema_migrations where version = '${version}'`, role);
      expect(said).toMatch(
        /is older than this program\. Have its owner bring it up to date: yot-ratings db up/,
      );
    } finally {
      await sql`insert into public.schema_migrations values (${version})`.execute(database.db);
    }
  });

  test('with views of another version', async () => {
    const newer = `insert into core.load (kind, subject, content_hash, program)
      values ('views', 'analytics', 'of another version', '1000.1')`;
    try {
      expect(await changedBy(newer, 'reader')).toMatch(
        /The views of the database are those of another version of this program \(1000\.1\)/,
      );
    } finally {
      await sql`delete from core.load where content_hash = 'of another version'`.execute(database.db);
    }
  });
});

test('a person of their own, who was let into a role, loads under their own name', async () => {
  await sql`drop role if exists yot_ratings_test_person`.execute(database.db);
  await sql`create role yot_ratings_test_person login password 'of-the-tests' in role yot_ratings_loader`.execute(
    database.db,
  );
  try {
    const url = new URL(urlOf(database, 'loader'));
    url.username = 'yot_ratings_test_person';
    url.password = 'of-the-tests';
    const bundle = await files.folder(bundleFiles(smallBundle({ day: '2018-06-04' })));
    const loaded = await command(['load', bundle], {
      env: { DATABASE_URL: url.href, YOT_RATINGS_HOME: home },
    });
    expect(loaded).toMatchObject({ code: 0, stderr: '' });
    const { rows } = await sql`select loaded_by from core.load order by load_id desc limit 1`.execute(
      database.db,
    );
    expect(rows).toEqual([{ loaded_by: 'yot_ratings_test_person' }]);
  } finally {
    await sql`drop role yot_ratings_test_person`.execute(database.db);
  }
});
