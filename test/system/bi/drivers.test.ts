import { Kysely, PostgresDialect } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import pg from 'pg';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '../../../src/database/schema.js';
import * as library from '../../../src/index.js';
import { testDatabase } from '../../support/database.js';
import { askingFunctions } from '../../support/examples.js';
import { loadProgramme } from '../../support/programme.js';

// A caller's own Kysely has a driver that makes of dates and numbers what it likes: bigint text, dates moments of the local zone.

const database = testDatabase();
const theirs = new Map<string, Kysely<DB>>();
let given: Record<string, unknown[]>;

beforeAll(async () => {
  await loadProgramme(database, { inspections: 3, seed: 5 });
  const { inspection_id } = await database.db
    .selectFrom('analytics.inspection')
    .select('inspection_id')
    .where('area', '=', 'Wigan')
    .executeTakeFirstOrThrow();
  given = {
    findService: ['Wigan'],
    servicesNamed: ['Wigan'],
    inspectionInFull: [inspection_id],
    whatIf: [{ base: 'inspected' }],
    subgroupResult: [{ synthetic: true }],
    keyQuestionAllYears: [{ synthetic: true }],
    subgroupTrend: [{ synthetic: true }],
    subgroupAllYears: [{ synthetic: true }],
  };
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  theirs.set('pg', new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }));
  const client = postgres(database.url, { max: 2 });
  theirs.set('postgres', new Kysely<DB>({ dialect: new PostgresJSDialect({ postgres: client }) }));
});
afterAll(() => Promise.all([...theirs.values()].map((one) => one.destroy())));

const ask = (name: string, on: Kysely<DB>): Promise<unknown> =>
  (library as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name]?.(
    on,
    ...(given[name] ?? []),
  ) as Promise<unknown>;

describe.each(['pg', 'postgres'])('the same by %s:', (driver) => {
  const on = () => theirs.get(driver) as Kysely<DB>;

  test.each(askingFunctions().map(({ name }) => name))('%s', async (name) => {
    const [ours, other] = [await ask(name, database.db), await ask(name, on())];
    expect(other).toEqual(ours);
    expect(ours).toBeDefined();
  });

  test('views and TypeScript agree', async () => {
    const { cells, differences } = await library.compareSqlAndTypescript(on());
    expect(cells).toBeGreaterThan(5000);
    expect(differences).toEqual([]);
  });
});

test.each(['pg', 'postgres'])('%s does make something else of them', async (driver) => {
  const on = theirs.get(driver) as Kysely<DB>;
  const query = on.selectFrom('core.inspection').select(['inspection_id', 'published']).limit(1);
  expect(await query.execute()).toEqual([{ inspection_id: expect.any(String), published: expect.any(Date) }]);
});
