import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDuckDB } from '../../scripts/bench/duckdb.js';
import { benchViews } from '../../scripts/bench/every-view.js';
import {
  asksOfPostgres,
  benchQuestions,
  makePlainViews,
  type Question,
  questions,
  type Row,
  type Subject,
  subjectOf,
} from '../../scripts/bench/questions.js';
import { ColumnMeanings } from '../../src/database/columns.js';
import { testDatabase } from '../support/database.js';
import { loadProgramme } from '../support/programme.js';

const database = testDatabase();
let folder: string;
let subject: Subject;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-questions-'));
  await loadProgramme(database, { inspections: 6, seed: 5 });
  subject = await subjectOf(database.db);
  await makePlainViews(database.db, subject);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every contender gives the same answer to every question', async () => {
  const { db, url } = database;
  const measured = await withDuckDB({ url, folder, subject }, (inDuckDB) =>
    benchQuestions({ ...asksOfPostgres(db, subject), ...inDuckDB }, 2),
  );
  expect(measured.map(({ question }) => question)).toEqual(['trend', 'ratings', 'inspection', 'group']);
  for (const { rows, timings } of measured) {
    expect(rows).toBeGreaterThan(10);
    expect(Object.keys(timings)).toEqual(
      expect.arrayContaining(['duckdbParquet', 'duckdbTable', 'ours', 'plainViews']),
    );
  }
});

test.each<[string, (rows: Row[]) => Row[]]>([
  ['a row comes twice', (rows) => [...rows, rows[0] as Row]],
  [
    'a cell differs',
    ([first = {}, ...rest]) => [{ ...first, [Object.keys(first).at(-1) as string]: 'x' }, ...rest],
  ],
  ['there is no row', () => []],
])('a contender is found out when %s', async (_, wrong) => {
  const { ours } = asksOfPostgres(database.db, subject);
  for (const question of Object.keys(questions) as Question[]) {
    const plainViews = { ...ours, [question]: async () => wrong((await ours[question]?.()) ?? []) };
    await expect(benchQuestions({ ours, plainViews }, 1)).rejects.toThrow(
      `the answers to "${questions[question].title}" differ: ours has`,
    );
  }
});

test('every public view is read, whole and for one inspection', async () => {
  const { inspectionId } = subject;
  const views = await benchViews(database.db, { inspectionId, runs: 1 });
  expect(views.map(({ view }) => view)).toEqual(new ColumnMeanings().views.sort());
  expect(views.find(({ view }) => view === 'prompt_result')?.rows).toBeGreaterThan(500);
  expect(views.find(({ view }) => view === 'rating_trend')?.one).toBeUndefined();
});
