import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { expect } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';

/** All that is stored of each invented inspection, by its code, as a digest that no key, no time and no history is part of. */
export async function statesOf(db: Kysely<DB>): Promise<Map<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('core', 'kept')
    join pg_attribute as a on a.attrelid = c.oid and a.attname = 'inspection_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('load', 'rating_record', 'recorded_rating')
    order by 1`.execute(db);
  const parts = tables.map(
    ({ name }) => `select inspection_id, '${name}' || (to_jsonb(t)
      - array['inspection_id', 'service_id', 'load_id', 'loaded_at', 'published_id'])::text as row from ${name} as t`,
  );
  const { rows } = await sql
    .raw<{ code: string; digest: string }>(
      `select inspection_code as code, md5(string_agg(row, ';' order by row collate "C")) as digest
      from core.inspection join (${parts.join(' union all ')}) as every using (inspection_id)
      where is_synthetic group by 1`,
    )
    .execute(db);
  return new Map(rows.map(({ code, digest }) => [code, digest]));
}

/** Expects every inspection whole, as before or as after, its results kept as computed; returns how many are as after. */
export async function expectWhole(
  db: Kysely<DB>,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Promise<number> {
  const now = await statesOf(db);
  for (const code of new Set([...before.keys(), ...after.keys(), ...now.keys()]))
    expect([before.get(code), after.get(code)], code).toContain(now.get(code));
  expect(await keptDifferences(db)).toEqual([]);
  const { rows } = await sql`
    select from core.load left join core.inspection using (inspection_id)
    where kind = 'inspection' and inspection_code is null`.execute(db);
  expect(rows, 'loads on record without their inspection').toEqual([]);
  return [...after].filter(([code, digest]) => now.get(code) === digest && before.get(code) !== digest)
    .length;
}

/** Resolves once nobody but the asking session is in the database: what a lost session did is undone by then. */
export async function untilAlone(db: Kysely<DB>): Promise<void> {
  const others = sql`
    select from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend'
      and application_name <> current_setting('application_name')`;
  for (let attempt = 0; attempt < 300; attempt++) {
    if ((await others.execute(db)).rows.length === 0) return;
    await pause(50);
  }
  throw new Error('a session goes on');
}

/** Writes an invented programme into a folder twice: as it is, and with one answer of each inspection changed. */
export async function twoStates(
  db: Kysely<DB>,
  home: string,
  inspections: number,
): Promise<{ before: string[]; after: string[] }> {
  const [before, after] = [path.join(home, 'before'), path.join(home, 'after')];
  const material = await readMaterial(db);
  await writeProgramme(before, simulateProgramme(material, { inspections, seed: 9, firstYear: 2018 }));
  await cp(before, after, { recursive: true });
  const names = (await readdir(before)).sort();
  for (const name of names) {
    const file = path.join(after, name, 'answers.csv');
    const turned = (_: string, answer: string) => (answer === 'yes' ? ',no' : ',yes');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/,(yes|no)$/m, turned));
  }
  const paths = (folder: string) => names.map((name) => path.join(folder, name));
  return { before: paths(before), after: paths(after) };
}
