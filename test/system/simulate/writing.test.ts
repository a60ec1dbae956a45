import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readBundle } from '../../../src/import/bundle/bundle.js';
import { UserError } from '../../../src/problem.js';
import { bundleFiles } from '../../../src/simulate/bundle-files.js';
import { writeProgramme } from '../../../src/simulate/write-programme.js';
import { testMaterial } from '../../simulate/material.js';
import { testFolder } from '../../support/bundles.js';

const given = testMaterial();
const folders = testFolder();

test("every bundle's inspection.json has the shape of an inspection file", async () => {
  for (const inspection of given.programme(12, 3)) {
    const folder = await folders.folder({
      'inspection.json': bundleFiles(inspection).files['inspection.json'],
    });
    const bundle = await readBundle(folder);
    expect(bundle.ignored).toEqual([]);
    expect(bundle.inspection.synthetic).toBe(true);
    expect(bundle.inspection.report.title).toContain('Simulated');
  }
});

test('a programme is written whole, into a folder that is new or empty', async () => {
  const home = await folders.folder({ 'other.txt': '' });
  await mkdir(path.join(home, 'empty'));
  for (const name of ['new', 'empty']) {
    const done: number[] = [];
    const target = path.join(home, name);
    const written = await writeProgramme(target, given.programme(5, 3), {
      onInspection: (n) => done.push(n),
    });
    expect(written).toMatchObject({ inspections: 5, services: 1 });
    expect(done).toEqual([1, 2, 3, 4, 5]);
    const bundles = await readdir(target);
    expect(bundles).toHaveLength(5);
    let answers = 0;
    let cases = 0;
    for (const bundle of bundles) {
      expect(bundle).toMatch(/^[a-z-]+-\d{4}-\d\d-\d\d$/);
      expect((await readdir(path.join(target, bundle))).sort()).toEqual([
        'answers.csv',
        'cases.csv',
        'inspection.json',
      ]);
      const lines = async (file: string) =>
        (await readFile(path.join(target, bundle, file), 'utf8')).split('\n').length - 2;
      answers += await lines('answers.csv');
      cases += await lines('cases.csv');
    }
    expect({ cases, answers }).toEqual({ cases: written.cases, answers: written.answers });
  }
  expect((await readdir(home)).sort()).toEqual(['empty', 'new', 'other.txt']);
});

test('nothing is left where the work fails in the middle', async () => {
  const home = await folders.folder({ 'other.txt': '' });
  function* failing() {
    yield* given.programme(3, 3);
    throw new Error('in the middle');
  }
  await expect(writeProgramme(path.join(home, 'new'), failing())).rejects.toThrow('in the middle');
  expect(await readdir(home)).toEqual(['other.txt']);
});

test('a folder with something in it, and a file, are refused and left alone', async () => {
  const home = await folders.folder({ 'kept/mine.txt': 'mine', file: 'mine' });
  for (const [name, says] of [
    ['kept', /kept is not empty: .* Nothing was written\./],
    ['file', /file is a file: /],
    ['file/below', /below can't be written: it, or what it would lie in, is no folder/],
  ] as const) {
    const attempt = writeProgramme(path.join(home, name), given.programme(1, 3));
    await expect(attempt).rejects.toThrow(says);
    await expect(attempt).rejects.toBeInstanceOf(UserError);
    await expect(attempt).rejects.toMatchObject({ exit: 2 });
  }
  expect((await readdir(home)).sort()).toEqual(['file', 'kept']);
  expect(await readFile(path.join(home, 'kept', 'mine.txt'), 'utf8')).toBe('mine');
  expect(await readFile(path.join(home, 'file'), 'utf8')).toBe('mine');
});
