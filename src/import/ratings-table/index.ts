import { sql } from 'kysely';
import type { Connection } from '../../database/connect.js';
import { exitCode, type Problem, UserError } from '../../problem.js';
import { type CsvFile, cellProblem, openCsv } from '../files/csv/csv-file.js';
import { inOneTransaction } from '../one-transaction.js';
import { readColumnMap } from './column-map.js';
import { recogniseColumns } from './columns.js';
import { editionNamed, type KnownEditions, readEditions } from './known-editions.js';
import { loadRows } from './load-rows.js';
import type { RatingsRow, RatingsTableOptions } from './options.js';
import { refused } from './refused.js';
import { readRows } from './rows.js';

export type { RatingsRow, RatingsTableOptions } from './options.js';

/**
 * Loads a table of ratings that somebody compiled, a row an inspection: the whole of it, or nothing. Throws a UserError
 * with every problem. What cannot be, but is published so, is a remark.
 */
export async function loadRatingsTable(
  db: Connection,
  source: string | { name: string; chunks: AsyncIterable<Uint8Array> },
  options: RatingsTableOptions = {},
): Promise<RatingsRow[]> {
  const columnMap = await readColumnMap(options.columns);
  const csv = await openCsv(source);
  const editions = await readEditions(db);
  const edition = editionTold(editions, options.edition, columnMap.map.edition, columnMap.yaml?.file);
  const { columns, problems } = recogniseColumns(csv, columnMap, editions.standards);
  if (problems.length > 0) throw refused(csv, problems);
  const read = await readRows(csv, columns, { editions, map: columnMap.map, edition });
  const table = {
    csv,
    rows: read.rows,
    others: read.others,
    dataRows: read.count,
    serviceField: (columns.fields.service ?? 0) + 1,
    isFile: typeof source === 'string',
  };
  const { rows, gone } = await inOneTransaction(db, async (trx) => {
    if (!options.dryRun) return loadRows(trx, table, read.problems, editions, options);
    await sql`savepoint dry_run`.execute(trx);
    const would = await loadRows(trx, table, read.problems, editions, options);
    await sql`rollback to savepoint dry_run`.execute(trx);
    return would;
  });
  for (const notice of [...csv.notices, ...noticesOf(csv, read, gone)]) options.notice?.(notice);
  return rows;
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

function noticesOf(
  csv: CsvFile,
  { editionsByPublication, totals }: { editionsByPublication: number; totals: number[] },
  gone: string[],
): Problem[] {
  const notices = totals.map((line) =>
    cellProblem(csv, line, undefined, 'this row sums up others, and was left out'),
  );
  if (editionsByPublication > 0) {
    const rows = editionsByPublication === 1 ? '1 row' : `${editionsByPublication} rows`;
    const message = `the edition of ${rows} was taken from the publication date: a column "edition", or --edition, says it for certain`;
    notices.push({ file: csv.file, message });
  }
  if (gone.length > 0) {
    const are = gone.length === 1 ? '1 inspection is' : `${gone.length} inspections are`;
    const message = `${are} in an earlier version of this table and not in this one, and kept as loaded: ${gone.join('; ')}. What is wrong can be deleted from core.inspection by that code`;
    notices.push({ file: csv.file, message });
  }
  return notices;
}
