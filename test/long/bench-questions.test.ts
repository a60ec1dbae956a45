import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDuckDB } from '../../scripts/bench/duckdb.js';
import { benchViews } from '../../scripts/bench/every-view.js';
import {
  type Asks,
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
  const inFour = ['duckdbParquet', 'duckdbTable', 'ours', 'plainViews'];
  expect(measured.map(({ question, timings }) => [question, Object.keys(timings).sort()])).toEqual([
    ['trend', [...inFour, 'duckdbResults', 'materialisedView'].sort()],
    ['ratings', inFour],
    ['inspection', inFour],
    ['group', inFour],
  ]);
  for (const { rows, timings } of measured) {
    expect(rows).toBeGreaterThan(10);
    const asked = new Set(Object.values(timings).map(({ times }) => times.length));
    expect(asked.size).toBe(1);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(2);
  }
});

const wrongs: [string, (rows: Row[]) => Row[]][] = [
  ['a row is missing', (rows) => rows.slice(1)],
  ['a row comes twice', (rows) => [...rows, rows[0] as Row]],
  [
    'a cell differs',
    ([first = {}, ...rest]) => [{ ...first, [Object.keys(first).at(-1) as string]: 'x' }, ...rest],
  ],
  ['there is no row', () => []],
];

test.each(wrongs)('a contender is found out when %s', async (_, wrong) => {
  const { ours } = asksOfPostgres(database.db, subject);
  // the same in another order is right
  const fine: Asks = Object.fromEntries(
    Object.entries(ours).map(([question, ask]) => [question, async () => (await ask()).toReversed()]),
  );
  await benchQuestions({ ours, plainViews: fine }, 1);
  for (const question of Object.keys(questions) as Question[]) {
    const plainViews = { ...fine, [question]: async () => wrong((await ours[question]?.()) ?? []) };
    await expect(benchQuestions({ ours, plainViews }, 1)).rejects.toThrow(
      `the answers to "${questions[question].title}" differ: ours has`,
    );
  }
});

test('it is said when nobody has an answer', async () => {
  await expect(benchQuestions({ ours: { trend: async () => [] } }, 1)).rejects.toThrow(
    'nobody has an answer',
  );
});

test('every public view is read, whole and for one inspection', async () => {
  const { inspectionId } = subject;
  const views = await benchViews(database.db, { inspectionId, runs: 1 });
  expect(views.map(({ view }) => view)).toEqual(new ColumnMeanings().views.sort());
  const one = views.find(({ view }) => view === 'prompt_result');
  const counted = database.db
    .selectFrom('analytics.prompt_result')
    .select((eb) => eb.fn.countAll<number>().as('rows'));
  expect(one?.rows).toBe((await counted.executeTakeFirstOrThrow()).rows);
  expect(one?.one).toBeGreaterThan(0);
  expect(views.find(({ view }) => view === 'rating_trend')?.one).toBeUndefined();
});
