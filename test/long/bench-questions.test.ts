import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withDuckDB } from '../../scripts/bench/duckdb.js';
import { benchViews } from '../../scripts/bench/every-view.js';
import { asksOfMaterialisedView, asksOfPlainViews, makePlainViews } from '../../scripts/bench/plain-views.js';
import {
  type Asks,
  asksOfOurs,
  benchQuestions,
  type ContenderName,
  type Question,
  questions,
  type Row,
  type Subject,
  subjectOf,
} from '../../scripts/bench/questions.js';
import { load } from '../../src/import/load.js';
import { readMaterial } from '../../src/simulate/material.js';
import { type SimulatedInspection, simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
let folder: string;
let programme: SimulatedInspection[];
let subject: Subject;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-questions-'));
  const options = { inspections: 6, seed: 5, firstYear: 2018 };
  programme = [...simulateProgramme(await readMaterial(database.db), options)];
  await writeProgramme(path.join(folder, 'programme'), programme);
  await load(database.db, [path.join(folder, 'programme')], { url: database.url });
  subject = await subjectOf(database.db);
  await makePlainViews(database.db, subject);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every contender, for as long as the work takes. */
async function withAll<T>(
  name: string,
  work: (asked: Record<ContenderName, Asks>) => Promise<T>,
): Promise<T> {
  const { db, url } = database;
  return withDuckDB({ url, folder: path.join(folder, name), subject }, (inDuckDB) =>
    work({
      ours: asksOfOurs(db, subject),
      plainViews: asksOfPlainViews(db, subject),
      materialisedView: asksOfMaterialisedView(db),
      ...inDuckDB,
    }),
  );
}

test('every contender gives the same answer to every question', async () => {
  const measured = await withAll('all', (asked) => benchQuestions(asked, 2));
  const inFour = ['ours', 'duckdbTable', 'duckdbParquet', 'plainViews'].sort();
  expect(measured.map(({ question, timings }) => [question, Object.keys(timings).sort()] as const)).toEqual([
    ['trend', [...inFour, 'duckdbResults', 'materialisedView'].sort()],
    ['ratings', inFour],
    ['inspection', inFour],
    ['group', inFour],
  ]);
  for (const { rows, timings } of measured) {
    expect(rows).toBeGreaterThan(10);
    const asked = Object.values(timings).map(({ times }) => times.length);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(2);
    expect(new Set(asked).size).toBe(1);
  }
});

describe('a contender that is wrong is noticed:', () => {
  const others = Object.keys(questions) as Question[];
  const wrongs: Record<string, (rows: Row[]) => Row[]> = {
    'a row is missing': (rows) => rows.slice(1),
    'a row comes twice': (rows) => [...rows, rows[0] as Row],
    'a cell differs': ([first, ...rest]) => [
      { ...first, [Object.keys(first as Row).at(-1) as string]: 'x' },
      ...rest,
    ],
    'there is no row': () => [],
  };

  test.each(others)('%s', async (question) => {
    const right = asksOfOurs(database.db, subject);
    const fine = Object.fromEntries(
      others.map((other) => [other, async () => (await right[other]?.())?.toReversed() ?? []]),
    );
    await benchQuestions({ ours: right, plainViews: fine }, 1);
    for (const wrong of Object.values(wrongs)) {
      const asked = { ...fine, [question]: async () => wrong((await right[question]?.()) ?? []) };
      await expect(benchQuestions({ ours: right, plainViews: asked }, 1)).rejects.toThrow(
        `the answers to "${questions[question]}" differ: ours has`,
      );
    }
  });

  test('nobody has an answer', async () => {
    await expect(benchQuestions({ ours: { trend: async () => [] } }, 1)).rejects.toThrow(
      'nobody has an answer',
    );
  });
});

test('every public view is read, whole and for one inspection', async () => {
  const { inspectionId } = subject;
  const views = await benchViews(database.db, { inspectionId, runs: 1 });
  const { rows } = await sql<{ name: string }>`
    select viewname as name from pg_views where schemaname = 'analytics' order by viewname`.execute(
    database.db,
  );
  expect(views.map(({ view }) => view)).toEqual(rows.map(({ name }) => name));
  const { rows: counted } = await sql`select count(*) as n from analytics.prompt_result`.execute(database.db);
  const prompts = views.find(({ view }) => view === 'prompt_result');
  expect(counted).toEqual([{ n: prompts?.rows }]);
  expect(prompts?.one).toBeGreaterThan(0);
  expect(views.find(({ view }) => view === 'rating_trend')?.one).toBeUndefined();
});
