/**
 * How often the intervals of pooled percentages hold the truth, by simulation: prints docs/intervals.md's table, or with --write puts it there.
 * Each inspection has a share of yes of its own, drawn from a beta distribution; its answers are drawn from that.
 */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../src/database/open.js';
import { packageFolder } from '../src/paths.js';
import { coverageTable, pooledCoverage } from './coverage/simulate.js';
import { withTables } from './generate/tables-in-pages.js';

const home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-coverage-'));
await chmod(home, 0o755);
process.env.YOT_RATINGS_HOME = home;
delete process.env.DATABASE_URL;
const database = await openDatabase();
try {
  const table = coverageTable(await pooledCoverage(database.db, { runs: 4000, seed: 26 }));
  console.log(table.join('\n'));
  if (process.argv.includes('--write')) {
    const page = path.join(packageFolder, 'docs', 'intervals.md');
    await writeFile(page, withTables(await readFile(page, 'utf8'), { coverage: table }));
  }
} finally {
  await database.close();
  await rm(home, { recursive: true, force: true });
}
