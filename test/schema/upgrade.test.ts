import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { restore } from '../../src/database/backup/restore.js';
import { connect } from '../../src/database/connect.js';
import { migrate } from '../../src/database/migrate.js';
import { recreateViews } from '../../src/database/views.js';
import { compareSqlAndTypescript, ratings } from '../../src/index.js';
import { dbPath, packageFolder } from '../../src/paths.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { withEmptyDatabase } from '../support/database.js';

// What was released is upgraded with its data in it: each release leaves a backup here (npm run release-backup), and no migration of it is
// ever changed again. To the migrations that there are one is added that is to come.

const released = path.join(packageFolder, 'test', 'schema', 'released');
const toCome = `-- migrate:up
alter table core.inspection add column about_to_come text not null default 'nothing yet';
alter table core.published_overall rename column score to points;
alter table core.published_overall rename column points to score;
-- migrate:down
alter table core.inspection drop column about_to_come;
`;

/** The migrations that there are, and one more. */
async function nextMigrations(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-next-'));
  for (const file of await readdir(dbPath('migrations')))
    await copyFile(dbPath('migrations', file), path.join(folder, file));
  await writeFile(path.join(folder, '29990101000000_to_come.sql'), toCome);
  return folder;
}

describe.each((await readdir(released)).sort())('%s', (file) => {
  test('is upgraded with its inspections, case answers and history', { timeout: 120_000 }, async () => {
    const folder = await nextMigrations();
    await withEmptyDatabase(async (url) => {
      const { rows } = await restore(url, path.join(released, file));
      expect(rows).toBeGreaterThan(5000);
      const db = connect(url);
      try {
        expect((await migrate(db, url, folder)).at(-1)).toBe('29990101000000_to_come.sql');
        await recreateViews(db);
        const real = await ratings(db, { listed: false });
        expect(real.map(({ service, score, rating }) => `${service}: ${score}, ${rating}`)).toEqual([
          'Barnet Youth Offending Service: 21, Good',
          'Essex Youth Offending Service: 33, Outstanding',
          'Hammersmith and Fulham Youth Justice Service: 31, Outstanding',
          'Kensington & Chelsea Youth Offending Service: 29, Good',
          'Wigan Youth Offending Team: 19, Good',
        ]);
        expect(await keptDifferences(db)).toEqual([]);
        const { inspections, cells, differences } = await compareSqlAndTypescript(db);
        expect({ inspections, differences }).toEqual({ inspections: 8, differences: [] });
        expect(cells).toBeGreaterThan(5000);
        const { rows: counted } = await sql<{ answers: number; versions: number; added: string }>`
          select
            (select count(*)::integer from core.answer) as answers,
            (select count(*)::integer from analytics.rating_version where is_synthetic) as versions,
            (select min(about_to_come) from core.inspection) as added`.execute(db);
        expect(counted[0]).toMatchObject({ added: 'nothing yet' });
        expect(counted[0]?.answers).toBeGreaterThan(1000);
        expect(counted[0]?.versions).toBeGreaterThan(30);
      } finally {
        await db.destroy();
        await rm(folder, { recursive: true });
      }
    });
  });
});
