import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../../src/import/load.js';
import { UserError } from '../../../src/problem.js';
import { expectPlainWords, good2018, good2021, testFolder } from '../../support/bundles.js';
import { bundleFiles, smallBundle } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles, goodEdition, underGoodEdition } from '../../support/editions.js';
import { times } from '../../support/in-full.js';

// Whatever a file says: it is loaded, or refused in a user's words. Never an error of the database or of the program.

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  const edition = await files.folder(editionFiles());
  await load(database.db, [edition, await files.bundle(underGoodEdition)]);
});

/** Loads a folder, looks at the result through the views, and takes it back; whether it was loaded. */
async function isLoaded(folder: string): Promise<boolean> {
  try {
    await rolledBack(database.db, async (trx) => {
      await load(trx, [folder], { newService: true });
      for (const view of ['overall_rating', 'standard_rating', 'context_fact'])
        await sql`select * from ${sql.table(`analytics.${view}`)}`.execute(trx);
    });
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expectPlainWords(error);
    return false;
  }
}

type Change = (text: string) => string;

/** Values that files have broken programs with, and some that are right somewhere else. */
const strange: unknown[] = [
  ...[null, true, false, [], {}, [[]], [null], { '': '' }],
  ...[0, -1, 1, 1.5, 101, 32_000, 32_767, 32_768, 2 ** 31, 2 ** 53, 1e21, 1e308, 5e-324],
  ...'§ §0§-§.§\n§\0§a\0b§\ud800§\uffff§💥§北京'.split('§'),
  ...['é'.repeat(90), 'x'.repeat(3000)],
  ...'Good yes 2018 2021 2.1.1 2.1.1.a 3.4 Wigan Barnet null NaN constructor toString'.split(' '),
  ...'0000-01-01 9999-12-31 2021-02-30 2021-13 0000 0000-05 2022-02 2020-01-01 -infinity today'.split(' '),
  ...["'; drop schema public; --", '$1', '%s', '{1,2}', '[1,2)', '\\', 'Wigan YOT'],
];
const keys =
  '2.1.1 2.1.2 2.3.3 3.4.1 3.4.1.a 1.1.1 1.2.5 9.9 4.1 2.1 A.1.1 B.1.1 B.2 yes relevant_cases percent_yes lost cases triage other rating value percent number national_value comparator_value comparator until from prompts __proto constructor'.split(
    ' ',
  );
const place = fc.noBias(fc.nat());

/** A value of a YAML file that is another, stands elsewhere too, under another key or not at all. */
const changedValue = fc
  .record({
    kind: fc.constantFrom('vary', 'vary', 'copy', 'delete', 'replace', 'replace', 'rename', 'repeat'),
    ...{ at: place, other: place },
    value: fc.oneof(fc.constantFrom(...strange), fc.jsonValue({ maxDepth: 2 })),
    key: fc.constantFrom(...keys, '', ' '),
  })
  .map(({ kind, at, other, value, key: newKey }): Change => {
    return (text) => {
      const tree = parse(text);
      const places = placesOf(tree);
      const { parent, key } = places[at % places.length] as Place;
      const copied = places[other % places.length] as Place;
      const before = parent[key];
      if (kind === 'vary') parent[key] = varied(before);
      else if (kind === 'copy') parent[key] = structuredClone(copied.parent[copied.key]);
      else if (kind === 'replace') parent[key] = value;
      else if (Array.isArray(parent)) {
        if (kind === 'delete') parent.splice(Number(key), 1);
        else parent.push(structuredClone(before));
      } else {
        if (kind !== 'repeat') delete parent[key];
        if (kind !== 'delete') parent[newKey] = structuredClone(before);
      }
      return stringify(tree);
    };
  });

interface Place {
  parent: Record<string, unknown>;
  key: string;
}

/** Every place of a tree: what holds it, and under which key. */
const placesOf = (tree: unknown): Place[] =>
  Object.entries(Object(tree) as Place['parent']).flatMap(([key, value]) =>
    typeof tree === 'string' ? [] : [{ parent: tree as Place['parent'], key }, ...placesOf(value)],
  );

/** Another value of the same kind, often as good as the first. */
function varied(value: unknown): unknown {
  if (typeof value === 'number') return value > 0 ? value - 1 : 1;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}0` : value;
}

/** What breaks a text of YAML or a table, and what does no harm in one. */
const pieces =
  '\t§\n§: §- §[§]§{§}§"§\'§#§&a §*a§!!int §|§>§? §,§;§...\n§<<: §\0§\\§__proto__: §.§\r§\u2028§~§%YAML 1.1\n---\n§---\n§§§0§7§a§ and §é§null§yes§no§na§n§\n\n'.split(
    '§',
  );

/** One piece of a text that is cut out, and another put there. */
const cutText = fc
  .record({ at: place, cut: fc.nat({ max: 3 }), put: fc.constantFrom(...pieces) })
  .map(({ at, cut, put }): Change => {
    return (text) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut);
  });

/** Two rows of a table that are exchanged, which says the same. */
const otherOrder = fc.record({ one: place, other: place }).map(({ one, other }): Change => {
  return (text) => {
    const [heading = '', ...rows] = text.trimEnd().split('\n');
    const [first, second] = [one % rows.length, other % rows.length];
    const exchanged = rows.with(first, rows[second] ?? '').with(second, rows[first] ?? '');
    return [heading, ...exchanged, ''].join('\n');
  };
});

const changes = {
  yaml: fc.oneof({ arbitrary: changedValue, weight: 2 }, cutText),
  csv: fc.oneof(cutText, otherOrder),
};

const newEdition = { ...goodEdition, rules: goodEdition.rules.replace('Invented 1', 'Invented 2') };

test.each<[string, Record<string, string>[]]>([
  ['an inspection', [{ 'inspection.yaml': good2018 }, { 'inspection.yaml': good2021 }]],
  ['a bundle with case answers', [bundleFiles(smallBundle())]],
  [
    'an edition, new or in the place of one that an inspection uses',
    [editionFiles(newEdition), editionFiles()],
  ],
])('%s with something changed at random', { timeout: 300_000 }, async (_, good) => {
  const ended = { loaded: 0, refused: 0 };
  const trial = fc.constantFrom(
    ...good.flatMap((one) => Object.keys(one).map((name) => ({ name, good: one }))),
  );
  const change = trial.chain(({ name, good }) => {
    const one = changes[name.endsWith('.csv') ? 'csv' : 'yaml'];
    return fc.record({
      ...{ name: fc.constant(name), good: fc.constant(good) },
      changes: fc.array(one, { minLength: 1, maxLength: 2 }),
    });
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ name, good, changes }) => {
      let text = good[name] as string;
      try {
        for (const one of changes) text = one(text);
      } catch {
        // What is broken already has no values to change.
      }
      const folder = await files.folder({ ...good, [name]: text });
      ended[(await isLoaded(folder)) ? 'loaded' : 'refused']++;
    }),
    { seed: 20_220_704, numRuns: times(40, 120) },
  );
  // If all were loaded, or all refused, the other half would not have been tried.
  expect(ended.loaded).toBeGreaterThan(2);
  expect(ended.refused).toBeGreaterThan(2);
});
