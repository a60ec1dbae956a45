import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder, withCounts } from '../support/bundles.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();
const folder = temporaryFolders();
let home: string;
const moments: string[] = [];

const ratings = (...args: string[]) =>
  command(['ratings', ...args], { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

beforeAll(async () => {
  home = await folder();
  for (const yes of [7, 4]) {
    const questions = ['2.1.1', '2.1.2', '2.1.3'].map(
      (code) => `"${code}": {relevant_cases: 10, yes: ${yes}}`,
    );
    await load(database.db, [
      await files.bundle(
        withCounts(
          '{name: Barset Youth Justice Service, area: Barset}',
          '2019-05',
          '2018',
          questions.join(', '),
        ),
      ),
    ]);
    const { rows } = await sql<{ now: string }>`
      select to_char(clock_timestamp() at time zone 'UTC' + interval '2 ms', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now, pg_sleep(0.005)`.execute(
      database.db,
    );
    moments.push(rows[0]?.now as string);
  }
  await database.db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
});

describe('ratings --as-of', () => {
  test('prints what stood then, of an inspection that was removed since, and whether it had been revised', async () => {
    const [first, second] = moments as [string, string];
    const before = await ratings('barset', '--synthetic', '--as-of', first);
    expect(before.stdout).toMatch(/^Barset YJS +2019-05-01 +2018 .* G .*$/m);
    expect(before.stdout).not.toMatch(/^Barset.*\[r\]/m);
    const after = await ratings('--synthetic', '--as-of', second);
    expect(after.stdout).toMatch(/^Barset YJS +2019-05-01 +2018 .* I\[r\] .*$/m);
    expect(after.code).toBe(0);
  });

  test('of a service by its name finds only its inspections, as JSON too', async () => {
    const { stdout, code } = await ratings('Wigan', '--as-of', '2999-01-01', '--json');
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as { service: string; standard: string; rating: string }[];
    expect(new Set(rows.map(({ service }) => service))).toEqual(new Set(['Wigan Youth Offending Team']));
    expect(rows).toHaveLength(13);
    expect(rows.find(({ standard }) => standard === 'overall')?.rating).toBe('Good');
  });

  test('of a day before anything was on record says so', async () => {
    const { stdout, stderr, code } = await ratings('--as-of', '2001-02-03');
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toMatch(
      /^No inspection was on record at 2001-02-03T23:59:59\.999Z: records of this database begin on 20\d\d-\d\d-\d\d\.\n$/,
    );
  });

  test.each(['yesterday', '2026-02-30', '2026-13-01', '2026-03-01T12:00', '', '1', '2026-03-01T25:00:00Z'])(
    'refuses "%s"',
    async (given) => {
      const { stderr, code } = await ratings('--as-of', given);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^--as-of is ".*": it has to be a day \(2026-03-01/);
    },
  );

  test('goes without --as-if', async () => {
    const { stderr, code } = await ratings('--as-of', '2026-03-01', '--as-if', 'base=inspected');
    expect(code).toBe(2);
    expect(stderr).toMatch(/leave one/);
  });
});
