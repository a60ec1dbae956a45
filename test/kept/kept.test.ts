import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { dbPath, packageFolder } from '../../src/disk/paths.js';
import { load } from '../../src/import/load.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { testFolder } from '../support/bundles.js';
import { bundleFiles, smallBundle } from '../support/case-files.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';
import { renew } from '../support/renew.js';

// What is kept of counts and ratings is what the views compute from the evidence, after every kind of change.

const database = testDatabase();
const files = testFolder();
const inspections = 4;
let db: Kysely<DB>;

beforeAll(async () => {
  db = database.db;
  await loadProgramme(database, { inspections, seed: 11 });
});

const kinds = async (connection: Connection = db) =>
  (await keptDifferences(connection)).map(({ kind, subject }) => `${kind} ${subject}`);

/** How many rows there are `from` something: a table, or a view and a condition. */
async function count(from: string, connection: Connection = db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from ${sql.raw(from)}`.execute(
    connection,
  );
  return rows[0]?.n as number;
}

/** The texts of the 2018 edition, with other words in one place of one of them. */
async function edition2018(from: string, to: string): Promise<string> {
  const read = (name: string) => readFile(dbPath('editions', '2018', name), 'utf8');
  const texts = { 'rules.yaml': await read('rules.yaml'), 'questions.yaml': await read('questions.yaml') };
  expect(Object.values(texts).join('').split(from)).toHaveLength(2);
  const changed = Object.entries(texts).map(([name, text]) => [name, text.replace(from, to)]);
  return files.folder(Object.fromEntries(changed));
}

describe('what is kept is what is computed', () => {
  test('of bundled and of invented inspections, loaded in bulk', async () => {
    expect(await kinds()).toEqual([]);
    // two samples of questions each, about a hundred an inspection
    for (const [table, each] of Object.entries({
      ...{ standard_result: 12, key_question_count: 20, prompt_count: 70 },
      ...{ standard_count: 5, answer_bits: 20, case_group: 20 },
    }))
      expect(await count(`kept.${table}`), table).toBeGreaterThan(each * inspections);
  });

  test('of an inspection that is added, one that is replaced, and one that is deleted', async () => {
    await rolledBack(db, async (trx) => {
      for (const [yes222, outcome] of [
        [2, 'loaded'],
        [0, 'replaced'],
      ] as const) {
        const folder = await files.folder(bundleFiles(smallBundle({ yes222 })));
        expect(await load(trx, [folder])).toMatchObject([{ outcome }]);
        expect(await kinds(trx)).toEqual([]);
      }
      await sql`delete from core.inspection where is_synthetic`.execute(trx);
      expect(await kinds(trx)).toEqual([]);
    });
  });

  test.each([
    ['another band', '{from_percent: 80, rating: Outstanding}', '{from_percent: 90, rating: Outstanding}'],
    // groups of no case, which have rows
    ['another value of a case', 'another gender]', 'another gender, not said]'],
    ['another kind of case', 'triage, other]', 'triage, reprimand, other]'],
  ])('under an edition with %s', async (_, from, to) => {
    await rolledBack(db, async (trx) => {
      await load(trx, [await edition2018(from, to)]);
      expect(await kinds(trx)).toEqual([]);
    });
  });

  test('of a table of ratings', async () => {
    const table =
      'service,published,overall,score,2.1\nLeeds,2020-05,Good,21,Good\nCardiff,2019,Outstanding,33,\n';
    const folder = await files.folder({ 'ratings.csv': table });
    await rolledBack(db, async (trx) => {
      expect(await loadRatingsTable(trx, path.join(folder, 'ratings.csv'))).toHaveLength(2);
      expect(await kinds(trx)).toEqual([]);
    });
  });
});

describe('what is changed past the program', () => {
  const last = 'inspection_id = (select max(inspection_id) from core.answer)';
  test.each([
    `update core.answer set answer = 'no' where answer = 'yes' and ${last}`,
    `update core.inspected_case set attributes = '{"gender": "another gender"}' where case_no = 1 and ${last}`,
    'update core.published_result set yes = 0 where yes > 0',
    "update kept.standard_result set rating = 'Good', rating_rank = 2 where rating = 'Outstanding'",
    'delete from core.panel_decision',
    'delete from kept.prompt_count where yes > 1',
    "update kept.question_series set broken_because = 'asked of nobody' where broken_because is null",
  ])('shows, and is made anew: %s', async (statement) => {
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
      const { rows } = await sql<{ id: number; wigan: number }>`
        with wigan as (select * from core.inspection where inspection_code like 'wigan%'),
        added as (
          insert into core.inspection (
            inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision
          )
          select 'by-hand', service_id, edition_code, service_at_inspection, date '2030-01-07', 'day' from wigan
          returning inspection_id
        )
        select added.inspection_id as id, wigan.inspection_id as wigan from added, wigan`.execute(trx);
      const [{ id, wigan } = { id: 0, wigan: 0 }] = rows;
      for (const table of [
        ...['inspection_sample', 'published_result', 'published_standard_rating', 'qualitative_rating'],
        ...['panel_decision', 'published_overall'],
      ])
        await sql`
          insert into ${sql.table(`core.${table}`)}
          select (jsonb_populate_record(copied, jsonb_build_object('inspection_id', ${id}::bigint))).*
          from ${sql.table(`core.${table}`)} as copied
          where inspection_id = ${wigan}`.execute(trx);
      expect(await kinds(trx)).not.toEqual([]);
      await sql`select rating.renew(${id}::bigint)`.execute(trx);
      expect(await kinds(trx)).toEqual([]);
      // what the report prints of Wigan: 19 of 36, Good
      const asPrinted = `analytics.overall_rating where inspection_id = ${id} and rating = 'Good' and score = 19`;
      expect(await count(asPrinted, trx)).toBe(1);
    });
  });
});

describe('a rule that is changed by SQL is what the public views show, in the same transaction', () => {
  test.each([
    [
      "band set from_percent = 99 where rating = 'Outstanding'",
      "key_question_result where rating = 'Outstanding'",
    ],
    ["percentage_base set base = 'inspected'", "standard_rating where computed_rating = 'Inadequate'"],
    ["rule_set set rounding = 'down'", 'key_question_result where percent = 100 * yes / nullif(relevant, 0)'],
    ["rating_score set score = 9 where rating = 'Outstanding'", 'overall_rating where score > 36'],
    [
      "limiting_judgement set at_or_below = 'Outstanding', overall_at_most = 'Inadequate'",
      'overall_rating where limited_by is not null',
    ],
    ['rule_set set discretion_sample = 40', 'standard_rating where small_sample'],
    ["counting_standard set weight = 2 where standard_code = '1.1'", 'overall_rating where max_score = 39'],
    [
      "crosswalk set relation = 'split' where relation = 'continues'",
      "question where question_series like '2021 %'",
    ],
    [
      "question set applies_when = 'never' where edition_code = '2021'",
      "key_question_trend where series_break_because like 'asked of%'",
    ],
  ])('%s: %s', async (change, shown) => {
    await rolledBack(db, async (trx) => {
      const before = await count(`analytics.${shown}`, trx);
      await sql.raw(`update core.${change}`).execute(trx);
      expect(await count(`analytics.${shown}`, trx)).not.toBe(before);
      expect(await kinds(trx)).toEqual([]);
    });
  });
});

describe('an inspection rests on the weakest evidence of a key question, whatever its prompts do', () => {
  test.each([
    ["level = 'prompt'", 'published counts'],
    ["question_code = '2.1.1'", 'published percentages'],
  ])('where only percentages are printed of %s: %s', async (which, evidence) => {
    await rolledBack(db, async (trx) => {
      await sql`
        update core.published_result set relevant = null, yes = null, percent = 50
        from core.question, core.inspection
        where question.question_id = published_result.question_id and ${sql.raw(which)} and yes is not null
          and inspection.inspection_id = published_result.inspection_id and inspection_code like 'wigan%'`.execute(
        trx,
      );
      await renew(trx);
      const { rows } = await sql`
        select evidence from rating.overall_result join core.inspection using (inspection_id)
        where inspection_code like 'wigan%'`.execute(trx);
      expect(rows).toEqual([{ evidence }]);
    });
  });
});

test('nothing that loads computes a rating: src/import knows nothing of src/ratings', async () => {
  const folder = path.join(packageFolder, 'src', 'import');
  const names = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  expect(names.length).toBeGreaterThan(20);
  for (const file of names)
    expect(await readFile(path.join(folder, file), 'utf8'), file).not.toMatch(/from '(?:\.\.\/)+ratings\//);
});
