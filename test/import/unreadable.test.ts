import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/problem.js';
import { changed, good2018, refused, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// Files and folders out of which no bundle can be read at all.

const database = testDatabase();
const files = testFolder();

const mapExpected = 'it has to be keys with values';
const invalid = 'not valid YAML: ';
const unkept = `${invalid}this text has a character in it that can not be kept`;
const tooDeep = `${invalid}values are nested in each other too deeply here`;
const noAlias = (name: string) => `${invalid}an alias (*${name}) is not taken: write the value out`;
const notUtf8 = 'not text in UTF-8: save the file as UTF-8';

/** A good file with one thing changed (see changed). */
const withChange = (from: string, to: string, message: string) => ({
  ...changed(good2018, from, to),
  message,
});
const whole = (text: string | Uint8Array, message: string, line = 1) => ({ text, line, message });

/** Each with the line of its first problem, and how that begins. */
const broken = {
  'a bracket that is not closed': withChange('Nobody\n', '[Nobody\n▸', `${invalid}Flow sequence`),
  'a quote that is not closed': withChange('lead_inspector: Nobody', '▸lead_inspector: "Nobody', invalid),
  'a key that stands twice': withChange(
    'synthetic: true',
    'synthetic: true\n▸synthetic: false',
    `${invalid}key "synthetic" stands twice`,
  ),
  'a code twice, once as a number': withChange(
    '"1.3": Good',
    '▸1.1: Good',
    `${invalid}key "1.1" stands twice`,
  ),
  'a key that is a list': withChange(
    'synthetic: true',
    'synthetic: true\n▸[a, b]: true',
    `${invalid}With stringKeys`,
  ),
  'an escaped null': withChange('Nobody', '▸"No\\0body"', unkept),
  'an alias': withChange('"1.3": Good', '"1.3": &good Good\n  "1.5": ▸*good', noAlias('good')),
  'a second document': withChange('overall:', '▸---\noverall:', `${invalid}a second document begins here`),
  'an empty file': whole('', `the file is empty: ${mapExpected}`),
  'a table': whole('case,question,answer\n1,2.1.1,yes\n', 'the file is "case,question,answer 1,2.1.1,yes"'),
  'bytes that are no text': whole(Buffer.from('about: x\nservice: \xff\xfe\x80', 'latin1'), notUtf8, 2),
  'brackets, a hundred thousand deep': whole(`about: ${'['.repeat(100_000)}`, tooDeep),
};

describe('a broken file is refused at its first fault', () => {
  const written = new Map<string, string>();
  let problems: Problem[] = [];
  beforeAll(async () => {
    for (const [name, { text }] of Object.entries(broken)) written.set(name, await files.bundle(text));
    ({ problems } = await refused(database.db, [...written.values()]));
  });

  test.each(Object.entries(broken))('%s', (name, { line, message }) => {
    const [first] = problems.filter(({ file }) => file === written.get(name));
    expect(first).toMatchObject({ line });
    expect(first?.message.startsWith(message)).toBe(true);
  });

  test('by its first error alone where each line has one', async () => {
    const prose = 'Words of a page, no keys\n`b`: c: d\n'.repeat(20);
    const file = await files.bundle(prose);
    const error = await refused(database.db, [file]);
    expect(error.message).toBe(`${file} can't be read.`);
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]?.message).toMatch(/\d{2} more from here on, which may follow from it$/);
  });
});

describe('paths', () => {
  const bundle = { 'inspection.yaml': good2018 };
  const table = 'case\n1\n';
  test.each<[name: string, content: Record<string, string>, within: string, message: string | RegExp]>([
    [
      'a folder without a bundle',
      { 'readme.txt': '' },
      '',
      ' holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).',
    ],
    [
      'cases without answers',
      { ...bundle, 'cases.csv': table },
      '',
      ': there is cases.csv without answers.csv: both are needed, or neither.',
    ],
    [
      'two inspection files',
      { ...bundle, 'inspection.json': '{}' },
      '',
      ': inspection.json and inspection.yaml are both there: leave one.',
    ],
    [
      'more than 10 MB',
      { 'a.yaml': `#${'x'.repeat(11 * 1024 * 1024)}` },
      '/a.yaml',
      "/a.yaml can't be read: it is larger than 10 MB.",
    ],
    [
      'a name that is nearly another one',
      { 'ratings.csv': '' },
      '/rating.csv',
      `/rating.csv can't be read: there is no such file (did you mean "ratings.csv"?): correct the path or put the file there.`,
    ],
    ...['bundle.zip', 'table.xlsx', 'answers.csv'].map(
      (name): [string, Record<string, string>, string, RegExp] => [
        name,
        { [name]: 'PK' },
        `/${name}`,
        /is no inspection file: unpack an archive, save a workbook's sheets as CSV.* --cases, --answers, --ratings/,
      ],
    ),
    ['a folder in its place', {}, '', "/inspection.yaml can't be read: it is a folder: name a file in it."],
  ])('%s', async (name, content, within, message) => {
    const folder = await files.folder({ 'README.md': '', ...content });
    const file = path.join(folder, 'inspection.yaml');
    if (name === 'a folder in its place') await mkdir(file);
    const error = await refused(database.db, [folder + within]);
    if (typeof message === 'string') expect(error.message).toBe(folder + message);
    else expect(error.message).toMatch(message);
    // What is wrong with a path has no line.
    expect(error.problems.filter(({ line }) => line !== undefined)).toEqual([]);
  });

  test('one that is empty', async () => {
    const { message } = await refused(database.db, ['']);
    expect(message).toMatch(/^A file without a name can't be read: there is no such file: correct the path/);
  });
});
