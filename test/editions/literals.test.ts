import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EditionFile } from '../../src/import/edition/edition-entries.js';
import { codedValueOf, kindOf } from '../../src/import/edition/edition-entries.js';
import { packageFolder } from '../../src/paths.js';

// What an edition knows stands in its files and nowhere else: neither SQL nor TypeScript names a sample, a kind of case, an attribute, a
// standard, a question, a rating, a threshold or a maximum of one.

const editions = path.join(packageFolder, 'db', 'editions');
const files = readdirSync(editions, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }): EditionFile & { rules: EditionFile['rules'] } => {
    const read = (file: string) => parse(readFileSync(path.join(editions, name, file), 'utf8')) as object;
    return { ...read('rules.yaml'), ...read('questions.yaml') } as EditionFile;
  });

/** Words that are ordinary ones too, and stand for themselves. */
const ordinary = [
  'other',
  'yes',
  'no',
  'low',
  'medium',
  'high',
  'full',
  'children',
  'victims',
  'V',
  '1',
  '2',
  '3',
  '4',
];

const words = new Set(
  files.flatMap((edition) => [
    ...edition.ratings,
    ...(edition.samples ?? []).flatMap(({ sample, kinds = [] }) => [
      sample,
      ...kinds.map((one) => kindOf(one).kind),
    ]),
    ...(edition.case_attributes ?? []).flatMap(({ attribute, values }) => [
      attribute,
      ...values.map((one) => codedValueOf(one).value),
    ]),
    ...edition.domains.flatMap(({ standards }) =>
      standards.flatMap(({ code, key_questions: asked = [] }) => [
        code,
        ...asked.flatMap((one) => [one.code, ...(one.prompts ?? []).map((prompt) => prompt.code)]),
      ]),
    ),
  ]),
);
for (const word of ordinary) words.delete(word);

/** Where bands and overall bands begin, and the most points: but those so small that they may be anything. */
const numbers = new Set(
  files.flatMap(({ rules }) =>
    rules.flatMap(
      ({ bands = [], overall_bands: overall = [], counting_standards: counting = [], scores = {} }) => [
        ...bands.map(({ from_percent }) => from_percent),
        ...overall.map(({ from_score }) => from_score),
        Object.keys(counting).length * Math.max(0, ...Object.values(scores)),
      ],
    ),
  ),
);
for (const number of numbers) if (number < 10 || number === 50 || number === 80) numbers.delete(number);

const sources = ['src', 'scripts', 'db/views', 'db/functions', 'db/migrations']
  .flatMap((folder) =>
    readdirSync(path.join(packageFolder, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(folder, file),
    ),
  )
  .filter((file) => /\.(ts|sql)$/.test(file))
  // made from the database
  .filter((file) => !file.endsWith('schema.ts'));

/** The code of a file, without its comments and without what SQL says in comments on its objects. */
function codeOf(file: string): string {
  const text = readFileSync(path.join(packageFolder, file), 'utf8');
  return file.endsWith('.sql')
    ? text.replaceAll(/--.*$/gm, '').replaceAll(/^comment on [\s\S]*?';$/gm, '')
    : text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

describe('outside db/editions', () => {
  test('there is something to look for, and somewhere to look', () => {
    expect([...words]).toEqual(
      expect.arrayContaining(['Good', 'court', 'youth_caution', 'gender', '2.1', '2.1.1.a', 'V1']),
    );
    expect([...numbers].sort()).toEqual([19, 31, 36, 65]);
    expect(sources.length).toBeGreaterThan(300);
  });

  test.each(sources)('%s names nothing of an edition', (file) => {
    const code = codeOf(file);
    const quoted = [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`/g)].map(([, ...said]) =>
      said.find((one) => one !== undefined),
    );
    const found = quoted.filter((one) => one !== undefined && words.has(one));
    // a word of two letters and more that begins with a capital is said nowhere, in an expression either
    const spoken = [...words].filter(
      (word) => /^\p{Lu}\p{L}/u.test(word) && new RegExp(`(?<![\\w])${word}(?![\\w])`).test(code),
    );
    const counted = [...code.matchAll(/(?<![\w.'-])(\d+)(?![\w.%])/g)].map(([, number]) => Number(number));
    // in functions of statistics numbers are coefficients
    const beside = file.startsWith(path.join('db', 'functions'))
      ? []
      : counted.filter((number) => numbers.has(number));
    expect([...found, ...spoken, ...beside]).toEqual([]);
  });
});
