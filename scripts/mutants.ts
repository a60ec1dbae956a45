import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Kysely, sql, type Transaction } from 'kysely';
import { createVitest } from 'vitest/node';
import { connect } from '../src/database/connect.js';
import { openDatabase } from '../src/database/open.js';
import type { DB } from '../src/database/schema.js';
import { writeEdition } from '../src/import/edition/write-edition.js';
import { loadBundled } from '../src/import/load.js';
import { packageFolder } from '../src/paths.js';
import { keptDifferences } from '../src/queries/kept-differences.js';
import { compareSqlAndTypescript } from '../src/reconcile/sql-and-typescript.js';
import { editionOfBatch, inspectionOfBatch } from '../test/support/agreement-batch.js';
import { loadProgramme } from '../test/support/programme.js';
import { writeRandomInspection } from '../test/support/random-inspection.js';
import { whyEquivalent } from './mutant-equivalents.js';
import { chosen, type Mutant, mutantsOf } from './mutant-rules.js';

// Breaks views, functions and rating rules on purpose, one place at a time, and tells which of it the tests notice:
//   npx tsx scripts/mutants.ts --count 120 --seed 1
// A broken view is first held against the TypeScript computation and what is kept, as test/agreement and test/results do it, in a
// transaction. What that does not see goes to the tests: first those that speak of the view (or of one that stands on it), then
// the others of the folders below, until one fails. All of it happens in a scratch copy of the project and in databases that are
// dropped afterwards, on the embedded server or that of DATABASE_URL. Exit 1 when one survives.
// Mutants that change nothing that could ever be seen are listed in scripts/mutant-equivalents.ts, each with the reason.
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

const folders =
  /^test\/(agreement|analysis|editions|history|inspections|queries|ratings|results|schema|small-numbers|spec|trends)\/|import\/ratings-table\/views/;
// they look at texts, at whether a file has changed, or at what is refused
const leftOut =
  /schema\/(refusals|migrat|large-tables|wrong-rows|register|reader|catalogue|views|view-readers)|bundled-files/;
// what they see in views that they do not speak of, the comparison at once sees too
const takesLong =
  /sql-and-typescript|agreement\/batches|what-if\/properties|distance-agreement|brute-force|recovery|kept/;

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

/** Tests that are run together, unless an earlier stage has seen the mutant. */
interface Stage {
  name: string;
  tests: string[];
}

const project = await mkdtemp(path.join(tmpdir(), 'yot-ratings-mutants-'));
const server = await openDatabase();
const admin = connect(server.url, { max: 1 });
const names = {
  rich: `mutants_rich_${process.pid}`,
  plain: `mutants_plain_${process.pid}`,
  test: `mutants_test_${process.pid}`,
};
const databaseUrl = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
async function main(): Promise<void> {
  await copyProject();
  const rich = await makeDatabases();
  const checks = await fileNames('test', /\.test\.ts$/);
  const texts = new Map(
    await Promise.all(checks.map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  );
  const sources = [
    ...(await fileNames('db/views', /\.sql$/)),
    ...(await fileNames('db/functions', /\.sql$/)),
    ...(await fileNames('src/ratings', /\.ts$/)),
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

  const tests = await testRunner();
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
        : await seenByTests(tests, mutant, orderOf(mutant, texts, views));
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
async function seenByTests(tests: TestRunner, mutant: Mutant, order: Stage[]): Promise<Seen | undefined> {
  const file = path.join(project, mutant.file);
  const right = await readFile(file, 'utf8');
  let suspect: (Failed & { at: string }) | undefined;
  await dropDatabase(names.test);
  await sql`create database ${sql.id(names.test)} template ${sql.id(names.plain)}`.execute(admin);
  if (mutant.file.endsWith('.sql')) {
    const db = connect(databaseUrl(names.test), { max: 1 });
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
  await dropDatabase(names.test);
  await sql`create database ${sql.id(names.test)} template ${sql.id(names.plain)}`.execute(admin);
  const again = await tests.run([suspect.file], file);
  if (again) {
    console.log(`left out, because it fails as things are: ${again.test}: ${again.message.split('\n')[0]}`);
    distrusted.add(suspect.file);
    return seenByTests(tests, mutant, order);
  }
  trusted.add(suspect.file);
  return { by: suspect.test, at: suspect.at };
}

interface Failed {
  file: string;
  test: string;
  message: string;
}

// without tests a mutant has only not been seen yet
const survival = Number(given.stages) > 0 ? 'SURVIVED' : 'NOT SEEN AT ONCE';

/** Test files that were seen to pass when nothing is changed, and those that were not. */
const [trusted, distrusted] = [new Set<string>(), new Set<string>()];

/** Tests that speak of what was changed; those that speak of what stands on it; the others. */
function orderOf(
  { file }: Mutant,
  texts: ReadonlyMap<string, string>,
  views: ReadonlyMap<string, string>,
): Stage[] {
  const all = [...texts.keys()].filter((test) => folders.test(test) && !leftOut.test(test));
  const above = new Set([file]);
  for (const one of above)
    for (const [other, text] of views)
      if (new RegExp(`\\b(rating|analytics)\\.${base(one)}\\b`).test(text)) above.add(other);
  const speaking = (files: Iterable<string>) => {
    const words = [...files].map(base).flatMap((name) => [name, camel(name)]);
    return all.filter((test) =>
      words.some((word) => new RegExp(`\\b${word}\\b`).test(texts.get(test) ?? '')),
    );
  };
  const first = file.endsWith('.ts')
    ? all.filter((test) =>
        /test\/(ratings\/(percentage|what-if\/(?!bundled|properties))|spec|agreement\/batches|analysis\/distance-agreement)/.test(
          test,
        ),
      )
    : speaking([file]);
  const second = speaking(above).filter((test) => !first.includes(test));
  const rest = all.filter((test) => !first.includes(test) && !second.includes(test) && !takesLong.test(test));
  const quick = first.filter((test) => !takesLong.test(test));
  const slow = first.filter((test) => takesLong.test(test));
  return [
    { name: 'by tests that speak of it', tests: quick },
    { name: 'by long tests that speak of it', tests: slow },
    { name: 'by tests of what stands on it', tests: second },
    { name: 'by the other tests', tests: rest },
  ]
    .slice(0, Number(given.stages))
    .flatMap(({ name, tests }) => inParts(tests).map((some) => ({ name, tests: some })));
}

/** Milliseconds that a test file has taken. */
const took = new Map<string, number>();

/** No run of tests is cut off when one fails: the quickest come first, a few by themselves. */
function inParts(tests: readonly string[]): string[][] {
  const sorted = [...tests].sort((a, b) => (took.get(a) ?? 0) - (took.get(b) ?? 0));
  return [sorted.slice(0, 6), sorted.slice(6)].filter((some) => some.length > 0);
}

const base = (file: string) => path.basename(file).replace(/\.\w+$/, '');
const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const replacing = (text: string) => text.replace(/^create (view|function)/m, 'create or replace $1');

type TestRunner = Awaited<ReturnType<typeof testRunner>>;

/** One vitest for all mutants: what did not change is read once. */
async function testRunner() {
  process.env.TEST_DATABASE_URL = server.url;
  process.env.TEST_TEMPLATE = names.test;
  process.chdir(project);
  const vitest = await createVitest('test', {
    root: project,
    watch: false,
    // reading all that the tests import takes longer than most tests; a mutant gets a worker of its own, which its test files share
    isolate: false,
    maxWorkers: 1,
    // what hangs is seen too
    testTimeout: 60_000,
    reporters: [{}],
  });
  await vitest.standalone();
  const known = await vitest.globTestSpecifications([]);
  return {
    /** The first test that fails, or cannot be run; undefined when none does. */
    async run(files: string[], changed: string): Promise<Failed | undefined> {
      vitest.invalidateFile(changed);
      const wanted = known.filter(({ moduleId }) => files.includes(path.relative(project, moduleId)));
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted);
      // those of earlier runs are given too
      const ran = testModules.filter(({ moduleId }) => wanted.some((one) => one.moduleId === moduleId));
      for (const module of ran)
        took.set(path.relative(project, module.moduleId), module.diagnostic().duration);
      for (const module of ran) {
        const file = path.relative(project, module.moduleId);
        const [test] = module.children.allTests('failed');
        const [error] = test?.result().errors ?? module.errors();
        const message = error?.message ?? '';
        if (test) return { file, test: `${file}: ${test.fullName}`, message };
        if (module.state() === 'failed') return { file, test: `${file}, which cannot begin`, message };
      }
      return unhandledErrors.length > 0
        ? { file: 'an error', test: 'an error', message: String(unhandledErrors[0]) }
        : undefined;
    },
    forget: (file: string) => vitest.invalidateFile(file),
    close: () => vitest.close(),
  };
}

async function copyProject(): Promise<void> {
  process.chdir(packageFolder);
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  for (const file of files) {
    await mkdir(path.join(project, path.dirname(file)), { recursive: true });
    await cp(file, path.join(project, file)).catch(() => {});
  }
  for (const folder of ['node_modules', 'dist'])
    await symlink(path.join(packageFolder, folder), path.join(project, folder));
}

/** The bundled inspections, which tests clone; and the same with drawn inspections beside them. */
async function makeDatabases(): Promise<Kysely<DB>> {
  await sql`create database ${sql.id(names.plain)}`.execute(admin);
  process.env.YOT_RATINGS_READER_PASSWORD = 'reader-of-the-tests';
  const plain = await openDatabase(databaseUrl(names.plain));
  await loadBundled(plain.db);
  await plain.close();
  await sql`create database ${sql.id(names.rich)} template ${sql.id(names.plain)}`.execute(admin);
  const rich = connect(databaseUrl(names.rich), { max: 2 });
  await loadProgramme({ db: rich, url: databaseUrl(names.rich) }, { inspections: 8 });
  for (let batch = 0; batch < 4; batch++) {
    const drawn = { seed: 1, batch, inspections: 25 };
    const edition = { ...editionOfBatch(drawn), edition: `random ${batch}` };
    await rich.transaction().execute(async (trx) => {
      await writeEdition(trx, edition);
      for (let number = 0; number < drawn.inspections; number++)
        await writeRandomInspection(trx, edition, inspectionOfBatch(drawn, number), 100 * batch + number);
    });
  }
  await sql`analyze`.execute(rich);
  return rich;
}

async function fileNames(folder: string, wanted: RegExp): Promise<string[]> {
  const found = await readdir(path.join(project, folder), { recursive: true });
  return found
    .filter((file) => wanted.test(file))
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .sort();
}

async function dropDatabase(name: string): Promise<void> {
  await sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin);
}

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
  if (survived > 0) process.exitCode = 1;
}

try {
  await main();
} finally {
  for (const name of Object.values(names)) await dropDatabase(name);
  await admin.destroy();
  await server.close();
  await rm(project, { recursive: true, force: true });
}
