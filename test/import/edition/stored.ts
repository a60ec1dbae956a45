import type { Transaction } from 'kysely';
import type { DB } from '../../../src/database/schema.js';
import { load } from '../../../src/import/load.js';

export type Trx = Transaction<DB>;

/** Loads them; returns what came of each. */
export const loaded = async (trx: Trx, ...paths: string[]) =>
  (await load(trx, paths)).map(({ outcome }) => outcome);

/** The invented edition's questions: code with key, and where each hangs. */
export async function questions(trx: Trx) {
  const rows = await trx
    .selectFrom('core.question as question')
    .leftJoin('core.question as parent', 'parent.question_id', 'question.parent_question_id')
    .select(['question.question_id', 'question.question_code', 'question.level', 'question.standard_code'])
    .select(['parent.question_code as parent', 'question.in_force', 'question.text'])
    .where('question.edition_code', '=', 'Invented 1')
    .orderBy('question.position')
    .execute();
  return rows;
}

/** The keys of its questions, by code. */
export const ids = async (trx: Trx) =>
  Object.fromEntries((await questions(trx)).map((row) => [row.question_code, row.question_id]));
