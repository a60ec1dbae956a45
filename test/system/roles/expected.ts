import type { Kysely } from 'kysely';
import type { DB } from '../../../src/database/schema.js';
import { attempts } from '../../support/attempts.js';
import type { Role } from './rules.js';

/** What a statement is refused with that a role has no right to. */
export const forbidden = '42501';

/** A statement, and what becomes of it: 'done', or the codes with one of which it is refused. */
export interface Expected {
  statement: string;
  codes: string[];
}
export const allowed = (statement: string): Expected => ({ statement, codes: ['done'] });
export const refused = (statement: string, ...codes: string[]): Expected => ({
  statement,
  codes: [forbidden, ...codes],
});
export const either = (may: boolean, statement: string): Expected =>
  may ? allowed(statement) : refused(statement);

/** Tries all, and names those of which something else became. */
export async function wrongIn(
  session: Kysely<DB>,
  role: Role,
  expected: readonly Expected[],
): Promise<string[]> {
  const codes = await attempts(
    session,
    expected.map(({ statement }) => statement),
  );
  return expected.flatMap(({ statement, codes: right }, at) =>
    right.includes(codes[at] as string) ? [] : [`${role}: ${statement}: ${codes[at]}, not ${right}`],
  );
}
