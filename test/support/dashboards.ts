import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
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
  /** By name of the bundle's folder: service and day of the inspection, which tell it from others. */
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
    ...{ reads: 0, checked: 0, errors: [], torn: [], latencies: new Map() },
    loads: { added: 0, replaced: 0, bulk: 0 },
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
  { seed, inspections = 24 }: DashboardOptions,
): Promise<Known> {
  const drawn = [...simulateProgramme(await readMaterial(owner), { inspections, seed, firstYear: 2018 })];
  const folders: [string, string] = [path.join(home, 'first'), path.join(home, 'second')];
  await writeProgramme(folders[0], drawn);
  await writeProgramme(folders[1], drawn.map(otherVersion));
  const states = new Map<string, Set<string>>();
  for (const folder of [folders[1], folders[0]]) {
    await load(owner, [folder]);
    for (const { subject, state } of await statesOf(owner))
      states.set(subject, (states.get(subject) ?? new Set()).add(state));
  }
  const subjects = new Map(
    drawn.map(({ name, file: { service, report } }) => [
      name,
      `${typeof service === 'string' ? service : service.name} ${report.fieldwork_from}`,
    ]),
  );
  for (const subject of subjects.values())
    if (states.get(subject)?.size !== 2) throw new Error(`${subject} has not two states`);
  const pending = new Set([...subjects.values()].filter((_, at) => at % 4 === 0));
  await sql`
    delete from core.inspection using analytics.inspection as seen
    where core.inspection.inspection_id = seen.inspection_id
      and seen.service || ' ' || seen.fieldwork_start = any(${[...pending]}::text[])`.execute(owner);
  return { folders, subjects, states, pending };
}

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

type Seen = { subject: string; state: string }[];

/** What is seen of every invented inspection, in one statement. */
async function statesOf(db: Kysely<DB>): Promise<Seen> {
  const joined = Object.entries(parts).map(
    ([name, part]) => sql`left join (${part}) as ${sql.id(name)} using (inspection_id)`,
  );
  const columns = Object.keys(parts).map((name) => sql`coalesce(${sql.ref(`${name}.part`)}, 'none')`);
  const { rows } = await sql<Seen[number]>`
    select service || ' ' || fieldwork_start as subject, concat_ws('; ', ${sql.join(columns)}) as state
    from analytics.inspection as key ${sql.join(joined, sql` `)}
    where is_synthetic`.execute(db);
  return rows;
}

/** The same in a statement a part, which have to see one state, because the transaction does. */
const statesInTurn = (db: Kysely<DB>, random: Draws): Promise<Seen> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const { rows } = await sql<{ key: number; subject: string }>`
        select inspection_id as key, service || ' ' || fieldwork_start as subject
        from analytics.inspection where is_synthetic`.execute(trx);
      const found = new Map(rows.map(({ key }) => [key, [] as string[]]));
      for (const part of Object.values(parts)) {
        await pause(random.whole(0, 30));
        const { rows: some } = await sql<{ inspection_id: number; part: string }>`${part}`.execute(trx);
        const byKey = new Map(some.map((row) => [row.inspection_id, row.part]));
        for (const [key, seen] of found) seen.push(byKey.get(key) ?? 'none');
      }
      return rows.map(({ key, subject }) => ({ subject, state: (found.get(key) ?? []).join('; ') }));
    });

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
    report.latencies.set(what, [...(report.latencies.get(what) ?? []), performance.now() - start]);
    report.reads++;
    return result;
  };
  const lookAtSums = async () => {
    const absent = new Set(pending);
    const seen = random.isBelow(0.5)
      ? await timed('sums, one statement', () => statesOf(db))
      : await timed('sums, one transaction', () => statesInTurn(db, random));
    report.checked++;
    for (const { subject, state } of seen)
      if (!states.get(subject)?.has(state)) report.torn.push(`${subject}: ${state}`);
    const there = new Set(seen.map(({ subject }) => subject));
    for (const subject of states.keys())
      if (!there.has(subject) && !absent.has(subject)) report.torn.push(`${subject}: is not there`);
  };
  const errorsOf = (work: () => Promise<void>) =>
    work().catch((error: Error) => void report.errors.push(error.message));
  await errorsOf(async () => {
    const views = await publicViews(db);
    let at = random.whole(0, views.length - 1);
    while (performance.now() < end) {
      const view = views[at++ % views.length] as PublicView;
      await errorsOf(() =>
        random.isBelow(0.4) ? lookAtSums() : timed(view.name, () => lookAt(db, view, random)),
      );
      await pause(Math.max(0, Math.min(random.whole(think / 10, think), end - performance.now())));
    }
  });
  await db.destroy();
}

interface PublicView {
  name: string;
  columns: string[];
}

async function publicViews(db: Kysely<DB>): Promise<PublicView[]> {
  const { rows } = await sql<PublicView>`
    select table_name::text as name, array_agg(column_name::text) as columns
    from information_schema.columns
    where table_schema = 'analytics' and has_table_privilege(format('%I.%I', table_schema, table_name), 'select')
    group by table_name order by table_name`.execute(db);
  return rows;
}

/** A view as a dashboard asks for it: filtered by one or two things that are there, or by nothing. */
async function lookAt(db: Kysely<DB>, { name, columns }: PublicView, random: Draws): Promise<void> {
  const possible = ['inspection_id', 'service', 'edition', 'year', 'standard', 'region'].filter((one) =>
    columns.includes(one),
  );
  const count = Math.min(possible.length, random.whole(1, 2));
  const conditions = Array.from({ length: count }, () => {
    const one = oneOf(random, possible);
    const source = one === 'standard' ? 'standard_rating' : 'inspection';
    const from = sql.table(`analytics.${columns.includes('inspection_id') ? source : name}`);
    const filter = sql.ref(one);
    return sql`${filter} = (
      select ${filter} from ${from} where ${filter} is not null
      order by ${filter} offset ${random.whole(0, 20)} limit 1)`;
  });
  const where = count > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  await sql`select * from ${sql.table(`analytics.${name}`)} ${where} limit 2000`.execute(db);
}

async function loading(
  owner: Kysely<DB>,
  { folders, subjects, pending }: Known,
  { seed, isTorn = false }: DashboardOptions,
  end: number,
  report: DashboardReport,
): Promise<void> {
  const random = draws(seed, 'loader', 0);
  for (let turn = 1; performance.now() < end; turn++) {
    const isBulk = turn % 20 === 0;
    const name = oneOf(random, [...subjects.keys()]);
    const from = oneOf(random, folders);
    const subject = subjects.get(name) as string;
    const wasPending = pending.has(subject);
    try {
      if (isTorn && !isBulk)
        await sql`
          delete from kept.prompt_count using analytics.inspection as seen
          where prompt_count.inspection_id = seen.inspection_id
            and seen.service || ' ' || seen.fieldwork_start = ${subject}`.execute(owner);
      const loaded = await load(owner, [isBulk ? from : path.join(from, name)]);
      // What was taken away by hand is loaded anew only when its content is not what was loaded last.
      const arrived = loaded.filter(({ outcome }) => outcome !== 'unchanged');
      for (const one of arrived) pending.delete(subjects.get(path.basename(one.name)) ?? '');
      if (isBulk) report.loads.bulk++;
      else if (arrived.length > 0) report.loads[wasPending ? 'added' : 'replaced']++;
    } catch (error) {
      report.errors.push(`loader: ${(error as Error).message}`);
    }
  }
}
