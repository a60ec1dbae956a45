import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type ExportOptions, exportViews } from '../../../src/export/export.js';
import { swap } from '../../../src/export/folder.js';
import { UserError } from '../../../src/problem.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { everyFile } from '../../support/every-file.js';

const database = testDatabase();
const files = testFolder();

const only = ['inspection', 'finding'];
const made = ['csv-metadata.json', 'datapackage.json'].concat(
  ...['finding', 'inspection'].map((view) => [`${view}.csv`, `${view}.parquet`]),
);
const write = (folder: string, options: ExportOptions = {}) =>
  exportViews(database.db, folder, { only, ...options });
const namesIn = async (folder: string) => (await readdir(folder)).sort();

/** Expects that an export is refused with a message, and that the folder with all in it is as before. */
async function refused(home: string, name: string, says: RegExp, options: ExportOptions = {}): Promise<void> {
  const before = await everyFile(home);
  const error = await write(path.join(home, name), options).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw error;
  expect(error.message).toMatch(says);
  expect(error.message).not.toContain('\n');
  expect(error.exit).toBe(2);
  expect(await everyFile(home)).toEqual(before);
}

describe('an export goes', () => {
  test('and takes away what killed ones have left, beside a new folder and in one that is there', async () => {
    const home = await files.folder({ 'other.txt': 'mine' });
    const dead = 2 ** 22 + 1;
    // Of another folder, and of a run that goes on.
    const others = [`newer.partial-${dead}-0123abcd`, `new.partial-${process.ppid}-0123abcd`];
    for (const left of [`new.partial-${dead}-0123abcd`, `old/.partial-${dead}-0123abcd`, ...others])
      await mkdir(path.join(home, left), { recursive: true });
    await write(path.join(home, 'new'));
    await write(path.join(home, 'old'));
    expect(await namesIn(path.join(home, 'old'))).toEqual(made);
    expect(await namesIn(home)).toEqual(['new', 'old', 'other.txt', ...others].sort());
  });

  test('into a folder that is new, with folders above it, or empty, or a link to one', async () => {
    const home = await files.folder({ 'other.txt': 'mine' });
    await mkdir(path.join(home, 'empty'));
    await mkdir(path.join(home, 'linked'));
    await symlink(path.join(home, 'linked'), path.join(home, 'link'));
    for (const name of ['new', 'a/b/c', 'empty', 'link']) {
      await write(path.join(home, name));
      expect(await namesIn(path.join(home, name)), name).toEqual(made);
    }
    expect(await namesIn(home)).toEqual(['a', 'empty', 'link', 'linked', 'new', 'other.txt']);
    expect(await namesIn(path.join(home, 'linked'))).toEqual(made);
  });

  test.each([
    ['kept', /kept is not empty: name another folder, or add --force, .* Nothing was written\.$/],
    ['file', /file is a file: name a folder/],
    ['file/below', /file\/below can't be written: it, or what it would lie in, is no folder/],
  ])('not into a folder with something in it, a file, or below one: %s', async (name, says) => {
    await refused(await files.folder({ 'kept/mine.txt': 'mine', file: 'mine' }), name, says);
  });
});

describe('with --force', () => {
  test('an earlier export is replaced, and nothing else is touched', async () => {
    const home = await files.folder({ 'mine.txt': 'mine', 'deeper/inspection.csv': 'mine' });
    const own = { 'mine.txt': 'mine', 'deeper/inspection.csv': 'mine' };
    await write(home, { force: true });
    await write(home, { force: true, only: ['finding', 'recommendation'], formats: ['parquet'] });
    expect(await namesIn(home)).toEqual(
      ['datapackage.json', 'deeper', 'finding.parquet', 'mine.txt', 'recommendation.parquet'].sort(),
    );
    expect(await everyFile(home)).toMatchObject(own);
    await write(home, { force: true });
    expect(await namesIn(home)).toEqual([...made, 'deeper', 'mine.txt'].sort());
  });

  const claim = (paths: unknown[]) =>
    JSON.stringify({ generator: 'yot-ratings 0.1.0', resources: paths.map((path) => ({ path })) });

  test.each<[string, Record<string, string>, RegExp]>([
    ['no package file', {}, /has inspection\.csv, which no earlier export made: /],
    ['one that is no JSON', { 'datapackage.json': 'mine' }, /has .*inspection\.csv/],
    [
      "somebody else's",
      { 'datapackage.json': claim(['inspection.csv']).replace('yot-ratings', 'other') },
      /has .*inspection\.csv/,
    ],
    ['one that does not list it', { 'datapackage.json': claim([null, 3]) }, /has inspection\.csv/],
    ['a description of somebody else’s', { 'csv-metadata.json': 'mine' }, /has .*csv-metadata\.json/],
    [
      'a folder of a name that it lists',
      { 'inspection.parquet/mine.txt': 'mine', 'datapackage.json': claim(['inspection.parquet']) },
      /has .*inspection\.parquet/,
    ],
  ])('a file that no earlier export made is not replaced: %s', async (_, beside, says) => {
    await refused(await files.folder({ 'inspection.csv': 'mine', ...beside }), '.', says, { force: true });
  });

  test('a package file that points elsewhere takes nothing away there', async () => {
    const home = await files.folder({ 'precious.csv': 'mine', 'out/precious.txt': 'mine' });
    const out = path.join(home, 'out');
    await writeFile(
      path.join(out, 'datapackage.json'),
      claim(['../precious.csv', 'precious.txt', '/etc/hostname', '.', '']),
    );
    await write(out, { force: true });
    expect(await namesIn(home)).toEqual(['out', 'precious.csv']);
    expect(await namesIn(out)).toEqual([...made, 'precious.txt'].sort());
  });
});

test('moving files in the place of others takes everything back when one can not be moved', async () => {
  const last = 'datapackage.json';
  const home = await files.folder({
    'out/datapackage.json': 'old',
    'out/a.csv': 'old a',
    'out/deep/b.csv': 'old b',
    'out/.partial/datapackage.json': 'new',
    'out/.partial/a.csv': 'new a',
    'out/.partial/replaced/keep.txt': '',
  });
  const [out, partial] = [path.join(home, 'out'), path.join(home, 'out', '.partial')];
  const before = await everyFile(out);
  const old = ['a.csv', 'deep/b.csv', last];
  expect(() => swap(out, partial, { old, made: ['a.csv', 'lost.csv', last], last })).toThrow('lost.csv');
  expect(await everyFile(out)).toEqual(before);
  swap(out, partial, { old, made: ['a.csv', last], last });
  expect(await namesIn(out)).toEqual(['.partial', 'a.csv', last]);
  expect(await readFile(path.join(out, 'a.csv'), 'utf8')).toBe('new a');
});

test('when the work fails in the middle nothing is left of it, and an earlier export stays as it is', async () => {
  const home = await files.folder({ 'other.txt': 'mine' });
  await write(path.join(home, 'earlier'));
  const before = await everyFile(home);
  const { rows } = await sql<{ text: string }>`
    select pg_get_functiondef('rating.present_day()'::regprocedure) as text`.execute(database.db);
  const text = rows[0]?.text as string;
  // The second of the views asks for the day.
  await sql.raw(text.replace('CURRENT_DATE', '(CURRENT_DATE + 1 / 0)')).execute(database.db);
  try {
    for (const folder of ['new', '.', 'earlier'])
      await expect(write(path.join(home, folder), { force: true }), folder).rejects.toThrow(
        'division by zero',
      );
  } finally {
    await sql.raw(text).execute(database.db);
  }
  expect(await everyFile(home)).toEqual(before);
});
