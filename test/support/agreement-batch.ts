import fc from 'fast-check';
import { sql } from 'kysely';
import { type Copy, withCopy } from '../../src/database/copy.js';
import type { EditionFile } from '../../src/import/edition/edition-entries.js';
import { writeEdition } from '../../src/import/edition/write-edition.js';
import { edition as readEdition } from '../../src/queries/editions.js';
import { type Compared, compareSqlAndTypescript } from '../../src/reconcile/sql-and-typescript.js';
import { drawnInspection } from './drawn-inspection.js';
import { randomEdition } from './random-edition.js';
import {
  addRandomRows,
  noRandomRows,
  type RandomInspection,
  type RandomRows,
  randomKeys,
  randomTables,
} from './random-inspection.js';
import { renew } from './renew.js';

/** Inspections that are drawn under one random edition. The same batch is the same edition and inspections, anywhere. */
export interface Batch {
  seed: number;
  /** Number of the batch: each has an edition of its own. */
  batch: number;
  inspections: number;
}

/** The edition of a batch. */
export function editionOfBatch({ seed, batch }: Batch): EditionFile {
  // the first that are drawn are small ones
  return fc.sample(randomEdition(), { seed: (seed << 20) ^ batch, numRuns: 10 }).at(-1) as EditionFile;
}

/** Inspection `number` of a batch, from 0. */
export function inspectionOfBatch({ seed, batch }: Batch, number: number): RandomInspection {
  return drawnInspection(seed, batch * 1_000_000 + number);
}

/**
 * Puts a batch into a database in the place of its inspections, rates it by the views and in TypeScript, and compares. All in a
 * transaction that is taken back: nothing remains, not even dead rows.
 * @param isChecked whether the server checks the foreign keys of what is written; leaving that out needs a superuser
 */
export async function compareBatch(
  url: string,
  batch: Batch,
  { isChecked = true }: { isChecked?: boolean } = {},
): Promise<Compared> {
  let result: Compared | undefined;
  await withCopy(url, async (trx, copy) => {
    // tables that are emptied begin a new file, which goes when the transaction does
    await sql`truncate core.inspection, core.published_result cascade`.execute(trx);
    const edition = editionOfBatch(batch);
    await writeEdition(trx, edition);
    const framework = await readEdition(trx, String(edition.edition));
    const rows = noRandomRows();
    for (let number = 0; number < batch.inspections; number++)
      addRandomRows(rows, framework, inspectionOfBatch(batch, number), randomKeys + number);
    if (!isChecked) await sql`set local session_replication_role = replica`.execute(trx);
    for (const table of randomTables) await copyRows(copy, table, rows[table]);
    for (const table of randomTables) await sql`analyze ${sql.table(table)}`.execute(trx);
    await renew(trx);
    result = await compareSqlAndTypescript(trx);
    throw new TakeBack();
  }).catch((error: unknown) => {
    if (!(error instanceof TakeBack)) throw error;
  });
  return result as Compared;
}

class TakeBack extends Error {}

async function copyRows(
  copy: Copy,
  table: keyof RandomRows,
  rows: readonly Record<string, string | number | boolean | null>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  // no text of theirs has a tab, a backslash or a line break
  const lines = function* () {
    for (const row of rows) yield `${columns.map((column) => row[column] ?? '\\N').join('\t')}\n`;
  };
  await copy({ table, columns }, lines());
}
