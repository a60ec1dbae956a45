import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import datapackage from 'datapackage';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportViews } from '../../src/export/export.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';
import { cellsOf } from './read-back.js';
import { loadVaried } from './varied.js';

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
    expect(count, name).toBeGreaterThan(0);
  }
});

/** A copy of the export in which a file is not what it was. */
async function damaged(file: string, change: (text: string) => string): Promise<string> {
  const copy = path.join(await files.folder({ 'a.txt': '' }), 'copy');
  await cp(folder, copy, { recursive: true });
  const before = await readFile(path.join(copy, file), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path.join(copy, file), after);
  return copy;
}

describe('the same attempt finds', () => {
  test.each([
    ['a number that is none', 'overall_rating.csv', (text: string) => text.replace(/\n\d+,/, '\nmany,')],
    [
      'a reference to no inspection',
      'overall_rating.csv',
      (text: string) => text.replace(/\n\d+,/, '\n987654,'),
    ],
    ['an empty cell where one is required', 'finding.csv', (text: string) => text.replace(/\n\d+,/, '\n,')],
    [
      'a row twice',
      'inspection.csv',
      (text: string) => text.replace(/\n(\d+,.*\r)/, (line) => `${line}${line}`),
    ],
    [
      'a share above 1',
      'rating_trend.csv',
      (text: string) =>
        text.replace(/\n(.*),(0|1|0\.\d+),([^,]*),([^,]*),([^,]*),([^,]*)\r/, '\n$1,1.5,$3,$4,$5,$6\r'),
    ],
    [
      'a value that is none of the list',
      'finding.csv',
      (text: string) => text.replace(',strength,', ',luck,'),
    ],
  ])('%s', async (_, file, change) => {
    const { problems } = await validated(await damaged(file, change));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toContain(file.replace('.csv', ''));
  });

  test('a description without resources', async () => {
    const copy = await damaged('datapackage.json', (text) => text.replace('"resources"', '"resource"'));
    await expect(validated(copy).then(({ problems }) => problems)).resolves.not.toEqual([]);
  });
});
