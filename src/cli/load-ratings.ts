import type { Connection } from '../database/connect.js';
import type { Given } from '../import/files/source.js';
import { formatProblem } from '../problem.js';
import { loadRatingsTable, type RatingsTableOptions } from '../ratings-table/index.js';
import { toldOnce } from '../ratings-table/told-once.js';
import { plural } from '../words/plural.js';
import { print, printJson, tell } from './print.js';

const outcomes = ['loaded', 'replaced', 'unchanged', 'known better'] as const;
const said = {
  loaded: 'loaded',
  replaced: 'replaced',
  unchanged: 'loaded already',
  'known better': 'known better from their own reports',
};

/** Loads a table of ratings, and prints what became of its rows and what is strange about them. */
export async function loadRatings(
  db: Connection,
  table: Given,
  { json = false, ...options }: RatingsTableOptions & { json?: boolean },
): Promise<void> {
  const rows = await loadRatingsTable(db, table, {
    ...options,
    notice: (notice) => tell(formatProblem(notice)),
  });
  if (json) return printJson(rows);
  const remarks = rows.flatMap((row) => row.remarks);
  const counts = outcomes.flatMap((outcome) => {
    const found = rows.filter((row) => row.outcome === outcome).length;
    return found > 0 ? [`${found} ${said[outcome]}`] : [];
  });
  const name = typeof table === 'string' ? table : table.name;
  print(`${name}: ${plural(rows.length, 'inspection')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`);
  if (remarks.length > 0) {
    print(`${plural(remarks.length, 'remark')}; what a row says is kept as it was published:`);
    print(...toldOnce(remarks).map((remark) => `  ${formatProblem(remark)}`));
  }
  if (options.dryRun) print('Nothing was changed: this was a dry run.');
}
