import { sql } from 'kysely';
import type { Connection } from '../../../src/database/connect.js';

/**
 * Makes the function that attempts() calls. It runs with the rights of its caller, so that what it tries is what the caller may do.
 * @param db the owner's connection
 */
export async function allowAttempts(db: Connection): Promise<void> {
  // Each statement is taken back, whether it was refused or not.
  await sql`
    create schema attempt;
    grant usage on schema attempt to public;
    create function attempt.code_of(statement text) returns text language plpgsql as $$
      begin
        begin
          execute statement;
          raise exception 'done' using errcode = 'YDONE';
        exception when others then
          return case sqlstate when 'YDONE' then 'done' else sqlstate end;
        end;
      end
    $$`.execute(db);
}

/** The SQLSTATE with which the server refuses each statement to this session; 'done' when it does as told. All are taken back. */
export async function attempts(session: Connection, statements: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select attempt.code_of(statement) as code
    from unnest(${statements}::text[]) with ordinality as given (statement, place)
    order by place`.execute(session);
  return rows.map(({ code }) => code);
}

/** What a statement is refused with that a role has no right to. */
export const forbidden = '42501';

/** A statement, and what becomes of it: 'done', or the codes with one of which it is refused. */
export type Expected = [statement: string, ...codes: string[]];
export const allowed = (statement: string): Expected => [statement, 'done'];
export const refused = (statement: string, ...codes: string[]): Expected => [statement, forbidden, ...codes];
export const either = (may: boolean, statement: string): Expected => [statement, may ? 'done' : forbidden];

/** Tries all, and names those of which something else became. */
export async function wrongIn(session: Connection, expected: readonly Expected[]): Promise<string[]> {
  const codes = await attempts(
    session,
    expected.map(([statement]) => statement),
  );
  return expected.flatMap(([statement, ...right], at) =>
    right.includes(codes[at] as string) ? [] : [`${statement}: ${codes[at]}, not ${right}`],
  );
}
