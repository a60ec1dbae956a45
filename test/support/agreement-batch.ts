import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import type { Framework } from '../../src/framework/framework.js';
import {
  type Compared,
  compareSqlAndTypescript,
  type Row,
  rowsOfViews,
} from '../../src/reconcile/sql-and-typescript.js';
import { rolledBack } from './database.js';
import { type EditionFile, editionOfFile, writeEdition } from './edition-of-file.js';
import { randomEdition } from './random-edition.js';
import {
  drawnInspection,
  type RandomInspection,
  randomTables,
  writeRandomInspections,
} from './random-inspection.js';
import { renew } from './renew.js';

/** Inspections that are drawn under one random edition. The same batch is the same edition and inspections, anywhere. */
export interface Batch {
  seed: number;
  /** Number of the batch: each has an edition of its own. */
  batch: number;
  inspections: number;
}

/** The edition of a batch, as its files say it. */
export const editionOfBatch = ({ seed, batch }: Batch): EditionFile => randomEdition(seed, batch);

/** Inspection `number` of a batch, from 0. */
export function inspectionOfBatch({ seed, batch }: Batch, number: number): RandomInspection {
  return drawnInspection(seed, batch * 1_000_000 + number);
}

/**
 * Puts a batch into a database in the place of its inspections, rates it by the views and in TypeScript, and compares. All in a
 * transaction that is taken back: nothing remains, not even dead rows. `look` is shown the rows of the views.
 */
export function compareBatch(
  db: Kysely<DB>,
  batch: Batch,
  look: (rows: Map<number, Map<string, Row>>, edition: Framework) => void = () => {},
): Promise<Compared> {
  return rolledBack(db, async (trx) => {
    // tables that are emptied begin a new file, which goes when the transaction does
    await sql`truncate core.inspection, core.published_result cascade`.execute(trx);
    const edition = await writeEdition(trx, editionOfFile(editionOfBatch(batch)));
    const numbers = Array.from({ length: batch.inspections }, (_, number) => number);
    await writeRandomInspections(
      trx,
      edition,
      numbers.map((number) => inspectionOfBatch(batch, number)),
    );
    for (const table of randomTables) await sql`analyze ${sql.table(table)}`.execute(trx);
    await renew(trx);
    look(await rowsOfViews(trx), edition);
    return compareSqlAndTypescript(trx);
  });
}
