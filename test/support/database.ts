import { type Kysely, sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, inject } from 'vitest';
import { connect } from '../../src/database/connect.js';
import type { RoleName } from '../../src/database/role-names.js';
import { asRole, passwordVariable } from '../../src/database/roles.js';
import type { DB } from '../../src/database/schema.js';
import { withConnection } from './connection.js';
import { withDatabaseName } from './server.js';

/** A database of a test file's own, with schema and the bundled inspections: cloned before its tests, dropped after. */
export interface TestDatabase {
  db: Kysely<DB>;
  url: string;
}

let cloned = 0;

/** Gives the test file a database. Its fields are there once the tests run. */
export function testDatabase(): TestDatabase {
  const database = {} as TestDatabase;
  const name = `yot_ratings_test_${process.pid}_${++cloned}`;
  beforeAll(async () => {
    await asAdmin((admin) =>
      // as files: not every page by way of the log of changes
      sql`create database ${sql.id(name)} template ${sql.id(inject('template'))} strategy file_copy`.execute(
        admin,
      ),
    );
    database.url = withDatabaseName(inject('adminUrl'), name);
    database.db = connect(database.url);
  });
  afterAll(async () => {
    await database.db?.destroy();
    await asAdmin((admin) => sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin));
  });
  return database;
}

/** A role's URL of a test file's database. */
export const urlOf = ({ url }: Pick<TestDatabase, 'url'>, role: RoleName): string =>
  asRole(url, role, process.env[passwordVariable(role)] as string);

/** A connection of a role to a test file's database, for as long as the work takes. */
export const asRoleOf = <T>(
  database: Pick<TestDatabase, 'url'>,
  role: RoleName,
  work: (session: Kysely<DB>) => Promise<T>,
): Promise<T> => withConnection(urlOf(database, role), work);

/** A connection of the read-only role to a test file's database, for as long as the work takes. */
export const asReaderOf = <T>(database: TestDatabase, work: (reader: Kysely<DB>) => Promise<T>): Promise<T> =>
  asRoleOf(database, 'reader', work);

/** An empty database, for as long as the work takes. */
export async function withEmptyDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const name = `yot_ratings_empty_${process.pid}_${++cloned}`;
  await asAdmin((admin) => sql`create database ${sql.id(name)}`.execute(admin));
  try {
    return await work(withDatabaseName(inject('adminUrl'), name));
  } finally {
    await asAdmin((admin) => sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin));
  }
}

const asAdmin = <T>(work: (admin: Kysely<DB>) => Promise<T>): Promise<T> =>
  withConnection(inject('adminUrl'), work);

class RollBack extends Error {}

/** Does a thing in a transaction and takes it back. */
export async function rolledBack<T>(db: Kysely<DB>, work: (trx: Transaction<DB>) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  await db
    .transaction()
    .execute(async (trx) => {
      result = { value: await work(trx) };
      throw new RollBack();
    })
    .catch((error) => {
      if (!(error instanceof RollBack)) throw error;
    });
  return (result as { value: T }).value;
}
