import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../src/import/load.js';
import { UserError } from '../../src/problem.js';
import { expectPlainWords, good2018, good2021, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../support/editions.js';
import { mutated, mutations } from '../support/mutations.js';

// Whatever a file says: it is loaded, or refused in a user's words. Never an error of the database or of the program.

const database = testDatabase();
const files = testFolder();
const runs = { seed: 20_220_704, numRuns: Number(process.env.IMPORT_RUNS ?? 300) };

let folder: string;
let loaded = 0;
let refused = 0;

beforeAll(async () => {
  folder = await files.folder({
    'inspection.yaml': '',
    'edition/rules.yaml': '',
    'edition/questions.yaml': '',
  });
});
beforeEach(() => {
  loaded = 0;
  refused = 0;
});
// If all were loaded, or all refused, the other half would not have been tried.
afterEach(() => {
  expect(loaded).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(20);
});

/** Loads paths, looks at the result through the views, and takes it back. */
async function tryLoading(...paths: string[]): Promise<void> {
  try {
    await rolledBack(database.db, async (trx) => {
      await load(trx, paths, { newService: true });
      for (const view of ['overall_rating', 'standard_rating', 'context_fact'])
        await sql`select * from ${sql.table(`analytics.${view}`)}`.execute(trx);
    });
    loaded++;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expectPlainWords(error);
    refused++;
  }
}

const file = () => path.join(folder, 'inspection.yaml');

test('an inspection with random changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(good2018, good2021),
      mutations,
      fc.boolean(),
      async (good, changes, asJson) => {
        const changed = mutated(parse(good), changes);
        await writeFile(file(), asJson ? JSON.stringify(changed) : stringify(changed));
        await tryLoading(file());
      },
    ),
    runs,
  );
}, 300_000);

test('the text of an inspection with random cuts and insertions', async () => {
  const pieces = [
    '\t',
    '\n',
    ': ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    '&a ',
    '*a',
    '!!int ',
    '|',
    '>',
    '? ',
    '%YAML 1.1\n---\n',
    '---\n',
    '...\n',
    '<<: ',
    '\0',
    '\\',
    '__proto__: ',
    'null',
    '0',
    '.',
    '\r',
    '\u2028',
    ',',
    '~',
  ];
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.constantFrom('', '0', '7', 'a', ' and ', 'é'));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(good2018, good2021),
      fc.noBias(fc.nat()),
      fc.nat({ max: 3 }),
      piece,
      async (good, at, cut, put) => {
        const start = at % good.length;
        await writeFile(file(), good.slice(0, start) + put + good.slice(start + cut));
        await tryLoading(file());
      },
    ),
    runs,
  );
}, 300_000);

test('an edition with random changes, new or in the place of one that an inspection uses', async () => {
  const good = await files.folder(editionFiles());
  const bundle = await files.bundle(underGoodEdition);
  await load(database.db, [good, bundle]);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('rules' as const, 'questions' as const),
      mutations,
      fc.boolean(),
      async (part, changes, isNew) => {
        const parts = { ...goodEdition, [part]: stringify(mutated(parse(goodEdition[part]), changes)) };
        const rules = isNew ? parts.rules.replace('Invented 1', 'Invented 2') : parts.rules;
        for (const [name, text] of Object.entries(editionFiles({ ...parts, rules })))
          await writeFile(path.join(folder, 'edition', name), text);
        await tryLoading(path.join(folder, 'edition'));
      },
    ),
    runs,
  );
}, 300_000);
