import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { expect, inject } from 'vitest';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { keptDifferences } from '../../src/queries/kept-differences.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { withDatabaseName } from './server.js';

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

let made = 0;

/** A database for one trial: a copy of another, as it is; gone after the work. */
export async function withCopyOf<T>(
  name: string,
  work: (url: string, db: Kysely<DB>) => Promise<T>,
  adminUrl = inject('adminUrl'),
): Promise<T> {
  const copy = `yot_ratings_trial_${process.pid}_${++made}`;
  const admin = connect(adminUrl, { max: 1 });
  try {
    await sql`create database ${sql.id(copy)} template ${sql.id(name)}`.execute(admin);
    const url = withDatabaseName(adminUrl, copy);
    const db = connect(url, { max: 2 });
    try {
      return await work(url, db);
    } finally {
      await db.destroy();
    }
  } finally {
    await sql`drop database if exists ${sql.id(copy)} with (force)`.execute(admin);
    await admin.destroy();
  }
}

/** Resolves once nobody but the asking session is in the database: what a lost session did is undone by then. */
export async function untilAlone(db: Kysely<DB>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const { rows } = await sql`
      select from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend'
        and application_name <> current_setting('application_name')`.execute(db);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('a session goes on');
}

/** Writes an invented programme into a folder twice: as it is, and with one answer of each inspection changed. */
export async function twoStates(
  db: Kysely<DB>,
  home: string,
  inspections: number,
): Promise<{ before: string[]; after: string[] }> {
  const folders = { before: path.join(home, 'before'), after: path.join(home, 'after') };
  const material = await readMaterial(db);
  await writeProgramme(
    folders.before,
    simulateProgramme(material, { inspections, seed: 9, firstYear: 2018 }),
  );
  await cp(folders.before, folders.after, { recursive: true });
  const names = (await readdir(folders.before)).sort();
  for (const name of names) {
    const file = path.join(folders.after, name, 'answers.csv');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace(/,(yes|no)$/m, (_, answer) => (answer === 'yes' ? ',no' : ',yes')),
    );
  }
  const paths = (folder: string) => names.map((name) => path.join(folder, name));
  return { before: paths(folders.before), after: paths(folders.after) };
}
