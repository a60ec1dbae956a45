import { sql } from 'kysely';
import type { Connection } from '../../src/database/connect.js';

/**
 * Makes the function that attempts() calls. It runs with the rights of its caller, so that what it tries is what the caller may do.
 * @param db the owner's connection
 */
export async function allowAttempts(db: Connection): Promise<void> {
  for (const statement of [
    'create schema attempt',
    'grant usage on schema attempt to public',
    // Each statement is taken back, whether it was refused or not.
    `create function attempt.code_of(statement text) returns text language plpgsql as $$
      begin
        begin
          execute statement;
          raise exception 'done' using errcode = 'YDONE';
        exception when others then
          return case sqlstate when 'YDONE' then 'done' else sqlstate end;
        end;
      end
    $$`,
  ])
    await sql.raw(statement).execute(db);
}

/** The SQLSTATE with which the server refuses each statement to this session; 'done' when it does as told. All are taken back. */
export async function attempts(session: Connection, statements: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select attempt.code_of(statement) as code
    from unnest(${statements}::text[]) with ordinality as given (statement, place)
    order by place`.execute(session);
  return rows.map(({ code }) => code);
}
