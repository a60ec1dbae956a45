import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { type Draws, draws, oneOf } from '../../src/simulate/random.js';
import { twoStates } from './wholeness.js';

/** What readers and a loader are to do beside each other. */
export interface DashboardOptions {
  /** The owner's URL, and that of the read-only role; the database has the editions. */
  url: string;
  readerUrl: string;
  readers: number;
  seconds: number;
  seed: number;
  /** Invented inspections that are replaced. */
  inspections?: number;
  /** Most time between two looks of a reader, in milliseconds. */
  think?: number;
  /** Whether the loader does it wrong: takes prompts away in a transaction of their own before it replaces an inspection. */
  isTorn?: boolean;
}

/** What came of it. */
export interface DashboardReport {
  reads: number;
  /** Reads of sums that were held against the states that inspections had. */
  checked: number;
  replaced: number;
  errors: string[];
  /** Reads that were of no one state: of which inspection, and what was read. */
  torn: string[];
}

/** Readers look at dashboards while a loader replaces inspections by another state of them and back, for some time. */
export async function runDashboards(options: DashboardOptions): Promise<DashboardReport> {
  const { url, readers, seconds, seed, inspections = 24, isTorn = false } = options;
  const home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-dashboards-'));
  const owner = connect(url, { max: 2 });
  const report: DashboardReport = { reads: 0, checked: 0, replaced: 0, errors: [], torn: [] };
  try {
    const { before, after } = await twoStates(owner, home, inspections);
    const states = new Map<number, Set<string>>();
    for (const bundles of [after, before]) {
      await load(owner, bundles);
      for (const { inspection, state } of await seen(owner))
        states.set(inspection, (states.get(inspection) ?? new Set()).add(state));
    }
    if ([...states.values()].some(({ size }) => size !== 2))
      throw new Error('an inspection has not two states');
    const end = performance.now() + 1000 * seconds;
    const random = draws(seed, 'loader', 0);
    const loading = async () => {
      for (let turn = 1; performance.now() < end; turn++) {
        if (isTorn) await sql`delete from kept.prompt_count`.execute(owner);
        // one at a time, and all at once
        const from = oneOf(random, [before, after]);
        const loaded = await load(owner, turn % 20 === 0 ? from : [oneOf(random, from)]);
        report.replaced += loaded.filter(({ outcome }) => outcome === 'replaced').length;
      }
    };
    await Promise.all([
      loading().catch((error: Error) => void report.errors.push(`loader: ${error.message}`)),
      ...Array.from({ length: readers }, (_, number) => reading(number, states, options, end, report)),
    ]);
    return report;
  } finally {
    await owner.destroy();
    await rm(home, { recursive: true, force: true });
  }
}

/** Parts of what a reader sees of an inspection; together they are its state. */
const parts = [
  `select inspection_id, concat_ws('/', score, max_score, rating) as part from analytics.overall_rating`,
  `select inspection_id, concat_ws('/', count(*), sum(yes), sum(relevant), sum(percent), sum(rating_rank)) as part
    from analytics.key_question_result group by 1`,
  `select inspection_id, concat_ws('/', count(*), sum(yes), sum(relevant), sum(percent)) as part
    from analytics.prompt_result group by 1`,
  `select inspection_id, concat_ws('/', count(*), sum(lowest_percent), sum(score), string_agg(driving_key_question, ' ' order by standard)) as part
    from analytics.standard_rating group by 1`,
  `select inspection_id, concat_ws('/', count(*), count(*) filter (where status = 'agrees'), string_agg(computed, ' ' order by level_rank, code)) as part
    from analytics.reconciliation group by 1`,
];

interface Seen {
  inspection: number;
  state: string;
}

/** What is seen of every invented inspection, in one statement; or in one a part, which have to see one state, as the transaction does. */
async function seen(db: Kysely<DB>): Promise<Seen[]> {
  const all = parts.map((part, at) => `select ${at} as at, * from (${part}) as p${at}`).join(' union all ');
  const { rows } = await sql<Seen>`
    select inspection_id as inspection, string_agg(part, '; ' order by at) as state
    from (${sql.raw(all)}) as every join analytics.inspection using (inspection_id)
    where is_synthetic group by 1`.execute(db);
  return rows;
}

const seenInTurn = (db: Kysely<DB>, random: Draws): Promise<Seen[]> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const { rows } = await sql<{ inspection: number }>`
        select inspection_id as inspection from analytics.inspection where is_synthetic`.execute(trx);
      const found = new Map(rows.map(({ inspection }) => [inspection, [] as string[]]));
      for (const part of parts) {
        await pause(random.whole(0, 30));
        const { rows: some } = await sql.raw<{ inspection_id: number; part: string }>(part).execute(trx);
        for (const one of some) found.get(one.inspection_id)?.push(one.part);
      }
      return [...found].map(([inspection, seen]) => ({ inspection, state: seen.join('; ') }));
    });

async function reading(
  number: number,
  states: ReadonlyMap<number, ReadonlySet<string>>,
  { readerUrl, seed, think = 1500 }: DashboardOptions,
  end: number,
  report: DashboardReport,
): Promise<void> {
  const random = draws(seed, 'reader', number);
  const db = connect(readerUrl, { max: 1 });
  const lookAtSums = async () => {
    const found = await (random.isBelow(0.5) ? seen(db) : seenInTurn(db, random));
    report.checked++;
    if (found.length !== states.size) report.torn.push(`${found.length} inspections`);
    for (const { inspection, state } of found)
      if (!states.get(inspection)?.has(state)) report.torn.push(`${inspection}: ${state}`);
  };
  try {
    const { rows: views } = await sql<{ name: string }>`
      select viewname as name from pg_views
      where schemaname = 'analytics' and has_table_privilege(format('%I.%I', schemaname, viewname), 'select')`.execute(
      db,
    );
    for (let at = number; performance.now() < end; at++) {
      const { name } = views[at % views.length] as { name: string };
      if (random.isBelow(0.4)) await lookAtSums();
      else await sql`select * from ${sql.table(`analytics.${name}`)} limit 2000`.execute(db);
      report.reads++;
      await pause(Math.max(0, Math.min(random.whole(think / 10, think), end - performance.now())));
    }
  } catch (error) {
    report.errors.push((error as Error).message);
  } finally {
    await db.destroy();
  }
}
