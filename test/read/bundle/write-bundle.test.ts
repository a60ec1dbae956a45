import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../../src/import/files/shape.js';
import { YamlFile } from '../../../src/import/files/yaml-file.js';
import { makeBundle, writeBundle } from '../../../src/read/bundle/write-bundle.js';
import { testFolder } from '../../support/bundles.js';
import { editionOf } from '../around/reading.js';
import { document, readingOf, value } from './values.js';

const folders = testFolder();

const made = async (percent = 50, folder = '/bundles/rutland', of = document) =>
  makeBundle(
    of,
    {
      ...readingOf(
        value('key_questions 2.1.1 percent_yes', percent, 7),
        {
          ...value('prompts 2.1.1.a percent_yes', undefined, 8, 'lost'),
          why: 'nothing legible',
          confirmedBy: [{ page: 3, line: 9 }],
        },
        value('overall score', 21, 4, 'confirmed'),
      ),
      findings: [{ kind: 'other', about: 'score', message: 'something', places: [{ line: 4 }] }],
    },
    await editionOf('2021'),
    folder,
  );

const rutland = async () => path.join(await folders.folder({ 'keep.txt': '' }), 'rutland');

test('reading.json is as its schema has it: source, hash, counts, every value with its place, findings', async () => {
  const { files } = await made();
  const file = YamlFile.parse('reading.json', files['reading.json']);
  expect(shapeOf('reading.schema.json')(file)).toEqual([]);
  expect(file.data).toMatchObject({
    format: 1,
    generator: expect.stringMatching(/^yot-ratings \d/),
    source: { file: '../../reports/rutland.pdf', kind: 'pdf', sha256: 'a'.repeat(64) },
    inspection: { file: 'inspection.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    counts: { read: 6, confirmed: 1, doubtful: 0, lost: 1 },
    findings: [{ kind: 'other', about: 'score', message: 'something', places: [{ line: 4 }] }],
  });
  expect((file.data as { values: unknown[] }).values).toContainEqual({
    path: ['prompts', '2.1.1.a', 'percent_yes'],
    confidence: 'lost',
    place: { line: 8 },
    confirmed_by: [{ page: 3, line: 9 }],
    why: 'nothing legible',
  });
});

test('inspection.yaml says from what it was read, and under which licence', async () => {
  const { inspection } = await made();
  expect(inspection.about).toMatch(
    /^Read by yot-ratings \S+ from rutland\.pdf \(SHA-256 a{64}\).*nobody yet.*Open Government Licence v3\.0/,
  );
});

describe('a bundle’s folder', () => {
  test('that is not there is made, and written again what is the same changes nothing', async () => {
    const folder = await rutland();
    expect(await writeBundle(folder, await made())).toBe('written');
    expect((await readdir(folder)).sort()).toEqual(['inspection.yaml', 'reading.json']);
    expect(await writeBundle(folder, await made())).toBe('unchanged');
    expect((await readdir(path.dirname(folder))).sort()).toEqual(['keep.txt', 'rutland']);
  });

  test('that an earlier run wrote is replaced, and what else lies in it stays', async () => {
    const folder = await rutland();
    await writeBundle(folder, await made(50));
    await writeFile(path.join(folder, 'note.txt'), 'mine');
    expect(await writeBundle(folder, await made(60))).toBe('replaced');
    expect(await readFile(path.join(folder, 'inspection.yaml'), 'utf8')).toContain('percent_yes: 60');
    expect((await readdir(folder)).sort()).toEqual(['inspection.yaml', 'note.txt', 'reading.json']);
  });

  test('in which something was edited is left as it is, unless it is to be replaced', async () => {
    const folder = await rutland();
    await writeBundle(folder, await made(50));
    const file = path.join(folder, 'inspection.yaml');
    const edited = `${await readFile(file, 'utf8')}# checked by hand\n`;
    await writeFile(file, edited);
    const other = await made(60);
    await expect(writeBundle(folder, other)).rejects.toThrow(
      `${file} was edited since it was read, and is left as it is: name another folder with --to, or add --replace to lose what it says.`,
    );
    expect(await readFile(file, 'utf8')).toBe(edited);
    expect(await writeBundle(folder, other, { replace: true })).toBe('replaced');
    expect(await readFile(file, 'utf8')).toBe(other.files['inspection.yaml']);
  });

  test('that was read from another report, or from the same one before it changed, is left as it is', async () => {
    const folder = await rutland();
    await writeBundle(folder, await made());
    const before = await readFile(path.join(folder, 'reading.json'), 'utf8');
    const hash = 'b'.repeat(64);
    const other = await made(50, undefined, { ...document, file: '/elsewhere/rutland.pdf', hash });
    await expect(writeBundle(folder, other)).rejects.toThrow(
      /rutland has the bundle of another report \(.*reports\/rutland\.pdf\), and is left as it is: name another folder with --to, or add --replace to lose what it says\.$/,
    );
    const changed = await made(50, undefined, { ...document, hash });
    await expect(writeBundle(folder, changed)).rejects.toThrow(
      /rutland has the bundle of rutland\.pdf as it was before it changed, and is left as it is/,
    );
    expect(await readFile(path.join(folder, 'reading.json'), 'utf8')).toBe(before);
    expect(await writeBundle(folder, changed, { replace: true })).toBe('replaced');
  });

  test('that something else wrote is left as it is', async () => {
    const folder = await folders.folder({ 'inspection.yaml': 'service: mine\n' });
    await expect(writeBundle(folder, await made())).rejects.toThrow(
      /was not written by read, and is left as it is/,
    );
    expect(await readdir(folder)).toEqual(['inspection.yaml']);
  });

  test('with another inspection file refuses even to replace it', async () => {
    const folder = await folders.folder({ 'inspection.json': '{}' });
    await expect(writeBundle(folder, await made(), { replace: true })).rejects.toThrow(
      /has inspection\.json/,
    );
    expect(await readdir(folder)).toEqual(['inspection.json']);
  });

  test('that can’t be written gets neither file', async () => {
    const folder = await folders.folder({ rutland: 'a file' });
    await expect(writeBundle(path.join(folder, 'rutland'), await made())).rejects.toThrow(
      /rutland can't be written: it, or what it would lie in, is no folder\. Nothing was written\./,
    );
    // Its reading file can't be moved over a folder: the inspection file, which could be, is put back.
    const half = path.join(folder, 'half');
    await writeBundle(half, await made(50));
    const before = await readFile(path.join(half, 'inspection.yaml'), 'utf8');
    await mkdir(path.join(folder, 'other'));
    const bad = await made(60);
    await expect(
      writeBundle(half, { files: { ...bad.files, 'missing/reading.json': '' } as typeof bad.files }),
    ).rejects.toThrow(/can't be written/);
    expect(await readFile(path.join(half, 'inspection.yaml'), 'utf8')).toBe(before);
    expect((await readdir(half)).sort()).toEqual(['inspection.yaml', 'reading.json']);
  });
});
