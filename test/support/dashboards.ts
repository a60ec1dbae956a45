import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { type Loaded, load } from '../../src/import/load.js';
import { readMaterial } from '../../src/simulate/material.js';
import { type SimulatedInspection, simulateProgramme } from '../../src/simulate/programme.js';
import { type Draws, draws, oneOf } from '../../src/simulate/random.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';

/** What readers and a loader are to do beside each other. */
export interface DashboardOptions {
  /** The owner's URL, and that of the read-only role; the database has the editions. */
  url: string;
  readerUrl: string;
  readers: number;
  seconds: number;
  seed: number;
  /** Invented inspections that are loaded and replaced. */
  inspections?: number;
  /** Most time between two looks of a reader, in milliseconds; a tenth of it is the least. */
  think?: number;
  /** Whether the loader does it wrong: takes an inspection's prompts away in a transaction of their own before it replaces it. */
  isTorn?: boolean;
}

/** What came of it. */
export interface DashboardReport {
  reads: number;
  /** Reads of sums that were held against the states that inspections had. */
  checked: number;
  errors: string[];
  /** Reads that were of no one state: of which inspection, and what was read. */
  torn: string[];
  loads: { added: number; replaced: number; bulk: number };
  /** By view, or kind of check: milliseconds, in order. */
  latencies: Map<string, number[]>;
}

/** Two versions of every inspection, each with what a reader sees of it. */
interface Known {
  folders: [string, string];
  /** By name of the bundle's folder: what tells the inspection from others. */
  subjects: Map<string, string>;
  states: Map<string, Set<string>>;
  /** Inspections that are not loaded yet. */
  pending: Set<string>;
}

/** Readers look at dashboards while a loader loads and replaces inspections, for some time. */
export async function runDashboards(options: DashboardOptions): Promise<DashboardReport> {
  const home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-dashboards-'));
  const owner = connect(options.url, { max: 2 });
  const report: DashboardReport = {
    reads: 0,
    checked: 0,
    errors: [],
    torn: [],
    loads: { added: 0, replaced: 0, bulk: 0 },
    latencies: new Map(),
  };
  try {
    const known = await twoVersions(owner, home, options);
    const end = performance.now() + 1000 * options.seconds;
    await Promise.all([
      loading(owner, known, options, end, report),
      ...Array.from({ length: options.readers }, (_, number) => reading(number, known, options, end, report)),
    ]);
    return report;
  } finally {
    await owner.destroy();
    await rm(home, { recursive: true, force: true });
  }
}

/** Writes and loads both versions of a programme, and takes a quarter of it away again, which is to be loaded anew. */
async function twoVersions(
  owner: Kysely<DB>,
  home: string,
  { url, seed, inspections = 24 }: DashboardOptions,
): Promise<Known> {
  const material = await readMaterial(owner);
  const drawn = [...simulateProgramme(material, { inspections, seed, firstYear: 2018 })];
  const folders: [string, string] = [path.join(home, 'first'), path.join(home, 'second')];
  await writeProgramme(folders[0], drawn);
  await writeProgramme(folders[1], drawn.map(otherVersion));
  const states = new Map<string, Set<string>>();
  for (const folder of [folders[1], folders[0]]) {
    await load(owner, [folder], { url });
    for (const { subject, state } of await statesOf(owner))
      states.set(subject, (states.get(subject) ?? new Set()).add(state));
  }
  const { rows } = await sql<{ subject: string; key: number }>`
    select service || ' ' || fieldwork_start as subject, inspection_id as key
    from analytics.inspection where is_synthetic`.execute(owner);
  const subjects = new Map(
    drawn.map(({ name, file }) => {
      const found = rows.find(({ subject }) => subject === `${serviceOf(file)} ${fieldworkOf(file)}`);
      if (!found) throw new Error(`${name} was not loaded`);
      return [name, found.subject];
    }),
  );
  const pending = new Set([...subjects.values()].filter((_, at) => at % 4 === 0));
  const keys = rows.filter(({ subject }) => pending.has(subject)).map(({ key }) => key);
  await sql`delete from core.inspection where inspection_id = any(${keys}::bigint[])`.execute(owner);
  return { folders, subjects, states, pending };
}

const serviceOf = (file: SimulatedInspection['file']) =>
  typeof file.service === 'string' ? file.service : file.service.name;
const fieldworkOf = (file: SimulatedInspection['file']) => file.report.fieldwork_from;

/** The same inspection with other answers: so many that counts, percentages and ratings differ. */
function otherVersion(inspection: SimulatedInspection): SimulatedInspection {
  const other = { yes: 'no', no: 'yes' } as Record<string, string>;
  const answers = inspection.answers.map((ofCase, number) =>
    number % 3 === 0 ? ofCase.map((answer) => (answer && other[answer]) || answer) : ofCase,
  );
  return { ...inspection, answers: answers as SimulatedInspection['answers'] };
}

/** Parts of what a reader sees of an inspection; together they are its state. */
const parts = {
  overall: sql`
    select inspection_id, concat_ws('/', score, max_score, rating) as part from analytics.overall_rating`,
  'key questions': sql`
    select inspection_id, concat_ws('/', count(*), sum(yes), sum(relevant), sum(percent), sum(rating_rank)) as part
    from analytics.key_question_result group by inspection_id`,
  prompts: sql`
    select inspection_id, concat_ws('/', count(*), sum(yes), sum(relevant), sum(percent)) as part
    from analytics.prompt_result group by inspection_id`,
  standards: sql`
    select inspection_id, concat_ws('/', count(*), sum(lowest_percent), sum(score), string_agg(driving_key_question, ' ' order by standard)) as part
    from analytics.standard_rating group by inspection_id`,
  reconciliation: sql`
    select inspection_id, concat_ws('/', count(*), count(*) filter (where status = 'agrees'), string_agg(computed, ' ' order by level_rank, code)) as part
    from analytics.reconciliation group by inspection_id`,
};

/** What is seen of every invented inspection, in one statement. */
async function statesOf(db: Kysely<DB>): Promise<{ subject: string; state: string }[]> {
  const joined = Object.entries(parts).map(
    ([name, part]) => sql`left join (${part}) as ${sql.id(name)} using (inspection_id)`,
  );
  const columns = Object.keys(parts).map((name) => sql`coalesce(${sql.ref(`${name}.part`)}, 'none')`);
  const { rows } = await sql<{ subject: string; state: string }>`
    select service || ' ' || fieldwork_start as subject, concat_ws('; ', ${sql.join(columns)}) as state
    from analytics.inspection as key ${sql.join(joined, sql` `)}
    where is_synthetic`.execute(db);
  return rows;
}

/** The same in a statement a part, which have to see one state, because the transaction does. */
async function statesInTurn(trx: Transaction<DB>, wait: () => Promise<void>) {
  const { rows } = await sql<{ key: number; subject: string }>`
    select inspection_id as key, service || ' ' || fieldwork_start as subject
    from analytics.inspection where is_synthetic`.execute(trx);
  const found = new Map(rows.map(({ key }) => [key, [] as string[]]));
  for (const part of Object.values(parts)) {
    await wait();
    const { rows: some } = await sql<{ inspection_id: number; part: string }>`${part}`.execute(trx);
    const byKey = new Map(some.map((row) => [row.inspection_id, row.part]));
    for (const [key, seen] of found) seen.push(byKey.get(key) ?? 'none');
  }
  return rows.map(({ key, subject }) => ({ subject, state: (found.get(key) ?? []).join('; ') }));
}

/** Standards whose lowest percentage is not the lowest of their key questions, in one statement. */
async function standardsAmiss(db: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<{ standard: string }>`
    select standard.inspection_id || ' ' || standard as standard
    from analytics.standard_rating as standard
    left join (
      select inspection_id, standard, min(percent) as least
      from analytics.key_question_result group by inspection_id, standard
    ) as question using (inspection_id, standard)
    where standard.lowest_percent is not null and standard.lowest_percent is distinct from question.least`.execute(
    db,
  );
  return rows.map(({ standard }) => `standard ${standard}: not the lowest of its key questions`);
}

/** Views with no inspection_id have one of the others, or are small. */
const filters = ['inspection_id', 'service', 'edition', 'year', 'standard', 'region'];

async function reading(
  number: number,
  { states, pending }: Known,
  { readerUrl, seed, think = 1500 }: DashboardOptions,
  end: number,
  report: DashboardReport,
): Promise<void> {
  const random = draws(seed, 'reader', number);
  const db = connect(readerUrl, { max: 1 });
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    const all = report.latencies.get(what) ?? [];
    report.latencies.set(what, all);
    all.push(performance.now() - start);
    report.reads++;
    return result;
  };
  const check = (what: string, absent: ReadonlySet<string>, seen: { subject: string; state: string }[]) => {
    report.checked++;
    for (const { subject, state } of seen)
      if (!states.get(subject)?.has(state)) report.torn.push(`${what}: ${subject}: ${state}`);
    const there = new Set(seen.map(({ subject }) => subject));
    for (const subject of states.keys())
      if (!there.has(subject) && !absent.has(subject)) report.torn.push(`${what}: ${subject}: is not there`);
  };
  const lookAtSums = async () => {
    const absent = new Set(pending);
    const kind = random.whole(0, 2);
    if (kind === 0) check('one statement', absent, await timed('sums, one statement', () => statesOf(db)));
    else if (kind === 1) {
      const wait = async () => void (await pause(random.whole(0, 30)));
      const seen = await timed('sums, one transaction', () =>
        db
          .transaction()
          .setIsolationLevel('repeatable read')
          .execute((trx) => statesInTurn(trx, wait)),
      );
      check('one transaction', absent, seen);
    } else {
      report.torn.push(...(await timed('standards and key questions', () => standardsAmiss(db))));
      report.checked++;
    }
  };
  try {
    const views = await publicViews(db);
    let at = random.whole(0, views.length - 1);
    while (performance.now() < end) {
      try {
        if (random.isBelow(0.2)) await lookAtSums();
        else {
          const view = views[at++ % views.length] as PublicView;
          await timed(view.name, () => lookAt(db, view, random));
        }
      } catch (error) {
        report.errors.push((error as Error).message);
      }
      await pause(Math.max(0, Math.min(random.whole(think / 10, think), end - performance.now())));
    }
  } catch (error) {
    report.errors.push((error as Error).message);
  } finally {
    await db.destroy();
  }
}

interface PublicView {
  name: string;
  columns: string[];
}

async function publicViews(db: Kysely<DB>): Promise<PublicView[]> {
  const { rows } = await sql<PublicView>`
    select table_name::text as name, array_agg(column_name::text) as columns
    from information_schema.columns
    where table_schema = 'analytics'
      and has_table_privilege(format('%I.%I', table_schema, table_name), 'select')
    group by table_name order by table_name`.execute(db);
  return rows;
}

/** A view as a dashboard asks for it: filtered by something that is there, by two things, or by nothing. */
async function lookAt(db: Kysely<DB>, { name, columns }: PublicView, random: Draws): Promise<void> {
  const possible = filters.filter((filter) => columns.includes(filter));
  const conditions = [];
  for (let left = random.whole(possible.length > 0 ? 1 : 0, Math.min(2, possible.length)); left > 0; left--) {
    const filter = oneOf(random, possible);
    const source = filter === 'standard' ? 'standard_rating' : 'inspection';
    const from = columns.includes('inspection_id') && filter !== 'region' ? source : name;
    conditions.push(sql`${sql.ref(filter)} = (
      select ${sql.ref(filter)} from ${sql.table(`analytics.${from}`)} where ${sql.ref(filter)} is not null
      order by ${sql.ref(filter)} offset ${random.whole(0, 20)} limit 1)`);
  }
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  await sql`select * from ${sql.table(`analytics.${name}`)} ${where} limit 2000`.execute(db);
}

async function loading(
  owner: Kysely<DB>,
  { folders, subjects, pending }: Known,
  { url, seed, isTorn = false }: DashboardOptions,
  end: number,
  report: DashboardReport,
): Promise<void> {
  const random = draws(seed, 'loader', 0);
  const names = [...subjects.keys()];
  // what was taken away by hand is loaded anew only when its content is not what was loaded last
  const arrived = ({ name, outcome }: Loaded) =>
    outcome !== 'unchanged' && pending.delete(subjects.get(path.basename(name)) ?? '');
  for (let turn = 1; performance.now() < end; turn++) {
    try {
      if (turn % 20 === 0) {
        for (const done of await load(owner, [oneOf(random, folders)], { url })) arrived(done);
        report.loads.bulk++;
        continue;
      }
      const name = oneOf(random, names);
      const subject = subjects.get(name) as string;
      const wasPending = pending.has(subject);
      if (isTorn) {
        await sql`
          delete from kept.prompt_count using analytics.inspection as seen
          where prompt_count.inspection_id = seen.inspection_id
            and seen.service || ' ' || seen.fieldwork_start = ${subject}`.execute(owner);
      }
      const [done] = await load(owner, [path.join(oneOf(random, folders), name)]);
      if (!done) continue;
      arrived(done);
      if (done.outcome !== 'unchanged') report.loads[wasPending ? 'added' : 'replaced']++;
    } catch (error) {
      report.errors.push(`loader: ${(error as Error).message}`);
    }
  }
}
