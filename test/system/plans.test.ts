import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { testDatabase } from '../support/database.js';
import { times } from '../support/in-full.js';

// Asked for one inspection, or for one service, a view reads what is theirs: on a programme of inspections (the national one where the tests run in full), of no large table more than
// a few times its rows of these. Read from the plans with what they did, so that it holds on a slow machine as well.

const database = testDatabase();
let db: Kysely<DB>;
let home = '';
let inspection = 0;
let service = 0;
/** Rows of each large table: all of them, and those of the inspection and of the service. */
const tables = new Map<string, { all: number; inspection: number; service: number }>();

beforeAll(async () => {
  db = database.db;
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-plans-'));
  const programme = path.join(home, 'programme');
  const made = { inspections: times(150, 620), seed: 1, firstYear: 2018 };
  await writeProgramme(programme, simulateProgramme(await readMaterial(db), made));
  await load(db, [programme], { url: database.url });
  await sql`vacuum analyze`.execute(db);
  const { rows } = await sql<{ inspection: number; service: number }>`
    select inspection_id as inspection, service_id as service
    from core.inspection
    where is_synthetic
    order by inspection_id
    offset 70
    limit 1`.execute(db);
  inspection = rows[0]?.inspection as number;
  service = rows[0]?.service as number;
  const { rows: keyed } = await sql<{ name: string }>`
    select format('%I.%I', nspname, relname) as name
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace and nspname in ('core', 'core_answer', 'kept')
    join pg_attribute on attrelid = pg_class.oid and attname = 'inspection_id'
    where relkind = 'r'`.execute(db);
  for (const { name } of keyed) {
    const { rows: counted } = await sql<{ all: number; inspection: number; service: number }>`
      select
        count(*)::integer as all,
        (count(*) filter (where inspection_id = ${inspection}))::integer as inspection,
        (count(*) filter (where inspection_id in (select inspection_id from core.inspection where service_id = ${service})))::integer
          as service
      from ${sql.raw(name)}`.execute(db);
    if (counted[0] && counted[0].all > 2000) tables.set(name, counted[0]);
  }
}, 300_000);
afterAll(() => rm(home, { recursive: true, force: true }));

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

/** The plan of a query, with what it did. */
async function planOf(query: string): Promise<Plan> {
  const { rows } = await sql
    .raw<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (analyze, verbose, timing off, format json) ${query}`)
    .execute(db);
  return rows[0]?.['QUERY PLAN'][0]?.Plan as Plan;
}

/** A plan and all its parts. */
const partsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(partsOf)];

/** How many rows of each table a query read. */
async function read(query: string): Promise<Map<string, number>> {
  const touched = new Map<string, number>();
  for (const part of partsOf(await planOf(query))) {
    const name = part['Relation Name'] && `${part.Schema}.${part['Relation Name']}`;
    const rows =
      part['Actual Rows'] +
      (part['Rows Removed by Filter'] ?? 0) +
      (part['Rows Removed by Index Recheck'] ?? 0);
    if (name) touched.set(name, (touched.get(name) ?? 0) + rows * part['Actual Loops']);
  }
  return touched;
}

/** Rows that say how something stands among all others can't be had without these; kept_difference compares all that there is. */
const amongOthers = ['analytics.league_table', 'analytics.service_comparison', 'rating.kept_difference'];
/** The record is of inspections, whatever their service is today. */
const ofInspections = ['analytics.rating_version'];

async function viewsWith(column: string): Promise<string[]> {
  const { rows } = await sql<{ view: string }>`
    select format('%I.%I', nspname, relname) as view
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace and nspname in ('rating', 'analytics')
    join pg_attribute on attrelid = pg_class.oid and attname = ${column}
    where relkind = 'v'
    order by 1`.execute(db);
  return rows.map(({ view }) => view);
}

describe.each(['inspection', 'service'] as const)('of one %s', (one) => {
  test('a view reads the rows of that one', async () => {
    const views = await viewsWith(`${one}_id`);
    expect(views.length).toBeGreaterThan(20);
    const tooMuch: string[] = [];
    for (const view of views.filter(
      (name) => !amongOthers.includes(name) && !(one === 'service' && ofInspections.includes(name)),
    )) {
      const key = one === 'inspection' ? inspection : service;
      for (const [table, rows] of await read(`select * from ${view} where ${one}_id = ${key}`)) {
        const there = tables.get(table);
        // a view may look at a table from several sides, and at a row once for each that it is joined with
        if (there && rows > 40 * there[one] + 100)
          tooMuch.push(`${view}: ${rows} rows of ${table}, of ${there[one]}`);
      }
    }
    expect(tooMuch).toEqual([]);
  });
});

test('and those that say how it stands among others read no answer', async () => {
  for (const view of amongOthers.filter((name) => name.startsWith('analytics.'))) {
    const touched = await read(`select * from ${view} where inspection_id = ${inspection}`);
    expect([...touched.keys()].filter((name) => name.startsWith('core_answer.'))).toEqual([]);
  }
});

// What is joined by rows that the server did not expect is gone through again for each of them: of a large programme it takes minutes.
test('read whole, a view goes through no rows again and again', async () => {
  const { rows: views } = await sql<{ view: string }>`
    select format('analytics.%I', viewname) as view from pg_views where schemaname = 'analytics' order by 1`.execute(
    db,
  );
  expect(views.length).toBeGreaterThan(40);
  const kept = [...tables].filter(([name]) => name.startsWith('kept.')).map(([, { all }]) => all);
  const largest = Math.max(...kept);
  const tooMuch: string[] = [];
  for (const { view } of views) {
    const plan = await planOf(`select * from ${view}`);
    for (const part of partsOf(plan)) {
      const { 'Node Type': kind, 'Actual Rows': rows, 'Actual Loops': loops } = part;
      const again = kind === 'Materialize' && loops > 10 ? rows * loops : 0;
      if (again > 10 * Math.max(plan['Actual Rows'], largest))
        tooMuch.push(`${view}: ${Math.round(again)} rows, of ${largest} and ${plan['Actual Rows']}`);
    }
  }
  expect(tooMuch).toEqual([]);
}, 300_000);
