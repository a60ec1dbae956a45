import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { dbPath, packageFolder } from '../../src/paths.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { renew } from '../support/renew.js';

// What is kept of counts and ratings is what the views compute from the evidence, after every kind of change.

const database = testDatabase();
const files = testFolder();
const inspections = 4;
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
    expect(await counted('kept.standard_result')).toBeGreaterThan(12 * inspections);
    // two samples of questions each, about a hundred an inspection
    expect(await counted('kept.key_question_count')).toBeGreaterThan(20 * inspections);
    expect(await counted('kept.prompt_count')).toBeGreaterThan(70 * inspections);
    expect(await counted('kept.standard_count')).toBeGreaterThan(5 * inspections);
    expect(await counted('kept.answer_bits')).toBeGreaterThan(20 * inspections);
    expect(await counted('kept.case_group')).toBeGreaterThan(20 * inspections);
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

  test('under rules that an edition has changed, with another value and kind of a case, and with a decision that a panel has taken', async () => {
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
      const rules = await readFile(dbPath('editions', '2018', 'rules.yaml'), 'utf8');
      const questions = await readFile(dbPath('editions', '2018', 'questions.yaml'), 'utf8');
      // a value more, and a kind of case more: groups of no case, which have rows
      const more = questions
        .replace('another gender]', 'another gender, not said]')
        .replace('triage, other]', 'triage, reprimand, other]');
      expect(more.length - questions.length).toBe(', not said'.length + 'reprimand, '.length);
      await load(trx, [await files.folder({ 'rules.yaml': rules, 'questions.yaml': more })]);
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

describe('what is changed past the program', () => {
  test.each([
    [
      'an answer',
      "update core.answer set answer = 'no' where answer = 'yes' and inspection_id = (select max(inspection_id) from core.answer)",
    ],
    [
      'a case',
      `update core.inspected_case set attributes = '{"gender": "another gender"}'
       where case_no = 1 and inspection_id = (select max(inspection_id) from core.answer)`,
    ],
    ['a published figure', 'update core.published_result set yes = 0 where yes > 0'],
    ['a judgement', "update core.qualitative_rating set rating = 'Inadequate'"],
    ['a decision', 'delete from core.panel_decision'],
    [
      'a kept rating',
      "update kept.standard_result set rating = 'Good', rating_rank = 2 where rating = 'Outstanding'",
    ],
    ['a kept count that is gone', 'delete from kept.prompt_count where yes > 1'],
    ['a kept rule', 'update kept.rule_period set z = 1'],
  ])('%s shows, and is made anew', async (_what, statement) => {
    await rolledBack(db, async (trx) => {
      await sql.raw(statement).execute(trx);
      const differences = await keptDifferences(trx);
      expect(differences.length).toBeGreaterThan(0);
      await sql`select rating.rate_edition(edition_code) from core.edition`.execute(trx);
      await renew(trx, [...new Set(differences.flatMap(({ inspection_id }) => inspection_id ?? []))]);
      expect(await kinds(trx)).toEqual([]);
    });
  });

  test('an inspection that is written by SQL alone is rated by one call', async () => {
    await rolledBack(db, async (trx) => {
      const { rows } = await sql<{ id: number }>`
        with wigan as (
          select * from core.inspection where inspection_code like 'wigan%'
        )
        insert into core.inspection (
          inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision
        )
        select 'by-hand', service_id, edition_code, service_at_inspection, date '2030-01-07', 'day' from wigan
        returning inspection_id as id`.execute(trx);
      const id = rows[0]?.id as number;
      for (const table of [
        'core.inspection_sample',
        'core.published_result',
        'core.published_standard_rating',
        'core.qualitative_rating',
        'core.panel_decision',
        'core.published_overall',
      ])
        await sql`
          insert into ${sql.table(table)}
          select (jsonb_populate_record(copied, jsonb_build_object('inspection_id', ${id}::bigint))).*
          from ${sql.table(table)} as copied
          where inspection_id = (select inspection_id from core.inspection where inspection_code like 'wigan%')`.execute(
          trx,
        );
      expect(await kinds(trx)).not.toEqual([]);
      await sql`select rating.renew(${id}::bigint)`.execute(trx);
      expect(await kinds(trx)).toEqual([]);
      const rated = await sql<{ rating: string; score: number }>`
        select rating, score from analytics.overall_rating where inspection_id = ${id}`.execute(trx);
      // what the report prints of Wigan: 19 of 36, Good
      expect(rated.rows).toEqual([{ rating: 'Good', score: 19 }]);
    });
  });
});

describe('a rule that is changed by SQL is what the public views show, in the same transaction', () => {
  const counts = async (trx: Connection, view: string, where: string) => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from ${sql.table(`analytics.${view}`)} where ${sql.raw(where)}`.execute(
      trx,
    );
    return rows[0]?.n as number;
  };
  test.each([
    [
      'a band',
      "update core.band set from_percent = 99 where rating = 'Outstanding'",
      'key_question_result',
      "rating = 'Outstanding'",
    ],
    [
      'a band',
      "update core.band set from_percent = 99 where rating = 'Outstanding'",
      'standard_rating',
      "computed_rating = 'Outstanding'",
    ],
    [
      'a base',
      "update core.percentage_base set base = 'inspected'",
      'standard_rating',
      "computed_rating = 'Inadequate'",
    ],
    [
      'the rounding',
      "update core.rule_set set rounding = 'down'",
      'key_question_result',
      'relevant > 0 and percent = 100 * yes / nullif(relevant, 0)',
    ],
    [
      'points',
      "update core.rating_score set score = 9 where rating = 'Outstanding'",
      'overall_rating',
      'score > 36',
    ],
    [
      'an overall band',
      "update core.overall_band set from_score = 36 where rating = 'Outstanding'",
      'overall_rating',
      "rating = 'Outstanding'",
    ],
    [
      'a limit',
      "update core.limiting_judgement set at_or_below = 'Outstanding', overall_at_most = 'Inadequate'",
      'overall_rating',
      'limited_by is not null',
    ],
    ['a ground', 'update core.rule_set set discretion_sample = 40', 'standard_rating', 'small_sample'],
    [
      'what counts',
      "delete from core.counting_standard where standard_code = '1.1'",
      'overall_rating',
      'max_score = 33',
    ],
  ])('%s: %s', async (_what, statement, view, where) => {
    await rolledBack(db, async (trx) => {
      const before = await counts(trx, view, where);
      await sql.raw(statement).execute(trx);
      expect(await counts(trx, view, where)).not.toBe(before);
      expect(await kinds(trx)).toEqual([]);
    });
  });
});

test('nothing that loads computes a rating: src/import knows nothing of src/ratings', async () => {
  const folder = path.join(packageFolder, 'src', 'import');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(30);
  for (const file of files)
    expect(await readFile(path.join(folder, file), 'utf8'), file).not.toMatch(/from '(?:\.\.\/)+ratings\//);
});
