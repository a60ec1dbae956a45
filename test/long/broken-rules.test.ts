import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DB } from '../../src/database/schema.js';
import { dbPath, packageFolder } from '../../src/disk/paths.js';
import type { EditionDocument } from '../../src/framework/framework.js';
import { load } from '../../src/import/load.js';
import type { rateInspection } from '../../src/ratings/inspection.js';
import { type Compared, compareSqlAndTypescript } from '../../src/reconcile/sql-and-typescript.js';
import { editionOfBatch, inspectionOfBatch } from '../support/agreement-batch.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';
import { editionOfFile, writeEdition } from '../support/edition-of-file.js';
import { plain } from '../support/random-edition.js';
import { type RandomInspection, writeRandomInspections } from '../support/random-inspection.js';
import { renew } from '../support/renew.js';

// Each rule is stated in the views and in src/ratings. Broken in one of them, it has to be seen in the public views, held against
// the other; that they agree would prove little otherwise.

const database = testDatabase();
const files = testFolder();
const seed = 7;
const editions = 36;
const inspections = 8;
let db: Kysely<DB>;

beforeAll(async () => {
  db = database.db;
  await db.transaction().execute(async (trx) => {
    for (let batch = 0; batch < editions; batch++) {
      const written = await writeEdition(trx, edition(batch));
      const all = Array.from({ length: inspections }, (_, number) => {
        const drawn = inspectionOfBatch({ seed, batch, inspections }, number);
        return number % 3 === 0 ? withoutRelevantCases(drawn) : drawn;
      });
      await writeRandomInspections(trx, written, all, batch * inspections);
    }
    await renew(trx);
  });
  const editionFile = (file: string) => readFile(path.join(packageFolder, 'test', 'editions', file), 'utf8');
  const folder = await files.folder({
    'rules.yaml': await editionFile('two-programmes.yaml'),
    'questions.yaml': await editionFile('two-programmes-questions.yaml'),
  });
  // what is judged is as low as what is counted, or lower than that
  const texts = [judgedLow('2040-05-07', 12), judgedLow('2040-06-07', 13), smallSample('2040-07-07')];
  const bundles = texts.map((text) => files.bundle(text));
  await load(db, [folder, ...(await Promise.all(bundles))]);
  await sql`analyze`.execute(db);
}, 120_000);

const unratedRules = ['overall not rated', 'bands in proportion', 'counts as lowest'] as const;

/** An edition in which every standard counts, some of them more than once; of three, one has each rule for unrated standards. */
function edition(number: number): EditionDocument {
  const whole = editionOfBatch({ seed, batch: Math.floor(number / 3), inspections });
  const drawn = number % 4 === 1 ? plain(whole) : whole;
  const document = editionOfFile({ ...drawn, edition: `random ${number}` });
  const rules = document.rules.map((one) => {
    const programme = document.programmes.find(({ name }) => name === one.programme);
    const countingStandards = programme?.standards ?? [];
    return {
      ...{ ...one, countingStandards },
      weights: Object.fromEntries(countingStandards.map((code, at) => [code, 1 + (at % 3)])),
      // enough of them summed for every rule of the sum to come up
      ...(number % 4 < 2 && { overall: 'summed' as const }),
      // a sum of which nobody knows where its bands begin
      ...(number % 8 === 5 && { overallBands: [] }),
      // nor what percentages are taken of, without which there are no bands
      ...(number % 8 === 7 && { percentageBase: {}, bands: [] }),
      unratedStandard: unratedRules[number % 3] as (typeof unratedRules)[number],
    };
  });
  return { ...document, rules };
}

/** An inspection under the edition of two programmes: 65% is Good and 64% is Fair, and one answer of twenty is 5%. */
const judgedLow = (day: string, yes: number) => `synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "${day}"}
edition: "2040"
samples: {community: {cases: 20}}
judgements: {O1: Good}
key_questions:
  C1.1: {relevant_cases: 20, yes: 20}
  C1.2: {rating: Fair}
  C1.3: {relevant_cases: 20, yes: ${yes}}
`;

/** As many cases as are a small sample there; how many were relevant nobody knows. */
const smallSample = (day: string) =>
  judgedLow(day, 0)
    .replace('cases: 20', 'cases: 2')
    .replaceAll(/relevant_cases: 20, yes: \d+/g, 'percent_yes: 50');

/** The same inspection with every judged standard rated, and no relevant case for any other: what is left is a smaller maximum. */
const withoutRelevantCases = (drawn: RandomInspection): RandomInspection => ({
  ...drawn,
  fieldworkStart: drawn.fieldworkStart ?? '2021-01-02',
  answered: [false, false],
  questions: drawn.questions.map((one) => ({ ...one, known: 'not applicable' })),
  standards: drawn.standards.map((_, at) => ({ judged: at, decided: null, published: null })),
  overall: drawn.overall ?? 1,
});

test('unbroken, the two agree', async () => {
  expect((await compareSqlAndTypescript(db)).differences).toEqual([]);
});

interface Broken {
  rule: string;
  file: string;
  right: string;
  wrong: string;
}

const broken = async (list: string): Promise<Broken[]> =>
  parse(await readFile(path.join(packageFolder, 'test', 'long', 'broken-rules', list), 'utf8'));

/** How many cells differ; that they can't be computed at all is seen as well. */
const differing = (compared: Promise<Compared>): Promise<number> =>
  compared.then(
    ({ differences }) => differences.length,
    () => 1,
  );

/** The text of a file with one of its rules broken. */
async function brokenText(file: string, { right, wrong }: Broken): Promise<string> {
  const text = await readFile(file, 'utf8');
  expect(text.split(right)).toHaveLength(2);
  return text.replace(right, () => wrong);
}

describe('a rule that is broken in SQL is seen in the public views:', async () => {
  test.each(await broken('in-sql.yaml'))('$rule', async (one) => {
    const text = await brokenText(dbPath(one.file), one);
    await rolledBack(db, async (trx) => {
      await sql.raw(text.replaceAll(/^create (view|function)/gm, 'create or replace $1')).execute(trx);
      const rated = sql`select rating.rate_edition(edition_code) from core.edition`.execute(trx);
      expect(await differing(rated.then(() => compareSqlAndTypescript(trx)))).toBeGreaterThan(0);
    });
  });
});

describe('a rule that is broken in TypeScript is seen when the two are held against each other:', async () => {
  const folder = path.join(packageFolder, 'node_modules', '.broken-rules');
  beforeAll(() => mkdir(folder, { recursive: true }));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(await broken('in-typescript.yaml'))('$rule', async (one) => {
    const copy = path.join(folder, one.rule.replaceAll(/\W+/g, '-') + one.file);
    for (const needed of ['ratings', 'words', 'days.ts', 'vocabulary.ts'])
      await cp(path.join(packageFolder, 'src', needed), path.join(copy, needed), { recursive: true });
    const file = path.join(copy, 'ratings', one.file);
    await writeFile(file, await brokenText(file, one));
    const engine: { rateInspection: typeof rateInspection } = await import(
      path.join(copy, 'ratings', 'inspection.ts')
    );
    const compared = compareSqlAndTypescript(db, undefined, engine.rateInspection);
    expect(await differing(compared)).toBeGreaterThan(0);
  });
});
