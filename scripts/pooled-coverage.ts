/**
 * How often the intervals of pooled percentages hold the truth, by simulation: prints docs/intervals.md's table, or with --write puts it there.
 * Each inspection has a share of yes of its own, drawn from a beta distribution; its answers are drawn from that.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageFolder } from '../src/disk/paths.js';
import { coverageTable, pooledCoverage } from './coverage/simulate.js';
import { withTables } from './generate/tables-in-pages.js';
import { withOwnServer } from './own-server.js';

await withOwnServer(async ({ db }) => {
  const table = coverageTable(await pooledCoverage(db, { runs: 4000, seed: 26 }));
  console.log(table.join('\n'));
  if (!process.argv.includes('--write')) return;
  const page = path.join(packageFolder, 'docs', 'intervals.md');
  await writeFile(page, withTables(await readFile(page, 'utf8'), { coverage: table }));
});
