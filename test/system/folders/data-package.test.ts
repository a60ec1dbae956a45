import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import datapackage from 'datapackage';
import { beforeAll, expect, test } from 'vitest';
import { exportViews } from '../../../src/export/export.js';
import { cellsOf } from '../../export/read-back.js';
import { loadVaried } from '../../export/varied.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';

// What an export says of itself, held against it by the library of the people who wrote the standard (its version 1, of
// which version 2 is a superset).

const database = testDatabase();
const files = testFolder();
let folder: string;
beforeAll(async () => {
  await loadVaried(database, files);
  folder = path.join(await files.folder({ 'a.txt': '' }), 'open-data');
  await exportViews(database.db, folder, { synthetic: true });
});

/** What the library has against a folder, and how many rows of it each CSV file has. */
async function validated(from: string): Promise<{ problems: string[]; rows: Record<string, number> }> {
  const found = await datapackage.Package.load(path.join(from, 'datapackage.json'));
  const problems = found.errors.map((error) => error.message);
  const rows: Record<string, number> = {};
  for (const resource of found.resources) {
    problems.push(...resource.errors.map((error) => `${resource.name}: ${error.message}`));
    if (!resource.tabular) continue;
    try {
      rows[resource.name] = (await resource.read({ keyed: true, relations: true })).length;
    } catch (error) {
      problems.push(`${resource.name}: ${String(error)}`);
    }
  }
  return { problems, rows };
}

test('an export is a valid Data Package, and every row casts, has its own key and refers to a row', async () => {
  const { problems, rows } = await validated(folder);
  expect(problems).toEqual([]);
  expect(Object.keys(rows).length).toBeGreaterThan(20);
  for (const [name, count] of Object.entries(rows)) {
    const [, ...lines] = await cellsOf(folder, `${name}.csv`);
    expect(count, name).toBe(lines.length);
    // nobody has loaded a list of groups
    if (name !== 'comparator_group') expect(count, name).toBeGreaterThan(0);
  }
});

test('a reference to a row that is not there is found', async () => {
  const copy = path.join(await files.folder({ 'a.txt': '' }), 'copy');
  await cp(folder, copy, { recursive: true });
  const file = path.join(copy, 'overall_rating.csv');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/\n\d+,/, '\n987654,'));
  expect((await validated(copy)).problems.join('\n')).toContain('overall_rating');
});
