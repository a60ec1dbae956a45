import { sql } from 'kysely';
import type { Connection } from '../../src/database/connect.js';
import { median } from './side-by-side.js';

/** What it takes to read a public view whole. */
export interface ViewBench {
  /** Its name in schema analytics. */
  view: string;
  rows: number;
  /** The server's time for all rows, in milliseconds, without sending them: median. */
  all: number;
  /** The same for the rows of one inspection; missing where the view has none of its own. */
  one?: number;
}

/** Reads every view of schema analytics whole, and for one inspection, some times after one to warm up. */
export async function benchViews(
  db: Connection,
  { inspectionId, runs }: { inspectionId: number; runs: number },
): Promise<ViewBench[]> {
  const { rows: views } = await sql<{ view: string; has_inspection: boolean }>`
    select relname as view, bool_or(attname = 'inspection_id') as has_inspection
    from pg_class
    join pg_attribute on attrelid = pg_class.oid and attnum > 0
    where relnamespace = 'analytics'::regnamespace and relkind = 'v'
    group by relname
    order by relname`.execute(db);
  const measured: ViewBench[] = [];
  for (const { view, has_inspection } of views) {
    const timed = async (condition: string) => {
      const times: number[] = [];
      let rows = 0;
      for (let run = 0; run <= runs; run++) {
        const { rows: plans } = await sql
          .raw<{ 'QUERY PLAN': Plan[] }>(
            `explain (analyze, timing off, format json) select * from analytics.${view} ${condition}`,
          )
          .execute(db);
        const [plan] = plans[0]?.['QUERY PLAN'] ?? [];
        if (!plan) throw new Error(`no plan for analytics.${view}`);
        rows = plan.Plan['Actual Rows'];
        if (run > 0) times.push(plan['Planning Time'] + plan['Execution Time']);
      }
      return { rows, time: median(times) };
    };
    const all = await timed('');
    const one = has_inspection ? await timed(`where inspection_id = ${inspectionId}`) : undefined;
    measured.push({ view, rows: all.rows, all: all.time, ...(one && { one: one.time }) });
  }
  return measured;
}

interface Plan {
  Plan: { 'Actual Rows': number };
  'Planning Time': number;
  'Execution Time': number;
}
