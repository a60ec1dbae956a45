import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import type { Given } from '../../src/import/files/source.js';
import { type AnswerPart, attachPart, newPart } from '../../src/import/inspection/answers.js';
import { load } from '../../src/import/load.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { testDatabase } from '../support/database.js';
import { forgetUsersLoads } from '../support/forget-loads.js';

// More bundles than a writer's batch: the first full one begins a part of core.answer.
const inspections = 40;

const [one, other] = [testDatabase(), testDatabase()];
let home = '';
let programme = '';
let names: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-bulk-'));
  programme = path.join(home, 'programme');
  const material = await readMaterial(one.db);
  await writeProgramme(programme, simulateProgramme(material, { inspections, seed: 3, firstYear: 2018 }));
  names = (await readdir(programme)).sort();
});
afterAll(() => rm(home, { recursive: true, force: true }));

beforeEach(empty);

/** Takes the inspections away, not their services. */
async function empty(): Promise<void> {
  for (const { db } of [one, other]) {
    for (const part of await parts(db)) await sql.raw(`drop table ${part}`).execute(db);
    await db.deleteFrom('core.inspection').where('is_synthetic', '=', true).execute();
    await forgetUsersLoads(db);
  }
}

/** The parts of core.answer that loads of many have made. */
async function parts(db: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<{ part: string }>`
    select oid::regclass::text as part
    from pg_class
    where relnamespace = 'core_answer'::regnamespace and relkind = 'r' and relname like 'block%'
    order by 1`.execute(db);
  return rows.map(({ part }) => part);
}

const tables = [
  'inspection_sample',
  'sample_kind',
  'inspected_case',
  'answer',
  'published_standard_rating',
  'qualitative_rating',
  'published_overall',
  'panel_decision',
];

/** Everything that is stored of invented inspections, by names instead of keys. */
async function stored(db: Kysely<DB>): Promise<string[]> {
  const rowsOf = tables.map(
    (table) =>
      `select inspection_code, to_jsonb(t) - 'inspection_id' from core.${table} as t join invented using (inspection_id)`,
  );
  const { rows } = await sql<{ line: string }>`
    with invented as (select * from core.inspection where is_synthetic),
    named as (
      select inspection_code, to_jsonb(invented) - 'inspection_id' - 'service_id' as row from invented
      union all
      ${sql.raw(rowsOf.join(' union all '))}
      union all
      select inspection_code, jsonb_build_object('file', file, 'sha256', sha256, 'rows', rows, 'encoding', encoding)
      from core.load join core.load_file using (load_id) join invented using (inspection_id)
    )
    select inspection_code || ' ' || md5(string_agg(row::text, ';' order by row::text)) || ' ' || count(*) as line
    from named
    group by inspection_code
    order by inspection_code`.execute(db);
  return rows.map(({ line }) => line);
}

/** The invented services with their names. */
async function services(db: Kysely<DB>) {
  const { rows } = await sql`
    select service_code, area, region, name, usage, kind
    from core.service
    join core.service_name using (service_id)
    where is_synthetic
    order by service_code, name`.execute(db);
  return rows;
}

/** A copy of the programme's folder with some of its bundles changed. */
async function withChanged(name: string, bundles: string[], change: (answers: string) => string) {
  const folder = path.join(home, name);
  await cp(programme, folder, { recursive: true });
  for (const bundle of bundles) {
    const file = path.join(folder, bundle, 'answers.csv');
    await writeFile(file, change(await readFile(file, 'utf8')));
  }
  return folder;
}

const having = (outcome: string, loaded: Awaited<ReturnType<typeof load>>) =>
  loaded.filter((done) => done.outcome === outcome).map(({ name }) => path.basename(name));

describe('many inspections at once', () => {
  test('are stored as they are one by one, told in the order of their folders, and again change nothing', async () => {
    expect(having('loaded', await load(one.db, [programme]))).toEqual(names);
    expect(await parts(one.db)).toHaveLength(1);
    for (const bundle of names) await load(other.db, [path.join(programme, bundle)]);
    expect(await parts(other.db)).toEqual([]);
    const rows = await stored(one.db);
    expect(rows).toHaveLength(inspections);
    const added = await services(one.db);
    expect(added.length).toBeGreaterThan(5);
    expect(added).toEqual(await services(other.db));
    expect(rows).toEqual(await stored(other.db));
    expect(having('unchanged', await load(one.db, [programme]))).toEqual(names);
    expect(await stored(one.db)).toEqual(rows);
    expect(await parts(one.db)).toHaveLength(1);
  });

  test('replace those that have changed, load anew those that were deleted past the loader, and leave the rest', async () => {
    await load(one.db, [programme]);
    const before = await stored(one.db);
    const [changed, deleted] = [names.slice(0, 20), names.slice(20, 22)];
    const folder = await withChanged('changed', changed, (text) => text.replace(/,yes\n/, ',no\n'));
    await one.db.deleteFrom('core.inspection').where('inspection_code', 'in', deleted).execute();
    const loaded = await load(one.db, [folder]);
    expect(having('replaced', loaded)).toEqual(changed);
    expect(having('loaded', loaded)).toEqual(deleted);
    expect(having('unchanged', loaded)).toEqual(names.slice(22));
    const after = await stored(one.db);
    expect(after.filter((line) => !before.includes(line))).toHaveLength(changed.length);
    const recorded = one.db.selectFrom('core.replaced_rating').select('code').where('code', '=', 'overall');
    expect(await recorded.execute()).toHaveLength(changed.length);
  });
});

describe('when something is wrong', () => {
  const expectNothing = async () => {
    expect(await stored(one.db)).toEqual([]);
    expect(await parts(one.db)).toEqual([]);
  };

  test('with the server in the middle, it is told at once, and nothing is stored', async () => {
    // a case of the second batch, which the server refuses for a reason of its own
    await sql
      .raw(`
      create function public.refuse() returns trigger language plpgsql as $$
      begin
        if exists (select from core.inspection as i where i.inspection_id = new.inspection_id and inspection_code = '${names.at(-4)}') then
          raise exception 'refused by the test';
        end if;
        return new;
      end $$;
      create trigger refuse before insert on core.inspected_case for each row execute function public.refuse()`)
      .execute(one.db);
    try {
      await expect(load(one.db, [programme])).rejects.toThrow('refused by the test');
      await expectNothing();
    } finally {
      await sql`drop function public.refuse cascade`.execute(one.db);
    }
    expect(await load(one.db, [programme])).toHaveLength(inspections);
  });

  test('two loads of the same programme at once: one loads it, the other finds it there', async () => {
    const both = await Promise.all([load(one.db, [programme]), load(one.db, [programme])]);
    const outcomes = both.map((loaded) => [...new Set(loaded.map(({ outcome }) => outcome))]);
    expect(outcomes.sort()).toEqual([['loaded'], ['unchanged']]);
    expect(await stored(one.db)).toHaveLength(inspections);
  });
});

describe('while many inspections are being loaded', () => {
  test('others are loaded side by side, and the same ones queue', async () => {
    // Whoever needs a service that the load adds has to wait for it: here all are known.
    await load(one.db, [programme]);
    await empty();
    const [alone = '', ...others] = names.map((name) => path.join(programme, name));
    const last = await readFile(path.join(others.at(-1) as string, 'inspection.json'));
    let [reached, goOn] = [() => {}, () => {}];
    const atLast = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    // A full batch is with the server when this one is read.
    const chunks = (async function* () {
      reached();
      await gate;
      yield last;
    })();
    const given: Given[] = [...others.slice(0, -1), { name: 'standard input', chunks }];
    const many = load(one.db, given);
    await atLast;
    let isThere = false;
    const same = load(one.db, [others[0] as string]).finally(() => {
      isThere = true;
    });
    const impatient = connect(`${one.url}?lock_timeout=5000`);
    try {
      expect(await load(impatient, [alone])).toMatchObject([{ outcome: 'loaded' }]);
      expect(isThere).toBe(false);
    } finally {
      goOn();
      await impatient.destroy();
    }
    expect((await many).map(({ outcome }) => outcome)).toEqual(Array(inspections - 1).fill('loaded'));
    expect(await same).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await stored(one.db)).toHaveLength(inspections);
  });

  test('readers go on, also while keys are made and until the load ends', async () => {
    await one.db.transaction().execute(async (trx) => {
      await attachPart(trx, (await newPart(trx)) as AnswerPart);
      const { rows } = await sql<{ lock: string }>`
        select relation::regclass || ' ' || mode as lock
        from pg_locks
        join pg_class on pg_class.oid = relation and relnamespace::regnamespace::text in ('core', 'kept', 'analytics')
        where pid = pg_backend_pid() and mode = 'AccessExclusiveLock' and relkind <> 'i'`.execute(trx);
      expect(rows).toEqual([]);
      const reader = connect(`${one.url}?lock_timeout=5000`);
      try {
        for (const view of ['analytics.key_question_result', 'core.answer'])
          await sql`select from ${sql.table(view)} limit 1`.execute(reader);
      } finally {
        await reader.destroy();
      }
    });
  });
});
