import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { rowsOf } from '../support/connection.js';
import { testDatabase } from '../support/database.js';
import { times } from '../support/in-full.js';
import { loadProgramme } from '../support/programme.js';

// Asked for one inspection, or for one service, a view reads what is theirs: on a programme of inspections (the national one where the tests run in full), of no large table more than
// a few times its rows of these. Read from the plans with what they did, so that it holds on a slow machine as well.

const database = testDatabase();
const ask = <Row>(query: string) => rowsOf<Row>(database.url, query);
const key = { inspection: 0, service: 0 };
/** Rows of each large table: all of them, and those of the inspection and of the service. */
const tables = new Map<string, { all: number; inspection: number; service: number }>();

beforeAll(async () => {
  await loadProgramme(database, { inspections: times(150, 620) });
  await sql`vacuum analyze`.execute(database.db);
  const [one] = await ask<typeof key>(`
    select inspection_id as inspection, service_id as service
    from core.inspection where is_synthetic order by inspection_id offset 70 limit 1`);
  Object.assign(key, one);
  const keyed = await ask<{ name: string }>(`
    select format('%I.%I', nspname, relname) as name
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace and nspname in ('core', 'core_answer', 'kept')
    join pg_attribute on attrelid = pg_class.oid and attname = 'inspection_id'
    where relkind = 'r'`);
  for (const { name } of keyed) {
    const [counted] = await ask<{ all: number; inspection: number; service: number }>(`
      select
        count(*) as all,
        count(*) filter (where inspection_id = ${key.inspection}) as inspection,
        count(*) filter (where inspection_id in (select inspection_id from core.inspection where service_id = ${key.service})) as service
      from ${name}`);
    if (counted && counted.all > 1000) tables.set(name, counted);
  }
}, 300_000);

interface Plan {
  Schema?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Node Type'?: string;
  Plans?: Plan[];
}

/** All parts of a plan, the whole first, with what they did. */
async function partsOf(query: string): Promise<[Plan, ...Plan[]]> {
  const below = (plan: Plan): [Plan, ...Plan[]] => [plan, ...(plan.Plans ?? []).flatMap(below)];
  const [explained] = await ask<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    `explain (analyze, verbose, timing off, format json) ${query}`,
  );
  return below(explained?.['QUERY PLAN'][0]?.Plan as Plan);
}

/** How many rows of each table a query read. */
async function read(query: string): Promise<Map<string, number>> {
  const touched = new Map<string, number>();
  for (const part of await partsOf(query)) {
    const name = part['Relation Name'] && `${part.Schema}.${part['Relation Name']}`;
    const removed = (part['Rows Removed by Filter'] ?? 0) + (part['Rows Removed by Index Recheck'] ?? 0);
    const rows = (part['Actual Rows'] + removed) * part['Actual Loops'];
    if (name) touched.set(name, (touched.get(name) ?? 0) + rows);
  }
  return touched;
}

/** Rows that say how something stands among all others can't be had without these; kept_difference compares all that there is. A league is ranked by what there is once an inspection. */
const amongOthers = ['analytics.service_comparison', 'rating.kept_difference'];
/** The record is of inspections, whatever their service is today. */
const ofInspections = 'analytics.rating_version';

const viewsWith = async (column: string) =>
  (
    await ask<{ view: string }>(`
      select distinct format('%I.%I', nspname, relname) as view
      from pg_class
      join pg_namespace on pg_namespace.oid = relnamespace and nspname in ('rating', 'analytics')
      join pg_attribute on attrelid = pg_class.oid and attname ~ '${column}'
      where relkind = 'v'
      order by 1`)
  ).map(({ view }) => view);

test.each(['inspection', 'service'] as const)('of one %s a view reads the rows of that one', async (one) => {
  const views = await viewsWith(`^${one}_id$`);
  expect(views.length).toBeGreaterThan(20);
  const left = one === 'service' ? [...amongOthers, ofInspections] : amongOthers;
  const tooMuch: string[] = [];
  for (const view of views.filter((name) => !left.includes(name)))
    for (const [table, rows] of await read(`select * from ${view} where ${one}_id = ${key[one]}`)) {
      const there = tables.get(table);
      // A view may look at a table from several sides, and at a row once for each that it is joined with. Of a larger programme more is
      // looked for in a table at once, and reading a small one whole is then the shorter way.
      if (there && rows > 40 * there[one] + times(100, 15_000))
        tooMuch.push(`${view}: ${rows} rows of ${table}, of ${there[one]}`);
    }
  expect(tooMuch).toEqual([]);
});

// What is joined by rows that the server did not expect is gone through again for each of them: of a large programme it takes minutes.
test('read whole, a view goes through no rows again and again', { timeout: 300_000 }, async () => {
  const views = (await viewsWith('.')).filter((name) => name.startsWith('analytics.'));
  expect(views.length).toBeGreaterThan(40);
  const kept = [...tables].filter(([name]) => name.startsWith('kept.')).map(([, { all }]) => all);
  const largest = Math.max(...kept);
  const tooMuch: string[] = [];
  for (const view of views) {
    const [whole, ...parts] = await partsOf(`select * from ${view}`);
    for (const { 'Node Type': kind, 'Actual Rows': rows, 'Actual Loops': loops } of [whole, ...parts]) {
      const again = kind === 'Materialize' && loops > 10 ? rows * loops : 0;
      if (again > 10 * Math.max(whole['Actual Rows'], largest))
        tooMuch.push(`${view}: ${Math.round(again)} rows, of ${largest} and ${whole['Actual Rows']}`);
    }
  }
  expect(tooMuch).toEqual([]);
});
