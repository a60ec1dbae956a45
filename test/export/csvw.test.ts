import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportViews } from '../../src/export/export.js';
import { testFolder } from '../support/bundles.js';
import { csvwProblems } from '../support/csvw.js';
import { testDatabase } from '../support/database.js';
import { loadVaried } from './varied.js';

const database = testDatabase();
const files = testFolder();
let folder: string;
beforeAll(async () => {
  await loadVaried(database, files);
  folder = path.join(await files.folder({ 'a.txt': '' }), 'open-data');
  await exportViews(database.db, folder, { synthetic: true, formats: ['csv'] });
});

test('an export keeps what the W3C asks of tables on the web', async () => {
  expect(await csvwProblems(folder)).toEqual([]);
});

describe('the same attempt finds', () => {
  const cell = (pattern: RegExp, by: string) => (text: string) => text.replace(pattern, by);
  test.each<[string, string, (text: string) => string, RegExp]>([
    [
      'a property that the vocabulary has not',
      'csv-metadata.json',
      cell(/"tableSchema"/, '"schema"'),
      /required property 'tableSchema'/,
    ],
    ['a data type that there is not', 'csv-metadata.json', cell(/"long"/, '"bigint"'), /datatype/],
    [
      'a title that the file has not',
      'csv-metadata.json',
      cell(/"titles": ?"area"/, '"titles":"place"'),
      /titles/,
    ],
    [
      'a key of no column',
      'csv-metadata.json',
      cell(/"primaryKey": ?\[\s*"\w+"/, '"primaryKey":["nothing"'),
      /no column nothing/,
    ],
    ['a number that is none', 'overall_rating.csv', cell(/\n\d+,/, '\nmany,'), /"many": not long/],
    ['a lost reference', 'overall_rating.csv', cell(/\n\d+,/, '\n987654,'), /"987654": no such row/],
    [
      'an empty cell where one is required',
      'finding.csv',
      cell(/\n\d+,/, '\n,'),
      /inspection_id "": required/,
    ],
    ['a row twice', 'inspection.csv', cell(/(\n\d+,[^\n]*)/, '$1$1'), /inspection\.csv: a key twice/],
    [
      'a value that is none of the list',
      'finding.csv',
      cell(/,strength,/, ',luck,'),
      /"luck": not strength\|/,
    ],
  ])('%s', async (_, file, change, problem) => {
    const copy = path.join(await files.folder({ 'a.txt': '' }), 'copy');
    await cp(folder, copy, { recursive: true });
    const before = await readFile(path.join(copy, file), 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    await writeFile(path.join(copy, file), after);
    expect((await csvwProblems(copy)).join('\n')).toMatch(problem);
  });
});
