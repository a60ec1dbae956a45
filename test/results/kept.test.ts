import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load, loadBundled } from '../../src/import/load.js';
import { loadRatingsTable } from '../../src/import/ratings-table/index.js';
import { renewResults } from '../../src/import/results/keep.js';
import { resultTables } from '../../src/import/results/result-rows.js';
import { dbPath } from '../../src/paths.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// What is kept is computed in TypeScript when an inspection is loaded; what it is held against is computed in SQL from the
// evidence. After every kind of change the two have to be the same.

const database = testDatabase();
const files = testFolder();
const inspections = 40;
let home = '';
let programme = '';
let db: Kysely<DB>;

beforeAll(async () => {
  db = database.db;
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-kept-'));
  programme = path.join(home, 'programme');
  const made = { inspections, seed: 11, firstYear: 2018 };
  await writeProgramme(programme, simulateProgramme(await readMaterial(db), made));
  await load(db, [programme], { url: database.url });
});
afterAll(() => rm(home, { recursive: true, force: true }));

const kinds = async (connection: Kysely<DB> = db) =>
  (await keptDifferences(connection)).map(({ kind, subject }) => `${kind} ${subject}`);

async function counted(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return rows[0]?.n ?? 0;
}

describe('what is kept is what is computed', () => {
  test('of bundled and of invented inspections, loaded in bulk', async () => {
    expect(await kinds()).toEqual([]);
    expect(await counted('result.overall')).toBe(inspections + 5);
    // two samples of questions each, about a hundred an inspection
    expect(await counted('result.key_question')).toBeGreaterThan(20 * inspections);
    expect(await counted('result.prompt')).toBeGreaterThan(70 * inspections);
    expect(await counted('result.standard_count')).toBeGreaterThan(5 * inspections);
    expect(await counted('result.answer_bits')).toBeGreaterThan(20 * inspections);
    expect(await counted('result.case_group')).toBeGreaterThan(20 * inspections);
  });

  test('of an inspection that is replaced, one that is added, and one that is deleted', async () => {
    const [first = '', second = ''] = (await readdir(programme)).sort();
    await rolledBack(db, async (trx) => {
      const file = path.join(programme, first, 'answers.csv');
      const text = await readFile(file, 'utf8');
      const yaml = await readFile(path.join(programme, first, 'inspection.json'), 'utf8');
      const cases = await readFile(path.join(programme, first, 'cases.csv'), 'utf8');
      const folder = await files.folder({
        'inspection.json': yaml,
        'cases.csv': cases,
        'answers.csv': text.replaceAll(/,2\.1\.1,yes/g, ',2.1.1,no'),
      });
      expect(await load(trx, [folder])).toMatchObject([{ outcome: 'replaced' }]);
      const { rating } = await trx
        .selectFrom('analytics.key_question_result')
        .select('rating')
        .where('key_question', '=', '2.1.1')
        .where('yes', '=', 0)
        .where('is_synthetic', '=', true)
        .executeTakeFirstOrThrow();
      expect(rating).toBe('Inadequate');
      expect(await kinds(trx)).toEqual([]);
      await trx.deleteFrom('core.inspection').where('inspection_code', '=', second).execute();
      expect(await kinds(trx)).toEqual([]);
    });
  });

  test('under rules that an edition has changed, and with a decision that a panel has taken', async () => {
    await rolledBack(db, async (trx) => {
      const rules = await readFile(dbPath('editions', '2018', 'rules.yaml'), 'utf8');
      const questions = await readFile(dbPath('editions', '2018', 'questions.yaml'), 'utf8');
      const stricter = rules.replace(
        '{from_percent: 80, rating: Outstanding}',
        '{from_percent: 90, rating: Outstanding}',
      );
      expect(stricter).not.toBe(rules);
      const before = await outstanding(trx);
      await load(trx, [await files.folder({ 'rules.yaml': stricter, 'questions.yaml': questions })]);
      expect(await outstanding(trx)).toBeLessThan(before);
      expect(await kinds(trx)).toEqual([]);
    });
    await rolledBack(db, async (trx) => {
      const wigan = await readFile(dbPath('inspections', 'wigan-2021-08', 'inspection.yaml'), 'utf8');
      const decided = wigan.replace(
        /^professional_discretion:.*$/m,
        'professional_discretion: [{standard: "3.1", from: Requires improvement, to: Good, reason: invented}]',
      );
      expect(decided).not.toBe(wigan);
      await load(trx, [await files.folder({ 'inspection.yaml': decided })]);
      const { rows } = await sql`
        select rating, rating_source from analytics.standard_rating where area = 'Wigan' and standard = '3.1'`.execute(
        trx,
      );
      expect(rows).toEqual([{ rating: 'Good', rating_source: 'panel decision' }]);
      expect(await kinds(trx)).toEqual([]);
    });
  });

  test('of a table of ratings, and of an inspection that was only in it until its report came', async () => {
    await rolledBack(db, async (trx) => {
      const table = path.join(home, 'ratings.csv');
      await writeFile(
        table,
        'service,published,overall,score,2.1\nLeeds,2020-05,Good,21,Good\nCardiff,2019,Outstanding,33,\n',
      );
      expect(await loadRatingsTable(trx, table)).toHaveLength(2);
      expect(await kinds(trx)).toEqual([]);
    });
  });
});

/** How many key questions are banded Outstanding under the 2018 edition. */
async function outstanding(connection: Kysely<DB>): Promise<number> {
  const rows = await connection
    .selectFrom('analytics.key_question_result')
    .select('key_question')
    .where('edition', '=', '2018')
    .where('rating', '=', 'Outstanding')
    .execute();
  return rows.length;
}

describe('what is changed past the loader', () => {
  test.each([
    [
      'an answer',
      "update core.answer set answer = 'no' where answer = 'yes' and inspection_id = (select max(inspection_id) from core.answer)",
    ],
    [
      'a case',
      "update core.inspected_case set gender = 'another gender' where case_no = 1 and inspection_id = (select max(inspection_id) from core.answer)",
    ],
    ['a rule', "update core.band set from_percent = 99 where rating = 'Outstanding'"],
    [
      'a kept rating',
      "update result.standard set rating = 'Good', rating_rank = 2 where rating = 'Outstanding'",
    ],
    [
      'a kept result that is gone',
      'delete from result.prompt where question_id = (select min(question_id) from result.prompt)',
    ],
  ])('%s shows, and is made anew', async (_what, statement) => {
    await rolledBack(db, async (trx) => {
      await sql.raw(statement).execute(trx);
      const differences = await keptDifferences(trx);
      expect(differences.length).toBeGreaterThan(0);
      await renewResults(trx, [...new Set(differences.map(({ inspection_id }) => inspection_id))]);
      expect(await kinds(trx)).toEqual([]);
    });
  });

  test('inspections without kept results, as an older version leaves them, get theirs', async () => {
    await rolledBack(db, async (trx) => {
      const all = await counted('result.prompt');
      for (const table of resultTables) await trx.deleteFrom(table).execute();
      await loadBundled(trx);
      expect(await kinds(trx)).toEqual([]);
      const { rows } = await sql<{ n: number }>`select count(*) as n from result.prompt`.execute(trx);
      expect(rows[0]?.n).toBe(all);
    });
  });
});
