import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/disk/paths.js';
import { knownEditions } from '../../src/import/edition/edition-file.js';
import { fullScore } from '../../src/ratings/rules.js';

// What an edition knows stands in its files and nowhere else: neither SQL nor TypeScript names a sample, a kind of case, an attribute, a
// standard, a question, a rating, a threshold or a maximum of one.

const editions = await knownEditions();

/** Words that are ordinary ones too, and stand for themselves. */
const ordinary = 'other yes no low medium high full children victims V 1 2 3 4'.split(' ');

const words = new Set(
  editions.flatMap(({ ratings, samples, attributes, standards, questions }) => [
    ...ratings,
    ...[...samples].flatMap(([sample, { kinds }]) => [sample, ...kinds.keys()]),
    ...attributes.flatMap(({ name, values }) => [name, ...values.map(({ value }) => value)]),
    ...[...standards.map(({ code }) => code), ...questions.keys()],
  ]),
);
for (const word of ordinary) words.delete(word);

/** Where bands and overall bands begin, and the most points: but those so small that they may be anything. */
const numbers = new Set(
  editions.flatMap(({ rules }) =>
    rules.flatMap((one) => [
      ...one.bands.map(({ fromPercent }) => fromPercent),
      ...one.overallBands.map(({ fromScore }) => fromScore),
      fullScore(one),
    ]),
  ),
);
for (const number of numbers) if (number < 10 || number === 50 || number === 80) numbers.delete(number);

const sources = ['src', 'scripts', 'db/views', 'db/functions', 'db/migrations']
  .flatMap((folder) =>
    readdirSync(path.join(packageFolder, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(folder, file),
    ),
  )
  // schema.ts is made from the database
  .filter((file) => /\.(ts|sql)$/.test(file) && !file.endsWith('schema.ts'));

/** The code of a file, without its comments and without what SQL says in comments on its objects. */
function codeOf(file: string): string {
  const text = readFileSync(path.join(packageFolder, file), 'utf8');
  return file.endsWith('.sql')
    ? text.replaceAll(/--.*$/gm, '').replaceAll(/^comment on [\s\S]*?';$/gm, '')
    : text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

test('outside db/editions nothing names anything of an edition', () => {
  expect([words.has('Good'), words.has('2.1.1.a'), numbers.size, sources.length > 300]).toEqual([
    true,
    true,
    4,
    true,
  ]);
  // a word of two letters and more that begins with a capital is said nowhere, in an expression either
  const capital = [...words].filter((word) => /^\p{Lu}\p{L}/u.test(word));
  const spoken = new RegExp(`(?<![\\w])(?:${capital.join('|')})(?![\\w])`, 'g');
  const found = sources.flatMap((file) => {
    const code = codeOf(file);
    const quoted = [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`/g)].flatMap(([, ...said]) =>
      said.filter((one) => one !== undefined && words.has(one)),
    );
    // in functions of statistics numbers are coefficients
    const counted = file.startsWith(path.join('db', 'functions'))
      ? []
      : [...code.matchAll(/(?<![\w.'-])(\d+)(?![\w.%])/g)].filter(([, one]) => numbers.has(Number(one)));
    const all = [...quoted, ...(code.match(spoken) ?? []), ...counted.map(([one]) => one)];
    return all.map((one) => `${file}: ${one}`);
  });
  expect(found).toEqual([]);
});
