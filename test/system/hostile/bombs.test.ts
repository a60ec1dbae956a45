import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { good2018, refused, testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { someOf } from '../../support/in-full.js';

// Small files that grow, and files that are deep, wide or long: each is refused soon, in a user's words.

const database = testDatabase();
const files = testFolder();
const promptly = 50_000;

const laughs = (levels: number, width: number) =>
  Array.from({ length: levels }, (_, at) => `a${at}: &a${at} [${Array(width).fill(`*a${at - 1}`)}]`).join(
    '\n',
  );

const million = 1_000_000;
const long = 'x'.repeat(9 * million);
const yaml: [string, string][] = [
  ['a billion laughs', `${laughs(10, 9)}\n${good2018}`],
  ['laughs by merge keys', `x: &x {a: 1}\n${'y: &y\n  <<: [*x, *x, *x]\n'}${good2018}sevice: 1\n`],
  ['100,000 aliases', `a: &a {b: 1}\nc: [${'*a, '.repeat(100_000)}1]\n${good2018}`],
  ['100,000 lists in each other', `a: ${'['.repeat(100_000)}`],
  ['100,000 dashes', `a:\n  ${'- '.repeat(100_000)}`],
  ['1,000 steps inward', Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ['100,000 anchors', Array.from({ length: 100_000 }, (_, at) => `k${at}: &a${at} 1`).join('\n')],
  ['a text of 9 MB', `${good2018}about2: "${long}"\nservice2: 1`],
  ['a text of 9 MB in the place of a number', good2018.replace('score: 24', `score: "${long}"`)],
  ['an unknown key of 9 MB', good2018.replace('sample:', `sample:\n  ? ${long}\n  : 1`)],
  ['a key of 4 MB twice', `? ${'x'.repeat(4 * million)}\n: 1\n`.repeat(2)],
  ['a number of 100,000 digits', good2018.replace('score: 24', `score: ${'9'.repeat(100_000)}`)],
  ['100,000 keys that are alike', Array.from({ length: 100_000 }, () => 'service: x').join('\n')],
  [
    'tags',
    good2018.replace('Nobody', '!!js/function "process.exit()"').replace('score: 24', 'score: !!binary aaaa'),
  ],
];
const json: [string, string][] = [
  ['100,000 lists in each other', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['a prototype', '{"__proto__": {"service": "x"}, "constructor": {"prototype": {"service": 1}}}'],
  ['numbers too large', '{"service": 1e999, "edition": -1e999, "report": 1E400}'],
];
const tables: [string, string][] = [
  ['a cell of 9 MB', `case,sample,disposal\n${long},court,referral_order\n`],
  ['a quoted cell of 9 MB that is not closed', `case,sample,disposal\n"${'x\n'.repeat(4 * million)}`],
  ['a million columns', `case,${'x,'.repeat(million)}\n`],
  ['a row of a million cells', `case,sample,disposal\n${'x,'.repeat(million)}\n`],
  ['nulls', `case,sample,disposal\n${'\0'.repeat(million)}\n`],
  ['a million bad rows', `case,sample,disposal\n${'C1,court,x\n'.repeat(300_000)}`],
];

const bundle = {
  'inspection.yaml': good2018,
  'cases.csv': 'case,sample,disposal\nC1,court,referral_order\n',
  'answers.csv': 'case,question,answer\nC1,2.1.1,yes\n',
};
const all = [
  ...yaml.map(([name, text]) => [`YAML: ${name}`, { 'inspection.yaml': text }] as const),
  ...json.map(([name, text]) => [`JSON: ${name}`, { 'inspection.json': text }] as const),
  ...['cases.csv', 'answers.csv'].flatMap((file) =>
    tables.map(([name, text]) => [`${file}: ${name}`, { ...bundle, [file]: text }] as const),
  ),
];

test.each(someOf(all, 20))('%s', { timeout: 120_000 }, async (_, content) => {
  const folder = await files.folder(content);
  const start = performance.now();
  const error = await Promise.race([
    refused(database.db, [folder]),
    pause(promptly, undefined, { ref: false }),
  ]);
  expect(error, 'it hangs').toBeDefined();
  // Nothing of a flood goes to the terminal.
  expect(error?.message.length).toBeLessThan(1000);
  for (const { message } of error?.problems.slice(0, 50) ?? []) expect(message.length).toBeLessThan(2500);
  expect(performance.now() - start).toBeLessThan(promptly);
});

test('a key of 3 MB that is passed over is said in short', async () => {
  const bundle = await files.bundle(`${good2018}? ${'x'.repeat(3 * million)}\n: 1\n`);
  const [done] = await load(database.db, [bundle]);
  expect(done?.notices).toHaveLength(1);
  for (const { message } of done?.notices ?? []) expect(message.length).toBeLessThan(2500);
});
