/**
 * Makes the generated files anew: types of the schema and of files, data dictionary, worked cases, the tables in pages, questions.
 * With --check it writes nothing and ends with 1 when a committed file is not what would be made.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ratingsTable } from '../src/cli/ratings-table.js';
import { reconciliationSummary } from '../src/cli/reconcile.js';
import { packageFolder } from '../src/disk/paths.js';
import { loadBundled } from '../src/import/load.js';
import { ratings } from '../src/queries/ratings.js';
import { reconciliation } from '../src/queries/reconciliation.js';
import { measureAll } from '../test/invented-reports/measure.js';
import { loadProgramme } from '../test/support/programme.js';
import { dataDictionary } from './generate/data-dictionary.js';
import { programme, questionsPage } from './generate/questions-page.js';
import { schemaTypes } from './generate/schema-types.js';
import { shapeTypes } from './generate/shape-types.js';
import { asPrinted, layoutsTable, measuredTables, withTables } from './generate/tables-in-pages.js';
import { workedCasesPage } from './generate/worked-cases-page.js';
import { withOwnServer } from './own-server.js';

/** Invented reports of each layout and edition that the reader is measured on. */
const reportsMeasured = 3;

const isCheck = process.argv.includes('--check');

await withOwnServer(async (database, home) => {
  await loadBundled(database.db);
  const files = {
    'src/database/schema.ts': await schemaTypes(database.url, home),
    'src/import/files/file-schema.ts': shapeTypes(),
    'db/data-dictionary.md': await dataDictionary(database.db),
    'docs/worked-cases.md': workedCasesPage(),
    'README.md': await withTablesIn('README.md', {
      ratings: asPrinted(ratingsTable(await ratings(database.db))),
    }),
    'docs/model.md': await withTablesIn('docs/model.md', {
      reconciliation: asPrinted(reconciliationSummary(await reconciliation(database.db))),
    }),
    'docs/growth.md': await withTablesIn('docs/growth.md', {
      bench: measuredTables(JSON.parse(await pageText('docs/bench.json'))),
    }),
    'docs/reading.md': await withTablesIn('docs/reading.md', {
      measured: layoutsTable(await measureAll(reportsMeasured)),
    }),
  };
  for (const [file, content] of Object.entries(files)) await settle(file, content);
  // Last: the other files are about what comes with the package alone.
  await loadProgramme(database, programme);
  await settle('docs/questions.md', await questionsPage(database.db, await pageText('docs/questions.md')));
});

function pageText(file: string): Promise<string> {
  return readFile(path.join(packageFolder, file), 'utf8');
}

async function withTablesIn(file: string, tables: Record<string, string[]>): Promise<string> {
  return withTables(await pageText(file), tables);
}

async function settle(file: string, content: string): Promise<void> {
  const there = await pageText(file).catch(() => undefined);
  if (there === content) return console.log(`${file}: up to date`);
  if (isCheck) {
    console.error(`${file}: not up to date; run npm run generate`);
    process.exitCode = 1;
    return;
  }
  await writeFile(path.join(packageFolder, file), content);
  console.log(`${file}: made anew`);
}
