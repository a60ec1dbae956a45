import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import type { OpenDatabase } from '../../src/database/open.js';
import { load } from '../../src/import/load.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { withDuckDB } from './duckdb.js';
import { benchViews, type ViewBench } from './every-view.js';
import { benchLoading, type LoadingBench } from './loading.js';
import { benchOne, type OneInspection } from './one-inspection.js';
import {
  asksOfPostgres,
  benchQuestions,
  makePlainViews,
  type QuestionBench,
  subjectOf,
} from './questions.js';
import { benchReading, type ReadingBench } from './reading.js';
import { withScratchDatabase } from './scratch-database.js';
import { benchOneRow, benchUpkeep, type UpkeepBench } from './upkeep.js';

/** What was measured at one size. */
export interface SizeBench {
  /** How many times the national programme. */
  scale: number;
  inspections: number;
  loading: LoadingBench;
  one: OneInspection;
  questions: QuestionBench[];
  views: ViewBench[];
  upkeep: UpkeepBench;
  /** Reading a report from its PDF; of the first size only, since it has none. */
  reading?: ReadingBench;
}

export interface BenchOptions {
  /** Sizes, in national programmes. */
  scales: number[];
  /** Inspections of the national programme. */
  inspections: number;
  /** How often each thing is timed at the smallest size; a larger one is timed once for every ten times. */
  runs: number;
  tell: (line: string) => void;
}

const seed = 1;
/** Bundles that are loaded one by one on top of a programme; of another seed, so that they are others. */
const more = { inspections: 15, seed: 99, firstYear: 2028 };

/** How often each contender is asked each question, after a time to warm up. */
const askings = 7;
/** Makes programmes, loads them, asks them, and takes the time, on a database of its own on the server of a URL. */
export async function bench(
  url: string,
  { scales, inspections, runs, tell }: BenchOptions,
): Promise<SizeBench[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-bench-'));
  try {
    const sizes: SizeBench[] = [];
    for (const scale of scales) {
      await withScratchDatabase(url, async (database) => {
        const oneRowOnBundled = await benchOneRow(database.db, folder, 2000);
        const material = await readMaterial(database.db);
        const [programme, extra] = [
          path.join(folder, `programme-${scale}`),
          path.join(folder, `extra-${scale}`),
        ];
        const made = { inspections: scale * inspections, seed, firstYear: 2018 };
        tell(`Making ${made.inspections} inspections …`);
        await writeProgramme(programme, simulateProgramme(material, made));
        await writeProgramme(extra, simulateProgramme(material, more));
        tell('Loading them, and copying the same files raw …');
        const loading = await benchLoading(database, programme, Math.max(1, Math.round(runs / scale)));
        tell('Loading one more inspection on top of them …');
        const bundles = (await readdir(extra)).sort().map((bundle) => path.join(extra, bundle));
        const one = await benchOnTop(database, bundles);
        const questions = await askAll(database, { folder: path.join(folder, `duckdb-${scale}`), tell });
        tell('Reading every view …');
        const views = await benchViews(database.db, {
          inspectionId: (await subjectOf(database.db)).inspectionId,
          runs: scale === 1 ? 3 : 1,
        });
        await load(database.db, bundles);
        tell('Changing things on top of them …');
        const upkeep = await benchUpkeep(database.db, { folder, oneRowOnBundled });
        sizes.push({ scale, inspections: made.inspections, loading, one, questions, views, upkeep });
      });
    }
    tell('Reading a PDF …');
    if (sizes[0]) sizes[0].reading = await benchReading({ runs: 15 });
    return sizes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Times inspections that are loaded one by one on top of what is there, and takes them out again. */
async function benchOnTop(database: OpenDatabase, bundles: string[]): Promise<OneInspection> {
  const { db } = database;
  await settleDown(db);
  const there = await db.selectFrom('core.inspection').select('inspection_id').execute();
  const one = await benchOne(database, bundles);
  const ids = there.map(({ inspection_id }) => inspection_id);
  await sql`delete from core.inspection where inspection_id <> all(${ids}::bigint[])`.execute(db);
  return one;
}

/** Has the server do at once what it does by itself within a few minutes of a bulk load, and would else do meanwhile. */
async function settleDown(db: OpenDatabase['db']): Promise<void> {
  await sql`vacuum analyze`.execute(db);
  await sql`checkpoint`.execute(db);
}

/** Asks the loaded programme, and what somebody would take in its place. */
async function askAll(
  { db, url }: OpenDatabase,
  { folder, tell }: { folder: string; tell: BenchOptions['tell'] },
): Promise<QuestionBench[]> {
  tell('Making views over the answers, and a materialised view of their tally …');
  const subject = await subjectOf(db);
  await makePlainViews(db, subject);
  await settleDown(db);
  tell('Giving the answers to DuckDB …');
  return withDuckDB({ url, folder, subject }, (inDuckDB) => {
    tell('Asking questions …');
    return benchQuestions({ ...asksOfPostgres(db, subject), ...inDuckDB }, askings);
  });
}
