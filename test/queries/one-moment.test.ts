import { Kysely } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import * as library from '../../src/index.js';
import { testDatabase } from '../support/database.js';
import { askingFunctions } from '../support/examples.js';

// A load may replace an inspection between two statements: what one call returns is of one moment all the same.

const database = testDatabase();
let db: Kysely<DB>;
let sent: string[] = [];

beforeAll(async () => {
  const { inspection_id } = await database.db
    .selectFrom('core.inspection')
    .select('inspection_id')
    .limit(1)
    .executeTakeFirstOrThrow();
  given.inspectionInFull = [inspection_id];
  db = new Kysely<DB>({
    dialect: new PostgresJSDialect({ postgres: postgres(database.url, { max: 2 }) }),
    log: ({ query }) => {
      sent.push(query.sql);
    },
  });
});
afterAll(() => db.destroy());

const given: Record<string, unknown[]> = {
  findService: ['Wigan'],
  servicesNamed: ['Wigan'],
  whatIf: [{ base: 'inspected' }],
};

const ask = async (name: string, on: Kysely<DB>): Promise<string[]> => {
  sent = [];
  await (library as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name]?.(
    on,
    ...(given[name] ?? []),
  );
  return sent;
};

describe('one statement, or one transaction of one moment:', () => {
  test.each(askingFunctions().map(({ name }) => name))('%s', async (name) => {
    const statements = await ask(name, db);
    expect(statements.length).toBeGreaterThan(0);
    if (statements.length > 1) expect(statements[0]).toMatch(/isolation level repeatable read/);
  });
});

test.each(['inspectionInFull', 'ratings', 'findService'])(
  '%s is one statement in a transaction of the caller’s',
  async (name) => {
    await db.transaction().execute(async (trx) => {
      expect(await ask(name, trx)).toHaveLength(1);
    });
  },
);
