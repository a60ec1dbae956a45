import { sql, type Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { openCsv } from '../import/files/csv/csv-file.js';
import type { Given } from '../import/files/source.js';
import { inOneTransaction } from '../import/one-transaction.js';
import type { Origin } from '../import/record.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import { readColumnMap } from './column-map.js';
import { columnTeller, recogniseColumns } from './columns.js';
import { editionNamed, type KnownEditions, readEditions } from './editions.js';
import { loadRows, type ReadTable } from './load-rows.js';
import type { RatingsRow, RatingsTableOptions } from './options.js';
import { readRows } from './read-rows.js';
import { refused } from './refused.js';

export type { RatingsRow, RatingsTableOptions } from './options.js';

/**
 * Loads a table of ratings that somebody compiled, a row an inspection: the whole of it, or nothing. Throws a UserError
 * with every problem. What contradicts itself, and is published so, is a remark.
 */
export async function loadRatingsTable(
  db: Connection,
  source: Given,
  options: RatingsTableOptions = {},
  origin: Origin = 'user',
): Promise<RatingsRow[]> {
  const table = await readTable(db, source, options);
  const { rows, gone } = await inOneTransaction(db, async (trx) => {
    if (!options.dryRun) return loadRows(trx, table, origin);
    await sql`savepoint dry_run`.execute(trx);
    const would = await loadRows(trx, table, origin);
    await sql`rollback to savepoint dry_run`.execute(trx);
    return would;
  });
  for (const notice of [...table.csv.notices, ...table.read.notices, ...noticeOf(table.csv.file, gone)])
    options.notice?.(notice);
  return rows;
}

/** Reads a table, with the words and dates of its rows. */
async function readTable(
  db: Connection | Transaction<DB>,
  source: Given,
  options: RatingsTableOptions,
): Promise<ReadTable> {
  const columnMap = await readColumnMap(options.columns);
  const editions = await readEditions(db);
  const csv = await openCsv(source, { isColumn: columnTeller(columnMap, editions) });
  const edition = editionTold(editions, options.edition, columnMap.map.edition, columnMap.yaml?.file);
  const { columns, problems } = recogniseColumns(csv, columnMap, editions);
  if (problems.length > 0) throw refused(csv, problems);
  const today = new Date().toISOString().slice(0, 10);
  const { newService = false, synthetic = false, passOverUnknownEditions = false } = options;
  const reading = { columns, editions, map: columnMap.map, edition, today, passOverUnknownEditions };
  const read = await readRows(csv, reading);
  return { csv, columns, read, editions, newService, synthetic, isFile: typeof source === 'string' };
}

/** The edition that the call or the column map names; undefined when neither does. */
function editionTold(
  editions: KnownEditions,
  called: string | undefined,
  mapped: string | number | undefined,
  file: string | undefined,
): string | undefined {
  const text = called ?? (mapped === undefined ? undefined : String(mapped));
  if (text === undefined) return undefined;
  const named = editionNamed(editions, text);
  if (typeof named === 'string') return named;
  if (called !== undefined) throw new UserError(`--edition: ${named.problem}.`, exitCode.call);
  throw new UserError(`${file}: ${named.problem}; nothing was loaded.`);
}

function noticeOf(file: string, gone: string[]): Problem[] {
  if (gone.length === 0) return [];
  const are = gone.length === 1 ? '1 inspection is' : `${gone.length} inspections are`;
  const message = `${are} in an earlier version of this table and not in this one, and kept as loaded: ${gone.join('; ')}. What is wrong can be deleted from core.inspection by that code`;
  return [{ file, message }];
}
