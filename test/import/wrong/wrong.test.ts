import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openEdition, toEdition } from '../../../src/import/edition/edition-file.js';
import { load } from '../../../src/import/load.js';
import type { UserError } from '../../../src/problem.js';
import { changed, expectPlainWords, good2018, good2021, refused, testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition } from '../../support/editions.js';

// What can be wrong with an inspection file and with an edition: one thing each, and just that is told, where it stands.

interface Wrong {
  from: string;
  to: string;
  says: string;
}

const wrongs = (file: string): [part: string, cases: Wrong[]][] =>
  Object.entries(parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')));

const database = testDatabase();
const files = testFolder();

describe('an inspection file', () => {
  const parts = wrongs('inspection.yaml');
  const goodOf = (part: string) => (part === 'under the 2021 edition' ? good2021 : good2018);
  const fileOf = new Map<Wrong, string>();
  let error: UserError;

  beforeAll(async () => {
    for (const [part, cases] of parts)
      for (const one of cases)
        fileOf.set(one, await files.bundle(changed(goodOf(part), one.from, one.to).text));
    // All in one call: nothing is loaded, and all is told.
    error = await refused(database.db, [...fileOf.values()]);
  });

  test('each is refused, and nothing is loaded', () => {
    expect(error.message).toBe(`${fileOf.size} bundles have problems; nothing was loaded.`);
  });

  describe.each(parts)('%s', (part, cases) => {
    test.each(cases)('$says', (one) => {
      expect(one.to).toContain('▸');
      const { line, column } = changed(goodOf(part), one.from, one.to);
      const file = fileOf.get(one) as string;
      const told = error.problems.filter((problem) => problem.file === file);
      expect(told).toEqual([{ file, line, column, message: one.says }]);
    });
  });

  test('every problem of a file is told, each with its line', async () => {
    const one = changed(good2018, '"3.1": Requires improvement', '▸"3.9": Good');
    const other = changed(one.text, 'score: 24', '▸score: 37');
    const file = await files.bundle(other.text);
    const { message, problems } = await refused(database.db, [file]);
    expect(message).toBe(`${file}: 2 problems; nothing was loaded.`);
    expect(problems.map(({ line }) => line)).toEqual([other.line, one.line]);
  });
});

describe('an edition', () => {
  const told = async (content: Record<string, string>) => {
    const folder = await files.folder(content);
    const error = await openEdition(folder)
      .then(toEdition)
      .then(
        () => new Error('it was read'),
        (reason: UserError) => reason,
      );
    expectPlainWords(error as UserError);
    const { message, problems } = error as UserError;
    return { folder, message, problems };
  };

  describe.each(wrongs('edition.yaml'))('%s', (part, cases) => {
    const file = part === 'questions' ? 'questions' : 'rules';
    test.each(cases)('$says', async ({ from, to, says }) => {
      expect(to).toContain('▸');
      const { text, line, column } = changed(goodEdition[file], from, to);
      const { folder, problems } = await told(editionFiles({ ...goodEdition, [file]: text }));
      expect(problems).toEqual([{ file: path.join(folder, `${file}.yaml`), line, column, message: says }]);
    });
  });

  test.each(['rounding', 'bands'])('first rules without %s', async (rule) => {
    const [first = '', amendment = ''] = goodEdition.rules.split('  - effective_from: "2021-01-01"');
    // the rule and what is indented below it
    const without = first.replace(new RegExp(`^    ${rule}:.*\\n(      .*\\n)*`, 'm'), '');
    const rules = `${without}  - effective_from: "2021-01-01"${amendment}`;
    const { problems } = await told(editionFiles({ ...goodEdition, rules }));
    expect(problems).toMatchObject([
      {
        ...{ line: 5, column: 5 },
        message: `rules of this edition from 2020-01-01: ${rule} missing: give them, or name them under not_known where no source is known`,
      },
    ]);
  });

  test('an amendment that sums overall ratings, of which none has said how', async () => {
    const [first = '', later = ''] = goodEdition.rules.split('    rounding: down\n');
    const judged = first.replace(/ {4}scores:.*overall not rated/s, '    overall: judged');
    const rules = `${judged}    overall: summed\n${later}`;
    const { problems } = await told(editionFiles({ ...goodEdition, rules }));
    const missing =
      'scores, counting_standards, overall_bands, limiting_judgements, unrated_standard missing';
    expect(problems).toMatchObject([
      { message: expect.stringContaining(`rules of this edition from 2021-01-01: ${missing}`) },
    ]);
  });

  test('more questions than any edition has', async () => {
    const prompts = Array.from(
      { length: 6000 },
      (_, at) => `              - {code: "B.1.1.x${at}", text: And?}\n`,
    );
    const questions = goodEdition.questions.replace(
      '            prompts:\n',
      `            prompts:\n${prompts.join('')}`,
    );
    const { problems } = await told(editionFiles({ ...goodEdition, questions }));
    expect(problems).toMatchObject([{ message: 'there are more than 5000 questions' }]);
  });

  test('a good one, and a bundle that answers what it no longer asks: neither is loaded', async () => {
    const folder = await files.folder(editionFiles());
    const bundle = await files.bundle(
      'service: Wigan YOT\nreport: {fieldwork_month: "2021-01"}\nedition: Invented 1\nkey_questions:\n  "B.2.1": {percent_yes: 5}\n',
    );
    const { problems } = await refused(database.db, [folder, bundle]);
    expect(problems).toMatchObject([{ file: bundle, line: 5, message: 'B.2.1 was not asked in 2021-01-01' }]);
    expect(await load(database.db, [folder], { dryRun: true })).toMatchObject([{ outcome: 'loaded' }]);
  });
});
