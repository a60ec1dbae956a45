import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../../src/import/load.js';
import { UserError } from '../../../src/problem.js';
import { expectPlainWords, good2018, good2021, testFolder } from '../../support/bundles.js';
import { bundleFiles, smallBundle } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../../support/editions.js';
import { times } from '../../support/in-full.js';
import { mutated, mutations } from '../../support/mutations.js';

// Whatever a file says: it is loaded, or refused in a user's words. Never an error of the database or of the program.

const database = testDatabase();
const files = testFolder();
const runs = { seed: 20_220_704, numRuns: Number(process.env.IMPORT_RUNS ?? times(20, 40)) };

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
  expect(loaded).toBeGreaterThan(2);
  expect(refused).toBeGreaterThan(2);
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

/** What breaks a text of YAML or a table, and what does no harm in one. */
const pieces = fc.constantFrom(
  ...'\t§\n§: §- §[§]§{§}§"§\'§#§&a §*a§!!int §|§>§? §,§;§...\n§<<: §\0§\\§__proto__: §.§\r§\u2028§~'.split(
    '§',
  ),
  ...'%YAML 1.1\n---\n§---\n§§§0§7§a§ and §é§null§yes§no§na§n§\n\n'.split('§'),
);

/** A text with one piece of it cut out, and another put there. */
const patched = fc
  .record({ at: fc.noBias(fc.nat()), cut: fc.nat({ max: 3 }), put: pieces })
  .map(({ at, cut, put }) => (text: string) => {
    const start = at % text.length;
    return text.slice(0, start) + put + text.slice(start + cut);
  });

/** A table with two of its rows exchanged, which says the same. */
const reordered = fc
  .record({ one: fc.noBias(fc.nat()), other: fc.noBias(fc.nat()) })
  .map(({ one, other }) => (text: string) => {
    const [heading, ...rows] = text.trimEnd().split('\n') as [string, ...string[]];
    const [first, second] = [one % rows.length, other % rows.length];
    const exchanged = rows.with(first, rows[second] as string).with(second, rows[first] as string);
    return [heading, ...exchanged, ''].join('\n');
  });

test('a file of a bundle with random cuts and insertions, or its rows in another order', async () => {
  const small = bundleFiles(smallBundle());
  const texts: [name: string, text: string][] = [
    ...[good2018, good2021].map((text): [string, string] => ['inspection.yaml', text]),
    ...Object.entries(small),
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), fc.oneof(patched, reordered), async ([name, text], patch) => {
      const isAlone = text === good2018 || text === good2021;
      await tryLoading(await files.folder({ ...(isAlone ? {} : small), [name]: patch(text) }));
    }),
    { ...runs, numRuns: 3 * runs.numRuns },
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
