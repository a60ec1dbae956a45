import { sql } from 'kysely';
import { exitCode, UserError } from '../../problem.js';
import type { Connection } from '../connect.js';

/**
 * Makes functions and views what they have to be where the evidence is distributed; to be done whenever they were made anew. Throws a
 * UserError when a worker refuses.
 */
export async function fit(db: Connection): Promise<void> {
  const { rows } = await sql<{ statement: string }>`
    select statement from rating.distribution_rights() as statement`.execute(db);
  for (const { statement } of rows) await accepted(db, statement);
}

/** Runs a statement that returns what others refuse. Throws a UserError when one of them does. */
export async function accepted(db: Connection, statement: string): Promise<void> {
  const { rows } = await sql.raw<{ result: string }>(statement).execute(db);
  if (rows[0])
    throw new UserError(`A worker refuses what it is to do: ${rows[0].result}.`, exitCode.database);
}
