import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { load } from '../../src/import/load.js';
import { good2018, good2021, refused, testFolder } from '../support/bundles.js';
import { bundleFiles, smallBundle } from '../support/case-files.js';
import { rolledBack, testDatabase } from '../support/database.js';

// What a folder holds is read, or is said not to be: passed over in silence it takes answers away.

const database = testDatabase();
const files = testFolder();
const whole = bundleFiles(smallBundle()) as Record<'inspection.yaml' | 'cases.csv' | 'answers.csv', string>;
const { 'cases.csv': cases, 'answers.csv': answers, ...alone } = whole;
const json = (text: string) => JSON.stringify(parse(text), null, 1);
const odd = {
  'Inspection.yaml': whole['inspection.yaml'],
  'CASES.csv': cases,
  'Answers.CSV': answers,
  ...{ 'report.pdf': '%PDF', 'columns.csv': 'table,column\n', '~$answers.xlsx': '' },
};

/** By name from a folder: how many answers each bundle has that was loaded, which is undone again. */
const loading = (folder: string, ...paths: string[]) =>
  rolledBack(database.db, async (trx) => {
    const loaded = await load(trx, paths);
    for (const { outcome, notices } of loaded)
      expect({ outcome, notices }).toEqual({ outcome: 'loaded', notices: [] });
    return Object.fromEntries(loaded.map(({ name, answers }) => [path.relative(folder, name), answers]));
  });

test.each<[name: string, content: Record<string, string>, given: string, loaded: Record<string, number>]>([
  ['beside other files', { 'inspection.yaml': good2018, 'notes.txt': 'x', 'other.json': '[' }, '', { '': 0 }],
  ['names in any letter case, beside what is about it', odd, '', { '': 232 }],
  [
    'its inspection file, which stands for the tables beside it',
    { ...whole, 'inspection (2).yaml': '' },
    'inspection.yaml',
    { 'inspection.yaml': 232 },
  ],
  [
    'one of several in a folder, in the order of their names',
    { 'b/inspection.yaml': good2018, 'a/inspection.json': json(good2021), 'README.txt': 'about them' },
    '',
    { a: 0, b: 0 },
  ],
  [
    'one of the files in a folder, without hidden ones',
    { 'x.yaml': good2018, 'w.json': json(good2021), '.y.json': '[' },
    '',
    { 'w.json': 0, 'x.yaml': 0 },
  ],
])('a bundle is %s', async (_, content, given, loaded) => {
  const folder = await files.folder(content);
  expect(await loading(folder, path.join(folder, given))).toEqual(loaded);
});

test('a link to a bundle counts as one, and several paths load in one call', async () => {
  const bundle = await files.folder({ 'inspection.yaml': good2018 });
  const folder = await files.folder({ 'plain/inspection.yaml': good2021 });
  expect(Object.keys(await loading(folder, bundle, folder))).toHaveLength(2);
  await symlink(bundle, path.join(folder, 'linked'));
  expect(await loading(folder, folder)).toEqual({ linked: 0, plain: 0 });
});

test.each<[what: string, more: Record<string, string>, names: string]>([
  ['workbooks', { 'cases.xlsx': 'PK', 'answers.xlsx': 'PK' }, 'answers.xlsx, cases.xlsx'],
  ['tables with a second ending', { 'cases.csv.txt': cases }, 'cases.csv.txt'],
  ['a numbered copy', { ...whole, 'cases (1).csv': cases }, 'cases (1).csv'],
  ['tables in a folder', { 'data/cases.csv': cases, 'notes/minutes.csv': 'a,b' }, 'data/cases.csv'],
  ['another inspection file', { ...whole, 'inspection (2).yaml': good2018 }, 'inspection (2).yaml'],
])('%s in the folder of a bundle: refused by name', async (_what, more, names) => {
  const folder = await files.folder({ ...alone, ...more });
  expect((await refused(database.db, [folder])).message).toBe(
    `${folder}: not read as a part of the bundle: ${names}. Its files are inspection.yaml (or .json), cases.csv and answers.csv: save workbooks as CSV (UTF-8), unpack archives, give each file its name, or move it elsewhere. Nothing was loaded.`,
  );
});

test('one name twice but for letter case in the folder of a bundle is refused', async () => {
  const folder = await files.folder({ ...whole, 'Cases.csv': cases });
  expect((await refused(database.db, [folder])).message).toMatch(
    /Cases\.csv and cases\.csv are both there: leave one/,
  );
});

test('an inspection file of another name is refused where it would leave tables beside it unread', async () => {
  const folder = await files.folder({ 'wigan.yaml': whole['inspection.yaml'], 'Cases.csv': cases });
  const named = path.join(folder, 'wigan.yaml');
  expect((await refused(database.db, [named])).message).toBe(
    `${named}: Cases.csv beside it would not be read: call it inspection.yaml (or .json), or name the tables by --cases and --answers. Nothing was loaded.`,
  );
});

test('what is no bundle among bundles is refused, a line each, or passed over where that is asked for', async () => {
  const folder = await files.folder({
    'sound/inspection.yaml': good2018,
    'deep/a/notes.txt': 'x',
    'deep/b/inspection.yaml': good2018,
    'late/inspection.yaml.txt': good2018,
    'more.csv': 'case',
    'more.tgz': 'PK',
    'other/notes.txt': 'x',
    'readme.md': 'about them',
  });
  const why = {
    deep: 'it holds one in b: name that folder itself',
    late: 'call its inspection.yaml.txt inspection.yaml (or .json)',
    'more.csv': 'put a table, as CSV, into the folder of its bundle',
    'more.tgz': 'unpack it',
    other: 'a bundle is a folder with inspection.yaml (or .json), or such a file itself',
  };
  const { message, problems } = await refused(database.db, [folder]);
  expect(message).toContain("5 things in it can't be loaded; nothing was loaded");
  expect(problems).toEqual(
    Object.entries(why).map(([name, one]) => {
      return { file: path.join(folder, name), message: `is no bundle: ${one}` };
    }),
  );
  await rolledBack(database.db, async (trx) => {
    const [loaded, ...others] = await load(trx, [folder], { passOver: true });
    expect(others).toEqual([]);
    expect(loaded).toMatchObject({ outcome: 'loaded', name: path.join(folder, 'sound') });
    expect(loaded?.notices).toEqual(expect.arrayContaining(problems));
  });
});
