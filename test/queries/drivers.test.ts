import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import * as library from '../../src/index.js';
import { testDatabase } from '../support/database.js';
import { askingFunctions } from '../support/examples.js';
import { loadProgramme } from '../support/programme.js';

// A caller's own Kysely has a driver that makes of dates and numbers what it likes: bigint text, dates moments of the local zone.

const database = testDatabase();
let theirs: Kysely<DB>;
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
    subgroupTrend: [{ synthetic: true }],
  };
  theirs = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url, max: 2 }) }),
  });
});
afterAll(() => theirs?.destroy());

const ask = (name: string, on: Kysely<DB>): Promise<unknown> =>
  (library as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name]?.(
    on,
    ...(given[name] ?? []),
  ) as Promise<unknown>;

describe('the same, whatever the driver:', () => {
  test.each(askingFunctions().map(({ name }) => name))('%s', async (name) => {
    const [ours, other] = [await ask(name, database.db), await ask(name, theirs)];
    expect(other).toEqual(ours);
    expect(ours).toBeDefined();
  });
});

test('and views and TypeScript agree', async () => {
  const { cells, differences } = await library.compareSqlAndTypescript(theirs);
  expect(cells).toBeGreaterThan(5000);
  expect(differences).toEqual([]);
});

test('the driver does make something else of them', async () => {
  const { rows } = await theirs
    .getExecutor()
    .executeQuery(
      theirs.selectFrom('core.inspection').select(['inspection_id', 'published']).limit(1).compile(),
    );
  expect(rows).toEqual([{ inspection_id: expect.any(String), published: expect.any(Date) }]);
});
