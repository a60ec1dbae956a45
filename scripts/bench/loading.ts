import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { withCopy } from '../../src/database/copy.js';
import type { OpenDatabase } from '../../src/database/open.js';
import { load } from '../../src/import/load.js';
import { forgetLoads } from '../../test/support/forget-loads.js';
import { sideBySide, type Timing } from './side-by-side.js';

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
      { name: 'load', before: empty, run: () => load(db, [folder]) },
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
  await db.transaction().execute((trx) => forgetLoads(trx, sql`inspection_id is not null`));
  await sql`vacuum analyze`.execute(db);
}
