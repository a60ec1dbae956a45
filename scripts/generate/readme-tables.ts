import type { Kysely } from 'kysely';
import type { SizeBench } from '../../src/bench/bench.js';
import { benchTables } from '../../src/bench/tables.js';
import { ratingsTable } from '../../src/cli/ratings-table.js';
import { reconciliationSummary } from '../../src/cli/reconciliation-tables.js';
import type { DB } from '../../src/database/schema.js';
import { ratings } from '../../src/queries/ratings.js';
import { reconciliation } from '../../src/queries/reconciliation.js';

/** The README with the tables that the main job prints, and what the benchmark last measured, between their marks. */
export async function readmeWithTables(
  readme: string,
  db: Kysely<DB>,
  measured: readonly SizeBench[],
): Promise<string> {
  const asText = (lines: string[]) => ['```text', ...lines, '```'];
  const tables = {
    ratings: asText(ratingsTable(await ratings(db))),
    reconciliation: asText(reconciliationSummary(await reconciliation(db))),
    bench: benchTables(measured),
  };
  let text = readme;
  for (const [name, lines] of Object.entries(tables)) {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const at = text.indexOf(begin);
    const until = text.indexOf(end);
    if (at < 0 || until < at) throw new Error(`README.md has lost its marks ${begin} and ${end}`);
    text = `${text.slice(0, at + begin.length)}\n${lines.join('\n')}\n${text.slice(until)}`;
  }
  return text;
}
