import { createHash } from 'node:crypto';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.js';
import { type EmbeddedServer, embeddedServer } from '../../../src/database/embedded/server.js';
import type { DB } from '../../../src/database/schema.js';
import { type Ended, serverProcess, startCommand, temporaryFolders } from '../../support/command.js';
import { isInFull, times } from '../../support/in-full.js';
import { loadedHome } from '../../support/loaded-home.js';
import { withDatabaseName } from '../../support/server.js';

// KILL_SEED chooses other moments; otherwise they are the same shares of a load's duration in every run.
const seed = Number(process.env.KILL_SEED ?? 1);
const loaderKills = times(1, 20);
const serverKills = times(1, 10);
/** In full so many at once, which are copied into a part of core.answer of their own; fewer are loaded in bulk without; else what is loaded one by one. */
const inspections = times(6, 34);
const changedAtOnce = 22;
const oneByOne = 6;
/** How long a load may go on after its server was killed, in milliseconds. */
const promptly = 30_000;
/** Each trial is three loads or more, on a machine that others may use as well. */
const patient = { timeout: 180_000 };

const folder = temporaryFolders();

/** What an inspection's tables say, or what is stored of it: its cases, and a digest of who answered yes or no to what. */
interface Said {
  cases: number;
  digest: string;
}

/** What is to be killed: a load of many bundles or of some, as new inspections or in the place of older states. */
interface Undertaking {
  name: string;
  isBulk: boolean;
  isReplacing: boolean;
  bundles: number;
  /** Until the first bundle is read, and in all, when nobody disturbs it: in milliseconds. */
  time: { start: number; whole: number };
}

const undertakings: Undertaking[] = [
  { name: 'many new inspections at once', isBulk: true, isReplacing: false, bundles: inspections },
  { name: 'some new inspections one by one', isBulk: false, isReplacing: false, bundles: oneByOne },
  { name: 'many changed inspections at once', isBulk: true, isReplacing: true, bundles: changedAtOnce },
  { name: 'some changed inspections one by one', isBulk: false, isReplacing: true, bundles: oneByOne },
]
  .filter(({ isBulk, isReplacing }) => isInFull() || !(isBulk || isReplacing))
  .map((one) => ({ ...one, time: { start: 0, whole: 0 } }));

let home: string;
let server: EmbeddedServer;
/** Folders of the same bundles: as they are first, and with one answer changed in each. */
const folders = { before: '', after: '' };
let names: string[] = [];
const said = { before: new Map<string, Said>(), after: new Map<string, Said>() };
/** Answers that an undisturbed load stores of each inspection, those among them that need not be said. */
const answers = new Map<string, number>();
/** What moments were met, for the reader of the test's output. */
const met: string[] = [];

beforeAll(async () => {
  [home, folders.before, folders.after] = [await folder(await loadedHome()), await folder(), await folder()];
  await simulate();
  server = await embeddedServer(home);
  await keepAs('empty');
  const whole = await load([folders.before]);
  expect(whole.code, whole.stderr).toBe(0);
  for (const [name, { answers: stored }] of await withDatabase(storedInspections)) answers.set(name, stored);
  if (undertakings.some(({ isReplacing }) => isReplacing)) {
    await restore({ isReplacing: false });
    const some = await load(names.slice(0, changedAtOnce).map((name) => path.join(folders.before, name)));
    expect(some.code, some.stderr).toBe(0);
    await keepAs('filled');
  }
  for (const one of undertakings) {
    await restore(one);
    const started = await timed(['--dry-run', path.join(folders.before, names[0] as string)]);
    const done = await timed(pathsOf(one));
    one.time = { start: started.time * 0.9, whole: done.time };
    expect(done.code, done.stderr).toBe(0);
    expect(await stateOf(one)).toBe('all of it');
  }
}, 300_000);

afterAll(async () => {
  console.log([`KILL_SEED=${seed}`, ...met].join('\n'));
  await server?.release();
});

describe('a loader that is killed leaves every inspection whole', () => {
  test.each(moments(loaderKills, seed))('at $share of $name', patient, async ({ undertaking: one, at }) => {
    await restore(one);
    const loader = startCommand(['load', ...pathsOf(one)], surroundings(true));
    await pause(momentOf(one, at));
    loader.kill('SIGKILL');
    await loader.ended;
    await everythingIsWhole(one, `loader, ${one.name}`);
  });
});

describe('a server that is killed ends its loader with one message, and leaves every inspection whole', () => {
  test.each(moments(serverKills, seed + 1))(
    'at $share of $name',
    patient,
    async ({ undertaking: one, at, nth }) => {
      await restore(one, true);
      // Half of them know of the embedded server, half take it for a server of the user's own.
      const loader = startCommand(['load', ...pathsOf(one)], surroundings(nth % 2 === 0));
      await pause(momentOf(one, at));
      process.kill((await serverProcess(home)) as number, 'SIGKILL');
      const killed = performance.now();
      const { code, stderr } = await Promise.race([
        loader.ended,
        pause(promptly, { code: null, stderr: 'it goes on', stdout: '' }, { ref: false }),
      ]);
      const took = Math.round(performance.now() - killed);
      const message = stderr.replaceAll(/^\d+ of \d+ bundles.*\n/gm, '');
      // It may have been done by then.
      if (code !== 0) {
        expect({ code, message }).toEqual({
          code: 3,
          message: expect.stringMatching(/^The database (.* can't be reached: |has gone away: ).*\.\n$/),
        });
      }
      server = await embeddedServer(home);
      await everythingIsWhole(one, `server, ${one.name}: loader ended with ${code} after ${took} ms`);
    },
  );
});

/** Moments spread over undertakings in turn: each a random one of its share of the time. */
function moments(count: number, from: number) {
  const dice = diceOf(from);
  return Array.from({ length: count }, (_, nth) => {
    const undertaking = undertakings[nth % undertakings.length] as Undertaking;
    const at = (Math.floor(nth / undertakings.length) + dice()) / Math.ceil(count / undertakings.length);
    return { nth, undertaking, name: undertaking.name, at, share: `${Math.round(at * 100)}%` };
  });
}

const momentOf = ({ time: { start, whole } }: Undertaking, at: number) => start + at * (whole - start);

/** Expects that no inspection is halfway, and that the same load, run again, does what is left. */
async function everythingIsWhole(one: Undertaking, what: string): Promise<void> {
  const state = await stateOf(one);
  met.push(`${what}: ${state} was there`);
  const { code, stderr } = await load(pathsOf(one));
  expect(code, stderr).toBe(0);
  expect(await stateOf(one)).toBe('all of it');
}

/** Expects that every inspection is as the files said before, or as they say now; returns how many are as they say now. */
async function stateOf({ isBulk, isReplacing, bundles }: Undertaking): Promise<string> {
  return withDatabase(async (db) => {
    await nothingIsWrong(db);
    const stored = await storedInspections(db);
    const loads = await loadsOf(db);
    const [target, old] = isReplacing ? [said.after, said.before] : [said.before, new Map<string, Said>()];
    const concerned = names.slice(0, bundles);
    for (const name of stored.keys()) expect(names).toContain(name);
    let done = 0;
    for (const name of names) {
      const found = stored.get(name);
      const isDone = concerned.includes(name) && found?.digest === target.get(name)?.digest;
      if (isDone) done++;
      const isThere = isDone || names.indexOf(name) < (isReplacing ? changedAtOnce : 0);
      const wanted = isThere ? (isDone ? target : old).get(name) : undefined;
      expect(found, name).toEqual(wanted && { ...wanted, answers: answers.get(name) ?? found?.answers });
      expect(loads.get(name) ?? 0, `${name}: loads on record`).toBe(
        Number(isThere) + Number(isDone && isReplacing),
      );
    }
    if (isBulk) expect([0, bundles]).toContain(done);
    return done === concerned.length
      ? 'all of it'
      : done === 0
        ? 'nothing of it'
        : `${done} of ${concerned.length}`;
  });
}

/** By inspection: how many loads of it are on record. */
async function loadsOf(db: Kysely<DB>): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string | null; loads: number }>`
    select inspection_code as name, count(*)::int as loads
    from core.load
    left join core.inspection using (inspection_id)
    where kind = 'inspection' and (is_synthetic or inspection_code is null)
    group by 1`.execute(db);
  // A record without its inspection would be one of none.
  expect(rows.filter(({ name }) => name === null)).toEqual([]);
  return new Map(rows.map(({ name, loads }) => [name as string, loads]));
}

async function storedInspections(db: Kysely<DB>): Promise<Map<string, Said & { answers: number }>> {
  const { rows } = await sql<Said & { name: string; answers: number }>`
    select
      inspection_code as name,
      (select count(*)::int from core.inspected_case where inspection_id = i.inspection_id) as cases,
      count(question_id)::int as answers,
      md5(coalesce(string_agg(line, '' order by line collate "C") filter (where answer <> 'not applicable'), '')) as digest
    from core.inspection as i
    left join (
      select
        answer.inspection_id,
        question_id,
        answer,
        pseudonym || ',' || question_code || ',' || answer || ';' as line
      from core.answer
      join core.inspected_case using (inspection_id, case_no)
      join core.question using (question_id)
    ) as answered using (inspection_id)
    where is_synthetic
    group by inspection_id, inspection_code`.execute(db);
  return new Map(rows.map(({ name, ...rest }) => [name, rest]));
}

/** Expects that no part of core.answer is left over or lacks a key, and that no answer is without its case. */
async function nothingIsWrong(db: Kysely<DB>): Promise<void> {
  const { rows: parts } = await sql<{ part: string; keys: number; is_part: boolean }>`
    select
      c.relname as part,
      (select count(*)::int from pg_constraint where conrelid = c.oid and contype in ('p', 'f')) as keys,
      exists (select from pg_inherits where inhrelid = c.oid and inhparent = 'core.answer'::regclass) as is_part
    from pg_class as c
    where c.relnamespace = 'core_answer'::regnamespace and c.relkind in ('r', 'p')`.execute(db);
  expect(parts.length).toBeGreaterThan(0);
  for (const { part, keys, is_part } of parts)
    expect({ part, keys, is_part }).toEqual({ part, keys: 3, is_part: true });
  const { rows: invalid } = await sql<{ name: string }>`
    select conname as name from pg_constraint where not convalidated
    union all
    select indexrelid::regclass::text from pg_index where not indisvalid or not indisready`.execute(db);
  expect(invalid).toEqual([]);
  const { rows: orphans } = await sql<{ answers: number; doubled: number }>`
    select
      count(*) filter (where pseudonym is null or question_code is null)::int as answers,
      (count(*) - count(distinct (inspection_id, question_id, case_no)))::int as doubled
    from core.answer
    left join core.inspected_case using (inspection_id, case_no, sample_id)
    left join core.question using (question_id, sample_id)`.execute(db);
  expect(orphans).toEqual([{ answers: 0, doubled: 0 }]);
}

// The programme: simulated, then with one answer changed in each inspection, and read again by a reader of its own.

async function simulate(): Promise<void> {
  const { code, stderr } = await startCommand(
    ['simulate', '--inspections', String(inspections), '--seed', '5', '--to', folders.before],
    surroundings(true),
  ).ended;
  expect(code, stderr).toBe(0);
  names = (await readdir(folders.before)).sort();
  expect(names).toHaveLength(inspections);
  await cp(folders.before, folders.after, { recursive: true });
  for (const name of names) {
    const file = path.join(folders.after, name, 'answers.csv');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace(/,(yes|no)$/m, (_, answer) => (answer === 'yes' ? ',no' : ',yes')),
    );
    for (const state of ['before', 'after'] as const)
      said[state].set(name, await read(path.join(folders[state], name)));
    expect(said.after.get(name)?.digest).not.toBe(said.before.get(name)?.digest);
  }
}

async function read(bundle: string): Promise<Said> {
  const linesOf = async (file: string) =>
    (await readFile(path.join(bundle, file), 'utf8')).trimEnd().split('\n').slice(1);
  const given = (await linesOf('answers.csv'))
    .filter((line) => /,(yes|no)$/.test(line))
    .map((line) => `${line};`);
  // The server takes keys apart by bytes, and all of these are ASCII.
  const digest = createHash('md5').update(given.sort().join('')).digest('hex');
  return { cases: (await linesOf('cases.csv')).length, digest };
}

// The database: made anew for each moment, of one that was kept.

const pathsOf = ({ bundles, isReplacing }: Undertaking): string[] => {
  const from = isReplacing ? folders.after : folders.before;
  return bundles === names.length ? [from] : names.slice(0, bundles).map((name) => path.join(from, name));
};

const surroundings = (isOwn: boolean) => ({
  env: isOwn && server ? { DATABASE_URL: server.url, YOT_RATINGS_HOME: home } : { YOT_RATINGS_HOME: home },
});

const load = (args: string[]): Promise<Ended> => startCommand(['load', ...args], surroundings(true)).ended;

async function timed(args: string[]): Promise<Ended & { time: number }> {
  const start = performance.now();
  const ended = await load(args);
  return { ...ended, time: performance.now() - start };
}

const kept = (name: string) => sql.id(`kept_${name}`);

async function keepAs(name: string): Promise<void> {
  await asAdmin(async (admin) => {
    await sql`alter database yot_ratings rename to ${kept(name)}`.execute(admin);
    await sql`create database yot_ratings template ${kept(name)}`.execute(admin);
  });
}

/** Makes the database as an undertaking is to find it. */
async function restore({ isReplacing }: Pick<Undertaking, 'isReplacing'>, mayCrash = false): Promise<void> {
  await asAdmin(async (admin) => {
    await sql`drop database yot_ratings with (force)`.execute(admin);
    await sql`create database yot_ratings template ${kept(isReplacing ? 'filled' : 'empty')}`.execute(admin);
    // A copied sequence gives the same numbers again after a crash, unless a checkpoint has come between (PostgreSQL 18.4).
    if (mayCrash) await sql`checkpoint`.execute(admin);
  });
}

const asAdmin = (work: (admin: Kysely<DB>) => Promise<void>) =>
  withConnection(withDatabaseName(server.url, 'postgres'), work);

/** Asks the database, once the sessions of a loader that was killed have ended. */
function withDatabase<T>(work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  return withConnection(server.url, async (db) => {
    for (;;) {
      const { rows } = await sql`
        select from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(
        db,
      );
      if (rows.length === 0) return work(db);
      await pause(20);
    }
  });
}

// A connection of its own each time: one that a killed server has cut might be waited for.
async function withConnection<T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const db = connect(url, { max: 1 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** Numbers from 0 to below 1, the same ones for the same seed (a linear congruential generator). */
function diceOf(from: number): () => number {
  let state = BigInt(from);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number(state >> 40n) / 2 ** 24;
  };
}
