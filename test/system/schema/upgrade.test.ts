import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { restore } from '../../../src/database/backup/restore.js';
import { connect } from '../../../src/database/connect.js';
import { migrate } from '../../../src/database/migrate.js';
import { recreateViews } from '../../../src/database/views.js';
import { packageFolder } from '../../../src/disk/paths.js';
import { compareSqlAndTypescript, ratings } from '../../../src/index.js';
import { keptDifferences } from '../../../src/queries/kept-differences.js';
import { withEmptyDatabase } from '../../support/database.js';

// What was released is upgraded with its data in it: each release leaves a backup here (npm run release-backup), and no migration of it is
// ever changed again: what comes later is in migrations of its own, which the backup has not seen.

const released = path.join(packageFolder, 'test', 'schema', 'released');

describe.each((await readdir(released)).sort())('%s', (file) => {
  test('is upgraded with its inspections, case answers and history', { timeout: 120_000 }, async () => {
    await withEmptyDatabase(async (url) => {
      const { rows } = await restore(url, path.join(released, file));
      expect(rows).toBeGreaterThan(5000);
      const db = connect(url);
      try {
        expect(await migrate(db, url)).toContain('20261130000001_overall_kept.sql');
        await recreateViews(db);
        const real = await ratings(db, { is_listed_only: false });
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
        const { rows: counted } = await sql<{ answers: number; versions: number }>`
          select
            (select count(*)::integer from core.answer) as answers,
            (select count(*)::integer from analytics.rating_version where is_synthetic) as versions`.execute(
          db,
        );
        expect(counted[0]?.answers).toBeGreaterThan(1000);
        expect(counted[0]?.versions).toBeGreaterThan(30);
      } finally {
        await db.destroy();
      }
    });
  });
});
