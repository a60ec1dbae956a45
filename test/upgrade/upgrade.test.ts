import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { restore } from '../../src/database/backup/restore.js';
import { openDatabase } from '../../src/database/open.js';
import type { DB } from '../../src/database/schema.js';
import { load, loadBundled } from '../../src/import/load.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { ratingVersion } from '../../src/queries/rating-version.js';
import { ratings } from '../../src/queries/ratings.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase, withEmptyDatabase } from '../support/database.js';

const fresh = testDatabase();
const files = testFolder();
const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A database of an older version of the program, brought up to date by this one. */
const upgraded = <T>(backup: string, work: (db: Kysely<DB>, migrations: string[]) => Promise<T>) =>
  withEmptyDatabase(async (url) => {
    await restore(url, at(backup));
    const opened = await openDatabase(url);
    try {
      await loadBundled(opened.db);
      return await work(opened.db, opened.migrations);
    } finally {
      await opened.close();
    }
  });

/** Ratings as the older version printed them. */
const printed = async (file: string): Promise<{ service: string; score: number | null }[]> =>
  JSON.parse(await readFile(at(file), 'utf8'));

const shortly = async (db: Kysely<DB>) =>
  (await ratings(db)).map(({ service, fieldwork_start, published, edition, score, rating, standards }) => ({
    service,
    fieldwork_start,
    published,
    edition,
    score,
    rating,
    standards: Object.fromEntries(standards.map(({ standard, rating }) => [standard, rating])),
  }));

const inOrder = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();

/** Public views, without the keys of rows: those hang on what was loaded before. */
async function publicViews(db: Kysely<DB>): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const view of [
    'standard_rating',
    'overall_rating',
    'key_question_result',
    'prompt_result',
    'reconciliation',
  ]) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(v) - 'inspection_id' - 'marker')::text as row
      from ${sql.table(`analytics.${view}`)} as v
      order by 1`.execute(db);
    all[view] = rows.map(({ row }) => row);
  }
  return all;
}

test('a database of the first release comes to what a new one has, row by row of what is public', async () => {
  const inspection = await readFile(at('first-release.inspection.yaml'), 'utf8');
  await load(fresh.db, [await files.folder({ 'inspection.yaml': inspection })], { newService: true });
  await upgraded('first-release.backup', async (db, migrations) => {
    expect(migrations.length).toBeGreaterThanOrEqual(11);
    const [is, shouldBe] = [await publicViews(db), await publicViews(fresh.db)];
    expect((shouldBe.standard_rating as unknown[]).length).toBeGreaterThan(70);
    expect(is).toEqual(shouldBe);
    // Rutland among them, as the old version printed it, but that points of a few standards were called a score by then; a date
    // that it did not print is left out.
    const old = await printed('first-release.ratings.json');
    const now = (await shortly(db)).map(({ published, ...rest }) => rest);
    expect(inOrder(now)).toEqual(
      inOrder(old.map((one) => (one.service.startsWith('Rutland') ? { ...one, score: null } : one))),
    );
    expect(await keptDifferences(db)).toEqual([]);
    // What was loaded stays on record, and is where the ratings' history begins.
    const versions = await ratingVersion(db, { standard: '2.1' });
    expect(versions.length).toBeGreaterThanOrEqual(6);
    expect(new Set(versions.map(({ why }) => why))).toEqual(new Set(['taken over']));
    expect(versions.map(({ recorded_on }) => recorded_on).sort()[0]).toBe('2026-11-22');
  });
});

test('a database with case answers and replaced inspections keeps its ratings, and what they were', async () => {
  await upgraded('case-answers.backup', async (db) => {
    const old = await printed('case-answers.ratings.json');
    expect(old.length).toBe(29);
    expect(inOrder(await shortly(db))).toEqual(inOrder(old));
    const { rows } = await sql`select count(*) as answers from core.answer`.execute(db);
    expect(rows).toEqual([{ answers: 54_981 }]);
    expect(await keptDifferences(db)).toEqual([]);
    const revised = (await ratingVersion(db, { synthetic: true })).filter(({ version }) => version > 1);
    expect(revised.length).toBeGreaterThan(0);
    expect(new Set(revised.map(({ service }) => service)).size).toBe(1);
    expect(revised.every(({ marker }) => marker === '[r]')).toBe(true);
  });
});
