import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { Connection } from '../../../src/database/connect.js';
import type { DB } from '../../../src/database/schema.js';
import { load } from '../../../src/import/load.js';
import { draws, oneOf } from '../../../src/simulate/random.js';
import { temporaryFolders } from '../../support/command.js';
import { testDatabase, urlOf } from '../../support/database.js';
import { times } from '../../support/in-full.js';
import { seed } from '../../support/seed.js';
import { twoStates } from '../../support/wholeness.js';

const database = testDatabase();
const folder = temporaryFolders();
const [readers, seconds, inspections] = [times(8, 50), times(6, 180), times(8, 24)];

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
].map(
  (part) =>
    `select * from (${part}) as part join analytics.inspection using (inspection_id) where is_synthetic`,
);

/** The state of every invented inspection, read in one statement for some of the parts. */
async function seen(db: Connection, some: readonly string[] = parts): Promise<Map<number, string>> {
  const all = some.map((part, at) => `select ${at} as at, inspection_id, part from (${part}) as p${at}`);
  const { rows } = await sql<{ inspection: number; state: string }>`
    select inspection_id as inspection, string_agg(part, '; ' order by at) as state
    from (${sql.raw(all.join(' union all '))}) as every group by 1`.execute(db);
  return new Map(rows.map(({ inspection, state }) => [inspection, state]));
}

/** The same in one statement a part, which have to see one state, as the transaction does. */
const seenInTurn = (db: Kysely<DB>): Promise<Map<number, string>> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const whole = new Map<number, string>();
      for (const part of parts)
        for (const [inspection, state] of await seen(trx, [part]))
          whole.set(inspection, [whole.get(inspection) ?? [], state].flat().join('; '));
      return whole;
    });

const named = (states: ReadonlyMap<number, string>) => [...states].map((one) => one.join(': '));

test('readers see each inspection whole, before or after, while it is replaced', {
  timeout: 900_000,
}, async () => {
  const { db } = database;
  const { before, after } = await twoStates(db, await folder(), inspections);
  const states = new Set<string>();
  for (const bundles of [after, before]) {
    await load(db, bundles);
    for (const state of named(await seen(db))) states.add(state);
  }
  expect(states.size).toBe(2 * inspections);

  const end = performance.now() + 1000 * seconds;
  const random = draws(seed, 'loader', 0);
  let [checked, replaced] = [0, 0];
  const loading = async () => {
    for (let turn = 1; performance.now() < end; turn++) {
      // one at a time, and all at once
      const from = oneOf(random, [before, after]);
      const loaded = await load(db, turn % 20 === 0 ? from : [oneOf(random, from)]);
      replaced += loaded.filter(({ outcome }) => outcome === 'replaced').length;
    }
  };
  const reading = async (number: number) => {
    // as dashboards are: with a driver, and without this program
    const pool = new pg.Pool({ connectionString: urlOf(database, 'reader'), max: 1 });
    const reader = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
    try {
      const { rows: views } = await sql<{ name: string }>`
        select 'analytics.' || relname as name from pg_class
        where relnamespace = 'analytics'::regnamespace and relkind = 'v' and has_table_privilege(oid, 'select')`.execute(
        reader,
      );
      for (let at = number; performance.now() < end; at++) {
        await sql`select * from ${sql.table(views[at % views.length]?.name as string)} limit 2000`.execute(
          reader,
        );
        const found = named(await (at % 2 === 0 ? seen(reader) : seenInTurn(reader)));
        expect(found.filter((state) => !states.has(state))).toEqual([]);
        expect(found).toHaveLength(inspections);
        checked++;
      }
    } finally {
      await reader.destroy();
    }
  };
  await Promise.all([loading(), ...Array.from({ length: readers }, (_, number) => reading(number))]);
  console.log(`${checked} reads held against known states; ${replaced} replaced`);
  expect(checked).toBeGreaterThan(5);
  expect(replaced).toBeGreaterThan(0);
});
