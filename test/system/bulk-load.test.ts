import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { withCopy } from '../../src/database/copy.js';
import type { DB } from '../../src/database/schema.js';
import { loadInBulk } from '../../src/import/bulk.js';
import { openBundle } from '../../src/import/bundle/bundle.js';
import { type AnswerPart, attachPart, fillPart, newPart } from '../../src/import/inspection/answer-part.js';
import { load } from '../../src/import/load.js';
import { UserError } from '../../src/problem.js';
import { readMaterial } from '../../src/simulate/material.js';
import { simulateProgramme } from '../../src/simulate/programme.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { testDatabase } from '../support/database.js';
import { forgetUsersLoads } from '../support/forget-loads.js';
import { waitsForLock } from '../support/waiting.js';

// More bundles than a writer's batch: the first full one begins a part of core.answer.
const inspections = 40;

const [one, other] = [testDatabase(), testDatabase()];
let home = '';
let programme = '';

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-bulk-'));
  programme = path.join(home, 'programme');
  const material = await readMaterial(one.db);
  await writeProgramme(programme, simulateProgramme(material, { inspections, seed: 3, firstYear: 2018 }));
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

/** The parts of core.answer that bulk loads have made. */
async function parts(db: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<{ part: string }>`
    select oid::regclass::text as part
    from pg_class
    where relnamespace = 'core_answer'::regnamespace and relkind = 'r' and relname like 'block%'
    order by 1`.execute(db);
  return rows.map(({ part }) => part);
}

/** Everything that is stored of invented inspections, by names instead of keys. */
async function stored(db: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    with invented as (select * from core.inspection where is_synthetic),
    named as (
      select inspection_code, to_jsonb(invented) - 'inspection_id' - 'service_id' as row from invented
      union all
      select inspection_code, to_jsonb(t) - 'inspection_id' from core.inspection_sample as t join invented using (inspection_id)
      union all
      select inspection_code, to_jsonb(t) - 'inspection_id' from core.sample_kind as t join invented using (inspection_id)
      union all
      select inspection_code, to_jsonb(t) - 'inspection_id' from core.inspected_case as t join invented using (inspection_id)
      union all
      select inspection_code, to_jsonb(t) - 'inspection_id' from core.answer as t join invented using (inspection_id)
      union all
      select inspection_code, to_jsonb(t) - 'inspection_id' from core.published_standard_rating as t join invented using (inspection_id)
      union all
      select inspection_code, to_jsonb(t) - 'inspection_id' from core.qualitative_rating as t join invented using (inspection_id)
      union all
      select inspection_code, to_jsonb(t) - 'inspection_id' from core.published_overall as t join invented using (inspection_id)
      union all
      select inspection_code, to_jsonb(t) - 'inspection_id' from core.panel_decision as t join invented using (inspection_id)
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

const inBulk = (folder: string) => load(one.db, [folder], { url: one.url });

/** A copy of the programme's folder, to be changed. */
async function copyOfProgramme(name: string): Promise<string> {
  const folder = path.join(home, name);
  await cp(programme, folder, { recursive: true });
  return folder;
}

describe('many inspections at once', () => {
  test('are stored as they are one by one', async () => {
    const loaded = await inBulk(programme);
    expect(loaded.map(({ outcome }) => outcome)).toEqual(Array(inspections).fill('loaded'));
    expect(await parts(one.db)).toHaveLength(1);
    for (const bundle of await readdir(programme)) await load(other.db, [path.join(programme, bundle)]);
    expect(await parts(other.db)).toEqual([]);
    const rows = await stored(one.db);
    expect(rows).toHaveLength(inspections);
    expect(rows).toEqual(await stored(other.db));
  });

  test('are told in the order of their folders, and again change nothing', async () => {
    const names = (await readdir(programme)).sort().map((bundle) => path.join(programme, bundle));
    expect((await inBulk(programme)).map(({ name }) => name)).toEqual(names);
    const before = await stored(one.db);
    const again = await inBulk(programme);
    expect(again.map(({ name, outcome }) => [name, outcome])).toEqual(
      names.map((name) => [name, 'unchanged']),
    );
    expect(await stored(one.db)).toEqual(before);
    expect(await parts(one.db)).toHaveLength(1);
  });

  test('get every key that core.answer has, checked', async () => {
    await inBulk(programme);
    const [part = ''] = await parts(one.db);
    const keysOf = async (table: string) => {
      const { rows } = await sql<{ key: string }>`
        select pg_get_constraintdef(oid) || ' ' || convalidated as key
        from pg_constraint
        where conrelid = ${table}::regclass and contype in ('p', 'f', 'c')
        order by 1`.execute(one.db);
      return rows.map(({ key }) => key);
    };
    expect(await keysOf(part)).toHaveLength(3);
    expect(await keysOf(part)).toEqual(await keysOf('core.answer'));
    const { inspection_id, question_id, case_no, sample_id } = await one.db
      .selectFrom('core.answer')
      .selectAll()
      .where('inspection_id', '>=', 1_000_000)
      .limit(1)
      .executeTakeFirstOrThrow();
    const wrong = {
      inspection_id,
      question_id,
      case_no: case_no + 500,
      sample_id,
      answer: 'yes' as const,
    };
    await expect(one.db.insertInto('core.answer').values(wrong).execute()).rejects.toThrow(/foreign key/);
    const twice = { ...wrong, case_no };
    await expect(one.db.insertInto('core.answer').values(twice).execute()).rejects.toThrow(/unique/);
  });

  test('load anew what was deleted past the loader, and leave the rest', async () => {
    await load(one.db, [programme], { url: one.url });
    await one.db
      .deleteFrom('core.inspection')
      .where('inspection_id', 'in', (of) =>
        of
          .selectFrom('core.inspection')
          .select('inspection_id')
          .where('is_synthetic', '=', true)
          .orderBy('inspection_id')
          .limit(2),
      )
      .execute();
    const outcomes = (await load(one.db, [programme], { url: one.url })).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'loaded')).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(inspections - 2);
  });

  test('replace those that have changed, and leave the rest', async () => {
    await inBulk(programme);
    const before = await stored(one.db);
    const folder = await copyOfProgramme('changed');
    // More than are written one by one.
    const changed = (await readdir(folder)).sort().slice(0, 20);
    for (const bundle of changed) {
      const file = path.join(folder, bundle, 'answers.csv');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace(/,yes\n/, ',no\n'));
    }
    const loaded = await inBulk(folder);
    expect(
      loaded.filter(({ outcome }) => outcome === 'replaced').map(({ name }) => path.basename(name)),
    ).toEqual(changed);
    expect(loaded.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(
      inspections - changed.length,
    );
    const after = await stored(one.db);
    expect(after.filter((line) => !before.includes(line))).toHaveLength(changed.length);
    const before_ = await one.db
      .selectFrom('core.replaced_rating')
      .select('code')
      .where('code', '=', 'overall')
      .execute();
    expect(before_).toHaveLength(changed.length);
  });
});

describe('when something is wrong', () => {
  test('with the last of them, nothing is stored, and no part is left', async () => {
    const folder = await copyOfProgramme('wrong');
    const last = (await readdir(folder)).sort().at(-1) as string;
    await appendFile(path.join(folder, last, 'answers.csv'), 'nobody,2.1.1,yes\n');
    const error = await inBulk(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).problems).toMatchObject([
      { file: path.join(folder, last, 'answers.csv'), message: expect.stringContaining('"nobody"') },
    ]);
    expect(await stored(one.db)).toEqual([]);
    expect(await parts(one.db)).toEqual([]);
  });

  test('with the server in the middle of a copy, it is told at once, and nothing is stored', async () => {
    // a case of the second batch, which the server refuses for a reason of its own
    const [, , , name = ''] = (await readdir(programme)).sort().reverse();
    await sql
      .raw(`
      create function public.refuse() returns trigger language plpgsql as $$
      begin
        if exists (select from core.inspection as i where i.inspection_id = new.inspection_id and inspection_code = '${name}') then
          raise exception 'refused by the test';
        end if;
        return new;
      end $$;
      create trigger refuse before insert on core.inspected_case for each row execute function public.refuse()`)
      .execute(one.db);
    try {
      await expect(inBulk(programme)).rejects.toThrow('refused by the test');
      expect(await stored(one.db)).toEqual([]);
      expect(await parts(one.db)).toEqual([]);
    } finally {
      await sql`drop function public.refuse cascade`.execute(one.db);
    }
    expect(await inBulk(programme)).toHaveLength(inspections);
  });

  test('two loads of the same programme at once: one loads it, the other finds it there', async () => {
    const both = await Promise.all([inBulk(programme), inBulk(programme)]);
    const outcomes = both.map((loaded) => [...new Set(loaded.map(({ outcome }) => outcome))]);
    expect(outcomes.sort()).toEqual([['loaded'], ['unchanged']]);
    expect(await stored(one.db)).toHaveLength(inspections);
  });
});

describe('while many inspections are being loaded', () => {
  test('others are loaded side by side, and the same ones queue', async () => {
    // Whoever needs a service that the bulk load adds has to wait for it: here all are known.
    await inBulk(programme);
    await empty();
    const names = (await readdir(programme)).sort();
    const arrivals = names.slice(1).map((bundle) => path.join(programme, bundle));
    let [reached, goOn] = [() => {}, () => {}];
    const atLast = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const bulk = loadInBulk(
      one.url,
      arrivals.map((name, at) => ({
        name,
        open: async () => {
          // All but the last few are with the server when this one is opened.
          if (at === arrivals.length - 1) {
            reached();
            await gate;
          }
          return openBundle(name, {});
        },
      })),
      { origin: 'user', newService: false },
    );
    await atLast;
    let isThere = false;
    const same = load(one.db, [arrivals[0] as string]).finally(() => {
      isThere = true;
    });
    const impatient = connect(`${one.url}?lock_timeout=5000`);
    try {
      const alone = path.join(programme, names[0] as string);
      expect(await load(impatient, [alone])).toMatchObject([{ outcome: 'loaded' }]);
      expect(isThere).toBe(false);
    } finally {
      goOn();
      await impatient.destroy();
    }
    expect((await bulk).map(({ outcome }) => outcome)).toEqual(Array(inspections - 1).fill('loaded'));
    expect(await same).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await stored(one.db)).toHaveLength(inspections);
  });

  test('readers go on, also while keys are made and until the load ends', async () => {
    await withCopy(one.url, async (trx, copy) => {
      const part = (await newPart(trx)) as AnswerPart;
      await fillPart(copy, part, []);
      await attachPart(trx, part);
      const { rows } = await sql<{ lock: string }>`
        select relation::regclass || ' ' || mode as lock
        from pg_locks
        join pg_class on pg_class.oid = relation and relnamespace::regnamespace::text in ('core', 'kept', 'analytics')
        where pid = pg_backend_pid() and mode = 'AccessExclusiveLock' and relkind <> 'i'`.execute(trx);
      expect(rows).toEqual([]);
      const reader = connect(`${one.url}?lock_timeout=5000`);
      try {
        expect(
          await reader.selectFrom('analytics.key_question_result').select('percent').execute(),
        ).not.toEqual([]);
        expect(await reader.selectFrom('core.answer').select('answer').limit(1).execute()).toBeDefined();
      } finally {
        await reader.destroy();
      }
      await sql`rollback`.execute(trx);
    });
  });

  test('a service that another loader adds meanwhile makes it begin anew', async () => {
    const [first = ''] = (await readdir(programme)).sort();
    const { service } = JSON.parse(await readFile(path.join(programme, first, 'inspection.json'), 'utf8'));
    await one.db.deleteFrom('core.service').where('is_synthetic', '=', true).execute();
    const added = await one.db.transaction().execute(async (trx) => {
      const { service_id } = await trx
        .insertInto('core.service')
        .values({ service_code: 'added-meanwhile', area: service.area, is_synthetic: true })
        .returning('service_id')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('core.service_name')
        .values({ service_id, name: service.name, usage: 'official' })
        .execute();
      const bulk = inBulk(programme);
      await waitsForLock(one.db, bulk);
      return [bulk];
    });
    expect(await added[0]).toHaveLength(inspections);
    const services = await one.db
      .selectFrom('core.service')
      .select('service_code')
      .where('area', '=', service.area)
      .execute();
    expect(services).toEqual([{ service_code: 'added-meanwhile' }]);
  });
});
