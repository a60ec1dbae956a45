import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Kysely, sql, type Transaction } from 'kysely';
import { connect } from '../src/database/connect.js';
import type { DB } from '../src/database/schema.js';
import { keptDifferences } from '../src/queries/kept-differences.js';
import { compareSqlAndTypescript } from '../src/reconcile/sql-and-typescript.js';
import { whyEquivalent } from './mutants/equivalents.js';
import {
  copyProject,
  fileNames,
  type Ground,
  makeDatabases,
  names,
  remakeTestDatabase,
  withGround,
} from './mutants/ground.js';
import { chosen, type Mutant, mutantsOf } from './mutants/rules.js';
import { type Failed, orderOf, type Stage, type TestRunner, testRunner } from './mutants/tests.js';

// Breaks views, functions and rating rules on purpose, one place at a time, and tells which of it the tests notice:
//   npx tsx scripts/mutants.ts --count 120 --seed 1
// A broken view is first held against the TypeScript computation and what is kept, as test/agreement and test/results do it, in a
// transaction. What that does not see goes to the tests: first those that speak of the view (or of one that stands on it), then
// the others of the folders that scripts/mutants/tests.ts names, until one fails. All of it happens in a scratch copy of the project
// and in databases that are dropped afterwards, on the embedded server or that of DATABASE_URL. Exit 1 when one survives.
// Mutants that change nothing that could ever be seen are listed in scripts/mutants/equivalents.ts, each with the reason.
// --from begins with a later one of the same order: runs from 1 to 60 and from 61 to 120 are the run of 120.
// --stages says how far it goes: 0 compares only, 1 runs the tests that speak of the file itself, 4 all; --only takes a part of the files.
const { values: given } = parseArgs({
  options: {
    count: { type: 'string', default: '120' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '600' },
    only: { type: 'string' },
    stages: { type: 'string', default: '4' },
  },
});
const [count, seed] = [Number(given.count), Number(given.seed)];
const until = performance.now() + 60_000 * Number(given.minutes);

/** By what a mutant was seen, and at which stage; a survivor has no stage. */
interface Seen {
  by: string;
  at: string;
}

interface Verdict {
  mutant: Mutant;
  seen: Seen | undefined;
  equivalent: string | undefined;
}

async function main(ground: Ground): Promise<void> {
  await copyProject(ground);
  const rich = await makeDatabases(ground);
  const checks = await fileNames(ground, 'test', /\.test\.ts$/);
  const texts = new Map(
    await Promise.all(checks.map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  );
  const sources = [
    ...(await fileNames(ground, 'db/views', /\.sql$/)),
    ...(await fileNames(ground, 'db/functions', /\.sql$/)),
    ...(await fileNames(ground, 'src/ratings', /\.ts$/)),
  ].filter((file) => given.only === undefined || new RegExp(given.only).test(file));
  const byFile = new Map<string, Mutant[]>();
  for (const file of sources) byFile.set(file, mutantsOf(file, await readFile(file, 'utf8')));
  const views = new Map(
    await Promise.all(
      [...byFile.keys()]
        .filter((file) => file.endsWith('.sql'))
        .map(async (file) => [file, await readFile(file, 'utf8')] as const),
    ),
  );

  const tests = await testRunner(ground);
  const verdicts: Verdict[] = [];
  let [unmade, before] = [0, 0];
  for (const mutant of chosen(byFile, seed)) {
    if (before + verdicts.length >= count || performance.now() > until) break;
    const isSql = mutant.file.endsWith('.sql');
    const isBefore = before < Number(given.from) - 1;
    const atOnce = isSql ? await seenAtOnce(rich, mutant, !isBefore) : undefined;
    if (atOnce === 'not made') {
      unmade++;
      continue;
    }
    if (isBefore) {
      before++;
      continue;
    }
    const equivalent = whyEquivalent(mutant);
    const seen = atOnce
      ? { by: atOnce, at: 'at once' }
      : equivalent
        ? undefined
        : await seenByTests(ground, tests, mutant, orderOf(mutant, texts, views, Number(given.stages)));
    verdicts.push({ mutant, seen, equivalent });
    const verdict = seen ? `killed ${seen.at} by ${seen.by}` : equivalent ? 'equivalent' : survival;
    console.log(
      `${before + verdicts.length} after ${Math.round(performance.now() / 1000)} s: ${verdict}: ${mutant.file}:${mutant.line} ${mutant.rule}`,
    );
    if (!seen) console.log(`  - ${mutant.before}\n  + ${mutant.after}`);
  }
  await tests.close();
  await rich.destroy();
  await report(verdicts, unmade);
}

/** Views that the server refuses are no mutants; the others are held against the other computation, and against what is kept. */
async function seenAtOnce(db: Kysely<DB>, mutant: Mutant, isCompared: boolean): Promise<string | undefined> {
  let result: string | undefined;
  await db
    .transaction()
    .execute(async (trx) => {
      try {
        await sql.raw(replacing(mutant.text)).execute(trx);
      } catch {
        result = 'not made';
        throw new TakeBack();
      }
      // layers above do not come into the computation
      if (!isCompared || /views\/[56]/.test(mutant.file)) throw new TakeBack();
      try {
        result = await differing(trx);
      } catch (error) {
        result = `an error (${(error as Error).message.split('\n')[0]})`;
      }
      throw new TakeBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakeBack)) throw error;
    });
  return result;
}

class TakeBack extends Error {}

async function differing(trx: Transaction<DB>): Promise<string | undefined> {
  await sql`set local statement_timeout = '20s'`.execute(trx);
  const { differences } = await compareSqlAndTypescript(trx);
  if (differences.length > 0) return 'agreement';
  const kept = (await keptDifferences(trx)).filter(({ inspection_id }) => inspection_id < 100_000);
  return kept.length > 0 ? 'what is kept' : undefined;
}

/** Makes the change in the scratch project and in the database that tests clone, and runs tests until one fails. */
async function seenByTests(
  ground: Ground,
  tests: TestRunner,
  mutant: Mutant,
  order: Stage[],
): Promise<Seen | undefined> {
  const file = path.join(ground.project, mutant.file);
  const right = await readFile(file, 'utf8');
  let suspect: (Failed & { at: string }) | undefined;
  await remakeTestDatabase(ground);
  if (mutant.file.endsWith('.sql')) {
    const db = connect(ground.databaseUrl(names.test), { max: 1 });
    await sql.raw(replacing(mutant.text)).execute(db);
    await db.destroy();
  }
  await writeFile(file, mutant.text);
  try {
    for (const { name, tests: some } of order) {
      const failed = await tests.run(
        some.filter((test) => !distrusted.has(test)),
        file,
      );
      if (!failed) continue;
      if (trusted.has(failed.file)) return { by: failed.test, at: name };
      suspect = { ...failed, at: name };
      break;
    }
  } finally {
    await writeFile(file, right);
    tests.forget(file);
  }
  if (!suspect) return undefined;
  // a test that fails without any change proves nothing
  await remakeTestDatabase(ground);
  const again = await tests.run([suspect.file], file);
  if (again) {
    console.log(`left out, because it fails as things are: ${again.test}: ${again.message.split('\n')[0]}`);
    distrusted.add(suspect.file);
    return seenByTests(ground, tests, mutant, order);
  }
  trusted.add(suspect.file);
  return { by: suspect.test, at: suspect.at };
}

// without tests a mutant has only not been seen yet
const survival = Number(given.stages) > 0 ? 'SURVIVED' : 'NOT SEEN AT ONCE';

/** Test files that were seen to pass when nothing is changed, and those that were not. */
const [trusted, distrusted] = [new Set<string>(), new Set<string>()];

const replacing = (text: string) => text.replace(/^create (view|function)/m, 'create or replace $1');

async function report(verdicts: readonly Verdict[], unmade: number): Promise<void> {
  const files = new Map<string, Verdict[]>();
  for (const verdict of verdicts)
    files.set(verdict.mutant.file, [...(files.get(verdict.mutant.file) ?? []), verdict]);
  for (const [file, all] of [...files].sort())
    console.log(`${file}: ${all.filter(({ seen }) => seen).length} of ${all.length} killed`);
  const stages = new Map<string, number>();
  for (const { seen } of verdicts) if (seen) stages.set(seen.at, (stages.get(seen.at) ?? 0) + 1);
  for (const [stage, number] of stages) console.log(`killed ${stage}: ${number}`);
  const killed = verdicts.filter(({ seen }) => seen).length;
  const equivalent = verdicts.filter((verdict) => !verdict.seen && verdict.equivalent).length;
  const survived = verdicts.length - killed - equivalent;
  console.log(
    `${verdicts.length} mutants of ${files.size} files, seed ${seed}: ${killed} killed, ${equivalent} equivalent, ` +
      `${survived} ${survival.toLowerCase()}; ${unmade} more were not made, because the server refused them`,
  );
  // a test that failed, as it should, has set it
  process.exitCode = survived > 0 ? 1 : 0;
}

await withGround(main);
