import { type Kysely, sql } from 'kysely';
import { expect } from 'vitest';
import { connect } from '../../src/database/connect.js';
import type { DB } from '../../src/database/schema.js';
import { UserError } from '../../src/problem.js';

/** A connection of its own, for as long as the work takes. */
export async function withConnection<T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const db = connect(url, { max: 1 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** The rows of a statement, on a connection of its own. */
export const rowsOf = <Row>(url: string, statement: string): Promise<Row[]> =>
  withConnection(url, async (db) => (await sql.raw<Row>(statement).execute(db)).rows);

/** The UserError with which work is refused, in one line. */
export async function refusalOf(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => new Error('it was done'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  expect(error.message).not.toContain('\n');
  return error;
}
