import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ratingsTable } from '../../../src/cli/ratings-table.js';
import { reconciliationSummary } from '../../../src/cli/reconcile.js';
import * as library from '../../../src/index.js';
import { command } from '../../support/command.js';
import { asReaderOf, testDatabase } from '../../support/database.js';
import { blocksOf, callsOf, pageText } from '../../support/pages.js';
import { loadProgramme } from '../../support/programme.js';

const readme = pageText('README.md');
const [program = ''] = blocksOf('README.md', 'ts');

const database = testDatabase();
/** The same with invented inspections beside the real ones. */
const mixed = testDatabase();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-readme-'));
  await loadProgramme(mixed, { inspections: 6 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the tables of the pages are those that are printed', async () => {
  const [table, summary] = [
    ratingsTable(await library.ratings(database.db)),
    reconciliationSummary(await library.reconciliation(database.db)),
  ];
  expect(readme).toContain(table.join('\n'));
  expect(pageText('docs/model.md')).toContain(summary.join('\n'));
});

test.each([...blocksOf('README.md', 'sql'), ...blocksOf('docs/bi.md', 'sql')])(
  'the read-only role has an answer, of real inspections alone, to %s',
  async (query) => {
    const answer = (of: typeof database) =>
      asReaderOf(of, async (reader) => (await sql.raw(query).execute(reader)).rows);
    const rows = await answer(database);
    expect(rows.length).toBeGreaterThan(0);
    expect(await answer(mixed)).toEqual(rows);
  },
);

test('the program of the README finds something', async () => {
  const body = program.replace(/^import .*$/m, '');
  const { outputText } = ts.transpileModule(
    `return async ({ ${Object.keys(library).join(', ')} }) => { ${body}\n return { near, changed }; };`,
    { compilerOptions: { target: ts.ScriptTarget.ES2023 } },
  );
  const found: { near: unknown[]; changed: unknown[] } = await new Function(outputText)()({
    ...library,
    openDatabase: () => library.openDatabase(database.url),
  });
  expect(found.near.length).toBeGreaterThan(0);
  expect(found.changed.length).toBeGreaterThan(0);
});

// Those that need no file of the user's own, and leave the server as it is.
const calls = callsOf('README.md')
  .filter(([name = '']) => !['read', 'load', 'db'].includes(name))
  .map((args) => ({ line: args.join(' '), args }));

test.each(calls)('yot-ratings $line does what the README shows', async ({ args }) => {
  const ended = await command(args, {
    env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: folder },
    options: { cwd: folder },
  });
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).not.toBe('');
});
