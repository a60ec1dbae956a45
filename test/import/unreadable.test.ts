import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/problem.js';
import { changed, good2018, refused, testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// Files and folders out of which no bundle can be read at all.

const database = testDatabase();
const files = testFolder();

const bomb = [...'abcdefghi'].map((letter, at, letters) => {
  const nine = Array(9).fill(at === 0 ? 'x' : `*${letters[at - 1]}`);
  return `${letter}: &${letter} [${nine.join(', ')}]`;
});
const mapExpected = 'it has to be keys with values';
const invalid = 'not valid YAML: ';
const unkept = `${invalid}this text has a character in it that can not be kept`;
const tooDeep = `${invalid}values are nested in each other too deeply here`;

/** A good file with one thing changed (see changed). */
const withChange = (name: string, from: string, to: string, message: string) => {
  const { text, line } = changed(good2018, from, to);
  return { name, content: text, line, message };
};
const whole = (name: string, content: string | Uint8Array, message: string, line = 1) => ({
  ...{ name, content, line, message },
});

/** Each with the line of its first problem, and how that begins. */
const broken = [
  withChange('a tab before a key', '  out_of_court_disposals', '▸\tout_of_court_disposals', `${invalid}Tabs`),
  withChange('a bracket that is not closed', 'Nobody\n', '[Nobody\n▸', `${invalid}Flow sequence`),
  withChange('a quote that is not closed', 'lead_inspector: Nobody', '▸lead_inspector: "Nobody', invalid),
  withChange(
    'a key that stands twice',
    'synthetic: true',
    'synthetic: true\n▸synthetic: false',
    `${invalid}key "synthetic" stands twice`,
  ),
  withChange(
    'a code that stands twice, once as a number',
    '"1.3": Good',
    '▸1.1: Good',
    `${invalid}key "1.1" stands twice`,
  ),
  withChange(
    'a code that is read as another number',
    '"3.1": Requires',
    '▸3.10: Requires',
    `${invalid}this key would be read as the number 3.1: put it in quotes`,
  ),
  withChange(
    'a key that is a list',
    'synthetic: true',
    'synthetic: true\n▸[a, b]: true',
    `${invalid}a key has to be plain text`,
  ),
  withChange('an escaped null', 'Nobody', '▸"No\\0body"', unkept),
  withChange('half a character', 'Nobody', '▸"\\ud800"', unkept),
  withChange(
    'an alias of nothing',
    '"1.3": Good',
    '"1.3": ▸*good',
    `${invalid}alias *good has no anchor (&good) before it`,
  ),
  withChange(
    'an alias of what it stands in',
    'prose_counts:\n',
    'findings2: &all\n  - ▸*all\nprose_counts:\n',
    `${invalid}alias *all stands inside of what it names`,
  ),
  withChange(
    'a second document',
    'overall:',
    '▸---\noverall:',
    `${invalid}a second document begins here: leave one`,
  ),
  whole('an empty file', '', `the file is empty: ${mapExpected}`),
  whole('a list', '- service: Wigan YOT\n', `the file is a list: ${mapExpected}`),
  whole('a number', '12\n', `the file is 12: ${mapExpected}`),
  whole('a table', 'case,question,answer\n1,2.1.1,yes\n', 'the file is "case,question,answer 1,2.1.1,yes"'),
  whole('noughts', new Uint8Array(2000), unkept),
  whole('JSON that is cut off', '{"service": "Wigan YOT", "report": {"fieldwork_fr', invalid),
  whole('a web page', '<!doctype html>\n<html><body>\n<a href="x">: </a>', ''),
  whole(
    'bytes that are no text',
    Buffer.from('about: x\nservice: \xff\xfe\x80', 'latin1'),
    'not text in UTF-8: save the file as UTF-8',
    2,
  ),
  whole(
    'text in UTF-16',
    Buffer.from(`\uFEFF${good2018}`, 'utf16le'),
    'not text in UTF-8: save the file as UTF-8',
  ),
  whole(
    'aliases that would become millions of values',
    `${bomb.join('\n')}\n`,
    `${invalid}the aliases (*name) from here on multiply each other: write the values out`,
    2,
  ),
  whole('brackets, a hundred thousand deep', `about: ${'['.repeat(100_000)}`, tooDeep),
  whole('braces, a hundred thousand deep', '{a: '.repeat(100_000) + '}'.repeat(100_000), tooDeep),
  whole('dashes, a hundred thousand deep', '- '.repeat(100_000), tooDeep),
];

describe('a broken file is refused at its first fault', () => {
  const written: string[] = [];
  let problems: Problem[] = [];
  beforeAll(async () => {
    for (const { content } of broken) written.push(await files.bundle(content));
    ({ problems } = await refused(database.db, written));
  });

  test.each(broken.map((one, at) => ({ ...one, at })))('$name', ({ at, line, message }) => {
    const [first] = problems.filter(({ file }) => file === written[at]);
    expect(first).toMatchObject({ line, message: expect.stringContaining(message) });
    expect(first?.message.startsWith(message)).toBe(true);
  });

  test('alone, with the file named above', async () => {
    const error = await refused(database.db, [written[0] as string]);
    expect(error.message).toBe(`${written[0]} can't be read.`);
  });

  test('by its first errors alone where each line has one', async () => {
    const prose = Array.from({ length: 20 }, (_, at) => `Words ${at} of a page, no keys\n\`b\`: c: d\n`).join(
      '',
    );
    const { problems } = await refused(database.db, [await files.bundle(prose)]);
    expect(problems).toHaveLength(4);
    expect(problems.at(-1)?.message).toMatch(
      /^not valid YAML: \d{2} more from here on, which may follow from these$/,
    );
  });

  test('one of 11 MB', async () => {
    const file = await files.bundle(`${good2018}# ${'x'.repeat(11 * 1024 * 1024)}\n`);
    expect((await refused(database.db, [file])).message).toBe(
      `${file} can't be read: it is larger than 10 MB.`,
    );
  });
});

describe('paths', () => {
  const noFile = "can't be read: there is no such file: correct the path or put the file there.";
  const make: [name: string, folder: () => Promise<string>, within: string, message: string][] = [
    ['a file that there is not', () => files.folder({ 'a.txt': '' }), '/gone.yaml', `/gone.yaml ${noFile}`],
    [
      'an inspection.yaml that is a folder',
      async () => {
        const folder = await files.folder({ 'a.txt': '' });
        await mkdir(path.join(folder, 'inspection.yaml'));
        return folder;
      },
      '',
      "/inspection.yaml can't be read: it is a folder: name a file in it.",
    ],
    [
      'a link that leads nowhere',
      async () => {
        const folder = await files.folder({ 'a.txt': '' });
        await symlink(path.join(folder, 'gone'), path.join(folder, 'inspection.yaml'));
        return folder;
      },
      '',
      `/inspection.yaml ${noFile}`,
    ],
    [
      'cases without answers',
      () => files.folder({ 'inspection.yaml': good2018, 'cases.csv': 'case\n1\n' }),
      '',
      ': there is cases.csv without answers.csv: both are needed, or neither.',
    ],
    [
      'answers without cases',
      () => files.folder({ 'inspection.yaml': good2018, 'answers.csv': 'case\n1\n' }),
      '',
      ': there is answers.csv without cases.csv: both are needed, or neither.',
    ],
    [
      'a folder of bundles, one of which has nothing but cases',
      () => files.folder({ 'a/inspection.yaml': good2018, 'b/cases.csv': 'case\n1\n' }),
      '',
      `/b/inspection.yaml ${noFile}`,
    ],
    [
      'two inspection files',
      () => files.folder({ 'inspection.yaml': good2018, 'inspection.json': '{}' }),
      '',
      ': inspection.json and inspection.yaml are both there: leave one.',
    ],
  ];
  test.each(make)('%s', async (_, folderOf, within, message) => {
    const folder = await folderOf();
    const error = await refused(database.db, [folder + within]);
    expect(error.message).toBe(folder + message);
    // What is wrong with a path has no line.
    expect(error.problems).toEqual([]);
  });

  test('a folder without a bundle', async () => {
    const folder = await files.folder({ 'readme.txt': '', 'deeper/still/inspection.yaml': good2018 });
    const { message, problems } = await refused(database.db, [folder]);
    expect(message).toBe(
      `${folder} holds no bundle: a bundle is a folder with inspection.yaml (or inspection.json).`,
    );
    expect(problems).toMatchObject([{ message: expect.stringContaining('holds one in still: name ') }]);
  });
});
