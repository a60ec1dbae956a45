import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { intoFolder, swap, type Work } from '../../src/disk/into-folder.js';
import { UserError } from '../../src/problem.js';
import { testFolder } from '../support/bundles.js';
import { everyFile } from '../support/every-file.js';

// Exports, books, files for BI tools and simulated programmes go into a folder by this one way.

const files = testFolder();
const work: Work = {
  name: 'export',
  listedIn: 'list.json',
  called: /^(\w+\/)?\w+\.csv$/,
  besideCsv: 'beside.json',
};
const claim = (...names: unknown[]) => JSON.stringify({ generator: 'yot-ratings 0.1.0', files: names });

/** Writes some tables, with the list of them and what describes them; and says it. */
const write = (folder: string, force = false, tables = ['a.csv', 'deep/b.csv']) =>
  intoFolder(folder, { force, work }, async (partial) => {
    await mkdir(path.join(partial, 'deep'));
    for (const name of tables) await writeFile(path.join(partial, name), 'new');
    await writeFile(path.join(partial, 'beside.json'), 'new');
    await writeFile(path.join(partial, 'list.json'), claim(...tables));
    return 'written';
  });
const namesIn = async (folder: string) => Object.keys(await everyFile(folder));
const made = ['a.csv', 'beside.json', 'deep/b.csv', 'list.json'];

test('into a folder that is new, with folders above it, or empty, or a link to one; what killed ones have left goes', async () => {
  const home = await files.folder({ 'other.txt': 'mine' });
  const dead = 2 ** 22 + 1;
  // Of another folder, and of a run that goes on.
  const others = [`newer.partial-${dead}-0123abcd`, `new.partial-${process.ppid}-0123abcd`];
  for (const left of [`new.partial-${dead}-0123abcd`, `empty/.partial-${dead}-0123abcd`, 'linked', ...others])
    await mkdir(path.join(home, left), { recursive: true });
  await symlink(path.join(home, 'linked'), path.join(home, 'link'));
  for (const name of ['new', 'one/two/three', 'empty', 'link']) {
    expect(await write(path.join(home, name)), name).toBe('written');
    expect(await namesIn(path.join(home, name)), name).toEqual(made);
  }
  const there = ['empty', 'link', 'linked', 'new', 'one', 'other.txt', ...others];
  expect((await readdir(home)).sort()).toEqual(there.sort());
});

const list = 'list.json';
test.each<[string, Record<string, string>, string, boolean, RegExp]>([
  ['a folder with something in it', { 'to/x': 'mine' }, 'to', false, /to is not empty: .* add --force, /],
  ['a file', { to: 'mine' }, 'to', true, /to is a file: name a folder/],
  [
    'a folder below a file',
    { to: 'mine' },
    'to/below',
    true,
    /can't be written: it, or what it would lie in/,
  ],
  ['a file of the same name', { 'a.csv': 'mine' }, '.', true, /has a\.csv, which no earlier export made/],
  ['a list that is no JSON', { [list]: 'mine', 'a.csv': 'mine' }, '.', true, /has a\.csv, list\.json/],
  [
    'a list of somebody else’s',
    { [list]: claim('a.csv').replace('yot-ratings', 'other'), 'a.csv': 'mine' },
    '.',
    true,
    /has a\.csv, list\.json/,
  ],
  ['a list without it', { [list]: claim(null, 3), 'a.csv': 'mine' }, '.', true, /has a\.csv, which/],
  ['a description of somebody else’s', { 'beside.json': 'mine' }, '.', true, /has beside\.json/],
  ['a folder in its place', { 'a.csv/x': 'mine', [list]: claim('a.csv') }, '.', true, /has a\.csv/],
])('not into the place of %s', async (_, there, name, force, says) => {
  const home = await files.folder(there);
  const before = await everyFile(home);
  const error = await write(path.join(home, name), force).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ exit: 2, message: expect.stringMatching(says) });
  expect((error as Error).message).toMatch(/^[^\n]+Nothing was written\.$/);
  expect(await everyFile(home)).toEqual(before);
});

test('with --force an earlier one is replaced, and nothing else is touched, whatever its list says', async () => {
  const home = await files.folder({
    'precious.csv': 'mine',
    'out/mine.txt': 'mine',
    'out/deep/c.csv': 'mine',
  });
  const out = path.join(home, 'out');
  await write(out, true);
  await write(out, true, ['a.csv']);
  const rest = ['deep/c.csv', 'list.json', 'mine.txt'];
  expect(await namesIn(out)).toEqual(['a.csv', 'beside.json', ...rest]);
  await writeFile(
    path.join(out, list),
    claim('../precious.csv', 'mine.txt', '/etc/hostname', '.', '', 'a.csv'),
  );
  await write(out, true, []);
  expect(await namesIn(home)).toEqual([
    'out/beside.json',
    ...rest.map((name) => `out/${name}`),
    'precious.csv',
  ]);
});

test('nothing is left of a work that fails in the middle, and an earlier one stays as it is', async () => {
  const home = await files.folder({ 'other.txt': 'mine' });
  await write(path.join(home, 'earlier'));
  const before = await everyFile(home);
  for (const name of ['new', '.', 'earlier']) {
    const failing = intoFolder(path.join(home, name), { force: true, work }, async (partial) => {
      await writeFile(path.join(partial, 'a.csv'), 'new');
      throw new Error('given up');
    });
    await expect(failing, name).rejects.toThrow('given up');
  }
  expect(await everyFile(home)).toEqual(before);
});

test('moving files in the place of others takes everything back when one can not be moved', async () => {
  const home = await files.folder({ 'list.json': 'old', 'a.csv': 'old', 'deep/b.csv': 'old' });
  const partial = path.join(home, '.partial');
  await mkdir(partial);
  for (const name of [list, 'a.csv']) await writeFile(path.join(partial, name), 'new');
  const before = await everyFile(home);
  const old = [list, 'a.csv', 'deep/b.csv'];
  expect(() => swap(home, partial, old, ['a.csv', 'lost.csv', list])).toThrow('lost.csv');
  expect(await everyFile(home)).toEqual(before);
  swap(home, partial, old, ['a.csv', list]);
  expect((await readdir(home)).sort()).toEqual(['.partial', 'a.csv', 'deep', list]);
  expect((await everyFile(home))['a.csv']).toBe('new');
});
