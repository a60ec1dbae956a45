import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import * as library from '../../src/index.js';
import { testDatabase } from '../support/database.js';
import { askingFunctions } from '../support/examples.js';

// A load may replace an inspection between two statements: what one call returns is of one moment all the same.

const database = testDatabase();
let db: Kysely<DB>;
let sent: string[] = [];
const given: Record<string, unknown[]> = {
  ...{ findService: ['Wigan'], servicesNamed: ['Wigan'], whatIf: [{ base: 'inspected' }] },
};

beforeAll(async () => {
  const [one] = await library.overallRating(database.db);
  given.inspectionInFull = [one?.inspection_id];
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      sent.push(query.sql);
    },
  });
});
afterAll(() => db.destroy());

/** The statements that a function of the library sends. */
async function ask(name: string, on: Kysely<DB>): Promise<string[]> {
  sent = [];
  const functions = library as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  await functions[name]?.(on, ...(given[name] ?? []));
  return sent;
}

test.each(askingFunctions().map(({ name }) => name))(
  '%s is one statement, or one transaction of one moment',
  async (name) => {
    const statements = await ask(name, db);
    expect(statements.length).toBeGreaterThan(0);
    if (statements.length > 1) expect(statements[0]).toMatch(/isolation level repeatable read/);
  },
);

test.each(['inspectionInFull', 'ratings', 'findService'])(
  '%s is one statement in a transaction of the caller’s',
  async (name) => {
    await db.transaction().execute(async (trx) => {
      expect(await ask(name, trx)).toHaveLength(1);
    });
  },
);
