import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changed, good2018, refused, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// Files and folders out of which no bundle can be read at all.

const database = testDatabase();
const files = testFolder();

describe('broken files', () => {
  test.each<[name: string, from: string, to: string, message: RegExp]>([
    ['a tab before a key', '  out_of_court_disposals', '▸\tout_of_court_disposals', /^not valid YAML: Tabs/],
    [
      'a bracket that is not closed',
      'lead_inspector: Nobody\n',
      'lead_inspector: [Nobody\n▸',
      /^not valid YAML: Flow sequence/,
    ],
    ['a quote that is not closed', 'lead_inspector: Nobody', '▸lead_inspector: "Nobody', /^not valid YAML: /],
    ['a key with two values', 'synthetic: true', 'synthetic: ▸yes: true', /^not valid YAML: /],
    [
      'a key that stands twice',
      'synthetic: true',
      'synthetic: true\n▸synthetic: false',
      /^not valid YAML: key "synthetic" stands twice$/,
    ],
    [
      'a code that stands twice',
      '"2.1.2": {relevant_cases: 8',
      '▸"2.1.1": {relevant_cases: 8',
      /^not valid YAML: key "2\.1\.1" stands twice$/,
    ],
    [
      'a code that stands twice, once as a number',
      '"1.3": Good',
      '▸1.1: Good',
      /^not valid YAML: key "1\.1" stands twice$/,
    ],
    [
      'a code that is read as another number',
      '"3.1": Requires',
      '▸3.10: Requires',
      /^not valid YAML: this key would be read as the number 3\.1: put it in quotes$/,
    ],
    [
      'a key that is a list',
      'synthetic: true',
      'synthetic: true\n▸[a, b]: true',
      /^not valid YAML: a key has to be plain text$/,
    ],
    [
      'an escaped null',
      'lead_inspector: Nobody',
      'lead_inspector: ▸"No\\0body"',
      /^not valid YAML: this text has a character in it that can not be kept/,
    ],
    [
      'half a character',
      'lead_inspector: Nobody',
      'lead_inspector: ▸"\\ud800"',
      /^not valid YAML: this text has a character in it that can not be kept/,
    ],
    [
      'a null as it is',
      'lead_inspector: Nobody',
      'lead_inspector: ▸No\0body',
      /^not valid YAML: this text has a character in it that can not be kept/,
    ],
    [
      'an alias of nothing',
      '"1.3": Good',
      '"1.3": ▸*good',
      /^not valid YAML: alias \*good has no anchor \(&good\) before it$/,
    ],
    [
      'an alias of what it stands in',
      'prose_counts:\n',
      'findings2: &all\n  - ▸*all\nprose_counts:\n',
      /^not valid YAML: alias \*all stands inside of what it names$/,
    ],
    [
      'a second document',
      'overall:',
      '▸---\noverall:',
      /^not valid YAML: a second document begins here: leave one$/,
    ],
  ])('%s', async (_, from, to, message) => {
    const { text, line } = changed(good2018, from, to);
    const file = await files.bundle(text);
    const error = await refused(database.db, [file]);
    expect(error.message).toBe(`${file} can't be read.`);
    expect(error.problems[0]?.message).toMatch(message);
    expect(error.problems[0]).toMatchObject({ file, line });
  });

  test.each<[name: string, content: string | Uint8Array, message: RegExp]>([
    ['an empty file', '', /^the file is empty: it has to be keys with values$/],
    ['a file of comments', '# nothing\n# at all\n', /^the file is empty: it has to be keys with values$/],
    [
      'a list',
      '- service: Wigan YOT\n- edition: 2018\n',
      /^the file is a list: it has to be keys with values$/,
    ],
    ['a word', 'inspection\n', /^the file is "inspection": it has to be keys with values$/],
    ['a number', '12\n', /^the file is 12: it has to be keys with values$/],
    ['noughts', new Uint8Array(2000), /can not be kept|has to be keys with values/],
    ['JSON that is cut off', '{"service": "Wigan YOT", "report": {"fieldwork_fr', /^not valid YAML: /],
    ['a web page', '<!doctype html>\n<html><body>\n<a href="x">: </a>', /./],
    ['a table', 'case,question,answer\n1,2.1.1,yes\n', /^the file is "case,question,answer 1,2\.1\.1,yes"/],
  ])('%s', async (_, content, message) => {
    const file = await files.bundle(content);
    const { problems } = await refused(database.db, [file]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]).toMatchObject({ file, line: 1 });
  });

  test('bytes that are no text, with the line of the first', async () => {
    const file = await files.bundle(
      Buffer.concat([Buffer.from('about: x\nservice: '), Buffer.from([0xff, 0xfe, 0x80])]),
    );
    const { problems } = await refused(database.db, [file]);
    expect(problems).toEqual([{ file, line: 2, message: 'not text in UTF-8: save the file as UTF-8' }]);
  });

  test('a file of 11 MB', async () => {
    const file = await files.bundle(`${good2018}# ${'x'.repeat(11 * 1024 * 1024)}\n`);
    expect((await refused(database.db, [file])).message).toBe(
      `${file} can't be read: it is larger than 10 MB.`,
    );
  });

  test('a few lines of aliases that would become millions of values', async () => {
    const letters = [...'abcdefghi'];
    const bomb = letters.map((letter, at) => {
      const nine = at === 0 ? Array(9).fill('x') : Array(9).fill(`*${letters[at - 1]}`);
      return `${letter}: &${letter} [${nine.join(', ')}]`;
    });
    const file = await files.bundle(`${bomb.join('\n')}\n`);
    const { problems } = await refused(database.db, [file]);
    expect(problems).toEqual([
      {
        file,
        line: 2,
        column: 8,
        message: 'not valid YAML: the aliases (*name) from here on multiply each other: write the values out',
      },
    ]);
  });

  test.each([
    ['brackets', (depth: number) => `about: ${'['.repeat(depth)}${']'.repeat(depth)}`],
    ['brackets that are not closed', (depth: number) => `about: ${'['.repeat(depth)}`],
    ['braces', (depth: number) => `{a: `.repeat(depth) + '}'.repeat(depth)],
    ['dashes', (depth: number) => '- '.repeat(depth)],
    ['question marks', (depth: number) => '? '.repeat(depth)],
  ])('values nested a hundred thousand deep, with %s', async (_, nested) => {
    const file = await files.bundle(nested(100_000));
    const { problems } = await refused(database.db, [file]);
    expect(problems).toMatchObject([
      { file, line: 1, message: 'not valid YAML: values are nested in each other too deeply here' },
    ]);
  });
});

describe('paths', () => {
  /** The whole message: what is wrong with a path has no line. */
  const message = async (given: string) => {
    const error = await refused(database.db, [given]);
    expect(error.problems).toEqual([]);
    return error.message;
  };

  test('a file that there is not', async () => {
    const file = path.join(await files.folder({ 'a.txt': '' }), 'gone.yaml');
    expect(await message(file)).toBe(
      `${file} can't be read: there is no such file: correct the path or put the file there.`,
    );
  });

  test('a folder without a bundle', async () => {
    const folder = await files.folder({ 'readme.txt': '', 'deeper/still/inspection.yaml': good2018 });
    const { message: said, problems } = await refused(database.db, [folder]);
    expect(said).toBe(
      `${folder} holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).`,
    );
    expect(problems).toMatchObject([{ message: expect.stringContaining('holds one in still: name ') }]);
  });

  test('an inspection.yaml that is a folder', async () => {
    const folder = await files.folder({ 'a.txt': '' });
    await mkdir(path.join(folder, 'inspection.yaml'));
    expect(await message(folder)).toBe(
      `${folder}/inspection.yaml can't be read: it is a folder: name a file in it.`,
    );
  });

  test('a link that leads nowhere', async () => {
    const folder = await files.folder({ 'a.txt': '' });
    await symlink(path.join(folder, 'gone'), path.join(folder, 'inspection.yaml'));
    expect(await message(folder)).toBe(
      `${folder}/inspection.yaml can't be read: there is no such file: correct the path or put the file there.`,
    );
  });

  test.each([
    ['cases.csv', 'answers.csv'],
    ['answers.csv', 'cases.csv'],
  ])('a folder with %s and without %s', async (name, other) => {
    const folder = await files.folder({ 'inspection.yaml': good2018, [name]: 'case\n1\n' });
    expect(await message(folder)).toBe(
      `${folder}: there is ${name} without ${other}: both are needed, or neither.`,
    );
  });

  test('a folder of bundles, one of which has nothing but cases', async () => {
    const folder = await files.folder({ 'a/inspection.yaml': good2018, 'b/cases.csv': 'case\n1\n' });
    expect(await message(folder)).toContain(
      `${folder}/b/inspection.yaml can't be read: there is no such file: correct the path or put the file there.`,
    );
  });
});
