import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type ExportOptions, exportViews } from '../../../src/export/export.js';
import { swap } from '../../../src/export/swap.js';
import { UserError } from '../../../src/problem.js';
import { dropView, makeView } from '../../export/varied.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';

const database = testDatabase();
const files = testFolder();

const only = ['inspection', 'finding'];
const made = [
  'csv-metadata.json',
  'datapackage.json',
  'finding.csv',
  'finding.parquet',
  'inspection.csv',
  'inspection.parquet',
];
const write = (folder: string, options: ExportOptions = {}) =>
  exportViews(database.db, folder, { only, ...options });

/** Expects that an export is refused with a message and that the folder it lies in is as before. */
async function refused(home: string, attempt: Promise<unknown>, says: RegExp): Promise<void> {
  const error = await attempt.then(
    () => new Error('it was written'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  expect(error.message).toMatch(says);
  expect(error.message).not.toContain('\n');
  expect(error.exit).toBe(2);
  expect((await readdir(home, { recursive: true })).filter((name) => name.includes('.partial'))).toEqual([]);
}

describe('an export goes', () => {
  test('and takes away what killed ones have left, beside a new folder and in one that is there', async () => {
    const home = await files.folder({ 'other.txt': 'mine' });
    const dead = 2 ** 22 + 1;
    for (const left of [`new.partial-${dead}-0123abcd`, `old/.partial-${dead}-0123abcd`])
      await mkdir(path.join(home, left), { recursive: true });
    // of another folder, and of a run that goes on
    for (const others of [`newer.partial-${dead}-0123abcd`, `new.partial-${process.ppid}-0123abcd`])
      await mkdir(path.join(home, others));
    await write(path.join(home, 'new'));
    await write(path.join(home, 'old'));
    expect((await readdir(path.join(home, 'old'))).sort()).toEqual(made);
    expect((await readdir(home)).sort()).toEqual(
      [
        'new',
        `new.partial-${process.ppid}-0123abcd`,
        `newer.partial-${dead}-0123abcd`,
        'old',
        'other.txt',
      ].sort(),
    );
  });

  test('into a folder that is new, with folders above it, or empty, or a link to one', async () => {
    const home = await files.folder({ 'other.txt': 'mine' });
    await mkdir(path.join(home, 'empty'));
    await mkdir(path.join(home, 'linked'));
    await symlink(path.join(home, 'linked'), path.join(home, 'link'));
    for (const name of ['new', 'a/b/c', 'empty', 'link']) {
      await write(path.join(home, name));
      expect((await readdir(path.join(home, name))).sort(), name).toEqual(made);
    }
    expect((await readdir(home)).sort()).toEqual(['a', 'empty', 'link', 'linked', 'new', 'other.txt']);
    expect((await readdir(path.join(home, 'linked'))).sort()).toEqual(made);
  });

  test('not into a folder with something in it, a file, or below one', async () => {
    const home = await files.folder({ 'kept/mine.txt': 'mine', file: 'mine' });
    for (const [name, says] of [
      ['kept', /kept is not empty: name another folder, or add --force, .* Nothing was written\.$/],
      ['file', /file is a file: name a folder/],
      ['file/below', /file\/below can't be written: it, or what it would lie in, is no folder/],
    ] as const)
      await refused(home, write(path.join(home, name)), says);
    expect((await readdir(home, { recursive: true })).sort()).toEqual(['file', 'kept', 'kept/mine.txt']);
  });
});

describe('with --force', () => {
  test('an earlier export is replaced, and nothing else is touched', async () => {
    const home = await files.folder({ 'mine.txt': 'mine', 'deeper/inspection.csv': 'mine' });
    await write(home, { force: true });
    await write(home, { force: true, only: ['finding', 'recommendation'], formats: ['parquet'] });
    expect((await readdir(home)).sort()).toEqual(
      ['datapackage.json', 'deeper', 'finding.parquet', 'mine.txt', 'recommendation.parquet'].sort(),
    );
    expect(await readFile(path.join(home, 'mine.txt'), 'utf8')).toBe('mine');
    expect(await readFile(path.join(home, 'deeper', 'inspection.csv'), 'utf8')).toBe('mine');
    await write(home, { force: true });
    expect((await readdir(home)).sort()).toEqual([...made, 'deeper', 'mine.txt'].sort());
  });

  test.each([
    ['no package file', undefined],
    ['a package file that is no JSON', 'mine'],
    ["somebody else's package file", '{"generator": "other 1", "resources": [{"path": "inspection.csv"}]}'],
    ['a package file that does not list it', '{"generator": "yot-ratings 0.1.0", "resources": [null, 3]}'],
  ])('a file of the same name is not replaced where there is %s', async (_, packageText) => {
    const home = await files.folder({
      'inspection.csv': 'mine',
      ...(packageText !== undefined && { 'datapackage.json': packageText }),
    });
    const before = await readdir(home);
    await refused(
      home,
      write(home, { force: true }),
      /has .*inspection\.csv.*, which no earlier export made: /,
    );
    expect(await readdir(home)).toEqual(before);
    expect(await readFile(path.join(home, 'inspection.csv'), 'utf8')).toBe('mine');
  });

  test('a description of ours is not put over one of somebody else', async () => {
    const home = await files.folder({ 'csv-metadata.json': 'mine' });
    await refused(home, write(home, { force: true }), /has csv-metadata\.json, which no earlier export made/);
    expect(await readdir(home)).toEqual(['csv-metadata.json']);
  });

  test('a package file that points elsewhere takes nothing away there', async () => {
    const home = await files.folder({ 'precious.csv': 'mine', 'out/precious.txt': 'mine' });
    const paths = ['../precious.csv', 'precious.txt', '/etc/hostname', '.', ''];
    const out = path.join(home, 'out');
    await writeFile(
      path.join(out, 'datapackage.json'),
      JSON.stringify({ generator: 'yot-ratings 0.1.0', resources: paths.map((path) => ({ path })) }),
    );
    await write(out, { force: true });
    expect((await readdir(home)).sort()).toEqual(['out', 'precious.csv']);
    expect((await readdir(out)).sort()).toEqual([...made, 'precious.txt'].sort());
  });

  test('a folder with the name of a file of an earlier export stays', async () => {
    const home = await files.folder({ 'inspection.csv/mine.txt': 'mine' });
    const claim = { generator: 'yot-ratings 0.1.0', resources: [{ path: 'inspection.csv' }] };
    await writeFile(path.join(home, 'datapackage.json'), JSON.stringify(claim));
    await refused(home, write(home, { force: true }), /has inspection\.csv, which no earlier export made/);
    await write(home, { force: true, only: ['finding'] });
    expect(await readFile(path.join(home, 'inspection.csv', 'mine.txt'), 'utf8')).toBe('mine');
  });
});

test('moving files in the place of others takes everything back when one can not be moved', async () => {
  const home = await files.folder({
    'out/datapackage.json': 'old',
    'out/a.csv': 'old a',
    'out/b.csv': 'old b',
    'out/.partial/datapackage.json': 'new',
    'out/.partial/a.csv': 'new a',
    'out/.partial/replaced/keep.txt': '',
  });
  const [out, partial] = [path.join(home, 'out'), path.join(home, 'out', '.partial')];
  const texts = async () =>
    Promise.all(['datapackage.json', 'a.csv', 'b.csv'].map((name) => readFile(path.join(out, name), 'utf8')));
  const last = 'datapackage.json';
  const old = ['a.csv', 'b.csv', last];
  expect(() => swap(out, partial, { old, made: ['a.csv', 'lost.csv', 'datapackage.json'], last })).toThrow(
    'lost.csv',
  );
  expect(await texts()).toEqual(['old', 'old a', 'old b']);
  expect(await readdir(partial)).toEqual(['a.csv', 'datapackage.json', 'replaced']);
  swap(out, partial, { old, made: ['a.csv', 'datapackage.json'], last });
  expect((await readdir(out)).sort()).toEqual(['.partial', 'a.csv', 'datapackage.json']);
  expect(await readFile(path.join(out, 'a.csv'), 'utf8')).toBe('new a');
});

describe('when the work fails in the middle', () => {
  afterEach(() => dropView(database, 'zz_failing'));

  // the last of the views, whose 1500th row can't be computed
  const failing = 'select n, 1 / (n - 1500) as none from generate_series(1, 3000) as n';

  test('nothing is left of it', async () => {
    const home = await files.folder({ 'other.txt': 'mine' });
    await makeView(database, 'zz_failing', failing);
    for (const folder of ['new', ''])
      await expect(
        exportViews(database.db, path.join(home, folder), { force: true }),
        folder,
      ).rejects.toThrow('division by zero');
    expect(await readdir(home)).toEqual(['other.txt']);
  });

  test('an earlier export stays as it is', async () => {
    const home = path.join(await files.folder({ 'other.txt': '' }), 'out');
    await write(home);
    const before = await contents(home);
    await makeView(database, 'zz_failing', failing);
    await expect(
      exportViews(database.db, home, { force: true, only: ['inspection', 'zz_failing'] }),
    ).rejects.toThrow('division by zero');
    expect(await contents(home)).toEqual(before);
  });
});

/** The files of a folder with their texts. */
async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = names.map(async (name) => [name, await readFile(path.join(folder, name), 'latin1')]);
  return Object.fromEntries(await Promise.all(texts));
}
