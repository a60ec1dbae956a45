import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import type { Given } from '../../src/import/files/source.js';
import { type AnswerPart, attachPart, newPart } from '../../src/import/inspection/answers.js';
import { load } from '../../src/import/load.js';
import { valuesOf } from '../support/asked.js';
import { temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';
import { forgetUsersLoads } from '../support/forget-loads.js';
import { statesOf, twoStates } from '../support/wholeness.js';

// More bundles than a writer's batch: the first full one begins a part of core.answer.
const inspections = 40;

const [one, other] = [testDatabase(), testDatabase()];
const folder = temporaryFolders();
/** The bundles of a programme, and the same with one answer of each changed. */
let bundles: Record<'before' | 'after', string[]>;
let programme = '';
let names: string[] = [];

beforeAll(async () => {
  bundles = await twoStates(one.db, await folder(), inspections);
  programme = path.dirname(bundles.before[0] as string);
  names = bundles.before.map((bundle) => path.basename(bundle));
});

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

/** The invented services with their names, and the files of all loads. */
const servicesAndFiles = (db: Kysely<DB>) =>
  valuesOf(
    db,
    `select service_code, area, region, name, usage, kind from core.service join core.service_name using (service_id)
    where is_synthetic
    union all
    select inspection_code, file, sha256, rows::text, encoding, null
    from core.load join core.load_file using (load_id) join core.inspection using (inspection_id) where is_synthetic
    order by 1, 2, 4`,
  );

const having = (outcome: string, loaded: Awaited<ReturnType<typeof load>>) =>
  loaded.filter((done) => done.outcome === outcome).map(({ name }) => path.basename(name));

describe('many inspections at once', () => {
  test('are stored as they are one by one, told in the order of their folders, and again change nothing', async () => {
    expect(having('loaded', await load(one.db, [programme]))).toEqual(names);
    expect(await parts(one.db)).toHaveLength(1);
    for (const bundle of bundles.before) await load(other.db, [bundle]);
    expect(await parts(other.db)).toEqual([]);
    const stored = await statesOf(one.db);
    expect(stored.size).toBe(inspections);
    expect(stored).toEqual(await statesOf(other.db));
    expect(await servicesAndFiles(one.db)).toEqual(await servicesAndFiles(other.db));
    expect(having('unchanged', await load(one.db, [programme]))).toEqual(names);
    expect(await statesOf(one.db)).toEqual(stored);
    expect(await parts(one.db)).toHaveLength(1);
  });

  test('replace those that have changed, load anew those that were deleted past the loader, and leave the rest', async () => {
    await load(one.db, [programme]);
    const before = await statesOf(one.db);
    const [changed, deleted] = [names.slice(0, 20), names.slice(20, 22)];
    await one.db.deleteFrom('core.inspection').where('inspection_code', 'in', deleted).execute();
    const loaded = await load(one.db, [...bundles.after.slice(0, 20), ...bundles.before.slice(20)]);
    expect(having('replaced', loaded)).toEqual(changed);
    expect(having('loaded', loaded)).toEqual(deleted);
    expect(having('unchanged', loaded)).toEqual(names.slice(22));
    const after = [...(await statesOf(one.db))];
    expect(after.filter(([code, digest]) => before.get(code) !== digest).map(([code]) => code)).toEqual(
      changed,
    );
    const recorded = one.db.selectFrom('core.replaced_rating').select('code').where('code', '=', 'overall');
    expect(await recorded.execute()).toHaveLength(changed.length);
  });
});

describe('when something is wrong', () => {
  const expectNothing = async () => {
    expect(await statesOf(one.db)).toEqual(new Map());
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
    expect((await statesOf(one.db)).size).toBe(inspections);
  });
});

describe('while many inspections are being loaded', () => {
  test('others are loaded side by side, and the same ones queue', async () => {
    // Whoever needs a service that the load adds has to wait for it: here all are known.
    await load(one.db, [programme]);
    await empty();
    const [alone = '', ...others] = bundles.before;
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
    expect((await statesOf(one.db)).size).toBe(inspections);
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
