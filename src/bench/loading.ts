import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import { withCopy } from '../database/copy.js';
import type { OpenDatabase } from '../database/open.js';
import type { DB } from '../database/schema.js';
import { openBundle } from '../import/bundle/bundle.js';
import { answerStatements } from '../import/inspection/write.js';
import { load } from '../import/load.js';
import { beginSession, soundBundle } from '../import/session.js';
import { median, sideBySide, type Timing } from './side-by-side.js';

/** What it costs to load a programme, in milliseconds. */
export interface LoadingBench {
  answers: number;
  /** Every answers.csv through COPY into a bare table of three texts: all in one statement, and a statement a file. */
  raw: { oneStatement: Timing; statementEach: Timing };
  /** The same files through this program: read, checked, with every key in place. */
  bulk: Timing;
}

const bare = { table: 'public.bare_answer', columns: ['"case"', 'question', 'answer'] };

/** Loads a programme's folder and copies the same files raw, in turns; the last load stays. */
export async function benchLoading(
  { db, url }: OpenDatabase,
  folder: string,
  runs: number,
): Promise<LoadingBench> {
  const files = (await readdir(folder)).map((bundle) => path.join(folder, bundle, 'answers.csv'));
  await sql`create table public.bare_answer ("case" text, question text, answer text)`.execute(db);
  const empty = async () => {
    await sql`truncate public.bare_answer`.execute(db);
    await removeProgramme(db);
    await sql`checkpoint`.execute(db);
  };
  async function* rows() {
    for (const file of files) {
      const text = await readFile(file, 'utf8');
      yield text.slice(text.indexOf('\n') + 1);
    }
  }
  const [oneStatement, statementEach, bulk] = (await sideBySide(
    [
      {
        name: 'raw COPY, one statement',
        before: empty,
        run: () => withCopy(url, (_, copy) => copy({ ...bare, options: 'with (format csv)' }, rows())),
      },
      {
        name: 'raw COPY, a statement a file',
        before: empty,
        run: () =>
          withCopy(url, async (_, copy) => {
            for (const file of files)
              await copy({ ...bare, options: 'with (format csv, header)' }, [await readFile(file, 'utf8')]);
          }),
      },
      { name: 'load', before: empty, run: () => load(db, [folder], { url }) },
    ],
    runs,
  )) as [Timing, Timing, Timing];
  await sql`drop table public.bare_answer`.execute(db);
  const { rows: counted } = await sql<{
    answers: number;
  }>`select count(*) as answers from core.answer`.execute(db);
  return { answers: counted[0]?.answers ?? 0, raw: { oneStatement, statementEach }, bulk };
}

/** Takes every invented inspection out again, with the parts that their answers lie in. */
async function removeProgramme(db: OpenDatabase['db']): Promise<void> {
  const { rows } = await sql<{ part: string }>`
    select inhrelid::regclass::text as part
    from pg_inherits
    where inhparent = 'core.answer'::regclass and inhrelid <> 'core_answer.one_at_a_time'::regclass`.execute(
    db,
  );
  for (const { part } of rows) await sql.raw(`drop table ${part}`).execute(db);
  await db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
  await db.deleteFrom('core.load').where('inspection_id', 'is not', null).execute();
  await sql`vacuum analyze`.execute(db);
}

/** What one more inspection costs, in milliseconds: medians over several. */
export interface OneInspection {
  answers: number;
  /** From the files to the end of the transaction. */
  total: number;
  /** Reading the files and checking them. */
  read: number;
  /** Writing the answers, and of that the server's checks of their foreign keys. */
  write: number;
  keyChecks: number;
}

/** Loads each of some bundles on top of what is there; of the answers' statements the server says what its key checks took. */
export async function benchOne({ db, url }: OpenDatabase, bundles: string[]): Promise<OneInspection> {
  const costs: OneInspection[] = [];
  for (const bundle of bundles) {
    const start = performance.now();
    const [loaded] = await load(db, [bundle], { url });
    const total = performance.now() - start;
    const apart = await db.transaction().execute((trx) => explained(trx, bundle));
    costs.push({ answers: loaded?.answers ?? 0, total, ...apart });
  }
  const middle = (of: keyof OneInspection) => median(costs.map((cost) => cost[of]));
  return {
    answers: middle('answers'),
    total: middle('total'),
    read: middle('read'),
    write: middle('write'),
    keyChecks: middle('keyChecks'),
  };
}

/** Writes a loaded inspection's answers anew, and has the server say what it spends its time on. */
async function explained(
  trx: Transaction<DB>,
  file: string,
): Promise<Pick<OneInspection, 'read' | 'write' | 'keyChecks'>> {
  const start = performance.now();
  const bundle = await soundBundle(await beginSession(trx, false), await openBundle(file));
  const read = performance.now() - start;
  const { inspection_id } = await trx
    .selectFrom('core.inspection')
    .select('inspection_id')
    .where('fieldwork_start', '=', bundle.dates.fieldworkStart)
    .where('service_id', '=', 'found' in bundle.resolution ? bundle.resolution.found.serviceId : 0)
    .executeTakeFirstOrThrow();
  await trx.deleteFrom('core.answer').where('inspection_id', '=', inspection_id).execute();
  const cost = { read, write: 0, keyChecks: 0 };
  for (const statement of answerStatements(inspection_id, bundle.sheets)) {
    const { rows } = await sql<{
      'QUERY PLAN': Plan[];
    }>`explain (analyze, format json) ${statement}`.execute(trx);
    for (const plan of rows[0]?.['QUERY PLAN'] ?? []) {
      cost.write += plan['Execution Time'];
      for (const trigger of plan.Triggers) cost.keyChecks += trigger.Time ?? 0;
    }
  }
  return cost;
}

interface Plan {
  'Execution Time': number;
  Triggers: { Time?: number }[];
}
