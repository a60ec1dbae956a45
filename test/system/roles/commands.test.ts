import { appendFile, cp } from 'node:fs/promises';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { RoleName } from '../../../src/database/role-names.js';
import { dbPath } from '../../../src/disk/paths.js';
import { testFolder } from '../../support/bundles.js';
import { bundleFiles, smallBundle } from '../../support/case-files.js';
import { commandsOnServers } from '../../support/command.js';
import { testDatabase, urlOf } from '../../support/database.js';

const database = testDatabase();
const { folder, printed, refused } = commandsOnServers();
const files = testFolder();
const as = (role: RoleName, ...args: string[]) => printed(urlOf(database, role), args);

/** What a role is told when it may not do what it asked for: one line, without a password. */
async function refusal(role: RoleName, ...args: string[]): Promise<string> {
  const said = await refused(urlOf(database, role), args);
  expect(said).not.toContain('of-the-tests');
  return said;
}

describe.each(['loader', 'analyst', 'reader'] as const)('the %s', (role) => {
  test('is told what the owner is told', async () => {
    for (const args of [['ratings'], ['compare', 'Barnet'], ['trends', '2.1', '--questions']])
      expect(await as(role, ...args)).toBe(await printed(database.url, args));
  });

  test('may not reset the database', async () => {
    expect(await refusal(role, 'db', 'reset', '--yes')).toContain('this user may not do that: ');
    const { rows } = await sql`select 1 from core.inspection`.execute(database.db);
    expect(rows.length).toBeGreaterThanOrEqual(5);
  });
});

test.each(['analyst', 'loader'] as const)('the %s holds everything against the reports', async (role) => {
  expect(await as(role, 'reconcile')).toMatch(/\d+ cells compared, 0 differ/);
});

test('the reader is told that rows of cases are for the analyst', async () => {
  expect(await refusal('reader', 'ratings', '--as-if', 'rounding=down')).toMatch(
    /this user may not do that: the analyst's URL reads all there is/,
  );
});

describe('loading', () => {
  test('is what the loader does: a new inspection, and one that replaces it', async () => {
    await as('loader', 'load', await files.folder(bundleFiles(smallBundle())));
    const changed = await files.folder(bundleFiles(smallBundle({ yes222: 2 })));
    expect(await as('loader', 'load', changed)).toContain('replaced');
    const { rows } = await sql`
      select kind from core.load where loaded_by = 'yot_ratings_loader'`.execute(database.db);
    expect(rows).toEqual(Array(2).fill({ kind: 'inspection' }));
    await as('loader', 'db', 'check');
  });

  test('an edition is the owner’s to load: it decides ratings', async () => {
    const edition = await folder();
    await cp(dbPath('editions', '2021'), edition, { recursive: true });
    // changed, or it would be found there and left
    await appendFile(`${edition}/rules.yaml`, '# another edition\n');
    expect(await refusal('loader', 'load', edition)).toMatch(
      /this user may not do that: .* and all else is the owner's/,
    );
  });

  test.each(['analyst', 'reader'] as const)('is nothing for the %s', async (role) => {
    const bundle = await files.folder(bundleFiles(smallBundle({ day: '2018-03-05' })));
    expect(await refusal(role, 'load', bundle)).toContain('this user may not do that: ');
  });
});

// Committed for the command to see, and taken back by its inverse.
test.each<[string, make: string, takeBack: string, said: RegExp]>([
  [
    'newer',
    "insert into public.schema_migrations values ('29990101000000')",
    "delete from public.schema_migrations where version = '29990101000000'",
    /was migrated by a newer version of this program \(29990101000000\)\. Update the program\./,
  ],
  [
    'older',
    `with last as (delete from public.schema_migrations
       where version = (select max(version) from public.schema_migrations) returning version)
     select set_config('test.last', version, false) from last`,
    "insert into public.schema_migrations select current_setting('test.last')",
    /is older than this program: have its owner bring it up to date: yot-ratings db up/,
  ],
  [
    'with views of another version',
    `insert into core.load (kind, subject, content_hash, program)
     values ('views', 'analytics', 'of another version', '1000.1')`,
    "delete from core.load where content_hash = 'of another version'",
    /The database has the views of another version of this program \(1000\.1\)/,
  ],
  [
    'not open to who asks',
    'revoke usage on schema analytics from yot_ratings_loader, yot_ratings_reader',
    'grant usage on schema analytics to yot_ratings_loader, yot_ratings_reader',
    /this user may not do that: .* permission denied for schema analytics/,
  ],
])('a database that is %s is told apart, and left alone', async (_, make, takeBack, said) => {
  await database.db.connection().execute(async (session) => {
    await sql.raw(make).execute(session);
    try {
      for (const role of ['loader', 'reader'] as const) expect(await refusal(role, 'ratings')).toMatch(said);
    } finally {
      await sql.raw(takeBack).execute(session);
    }
  });
});
