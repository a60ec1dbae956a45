import { sql, type Transaction } from 'kysely';
import type { Copy } from '../../database/copy.js';
import type { DB } from '../../database/schema.js';
import { type AnswerSheet, cell } from '../bundle/answer-sheet.js';

/** Keys in a block of inspections: a part of core.answer has the answers of one block. */
const blockSize = 1_000_000;

/** A part of core.answer that a bulk load fills: bare at first, then keyed and attached. */
export interface AnswerPart {
  table: string;
  /** Keys of inspections from here on are its own. */
  firstKey: number;
  answers: number;
}

/** Makes a bare part for a new block of keys. */
export async function newPart(trx: Transaction<DB>): Promise<AnswerPart> {
  const { rows } = await sql<{ block: number }>`select nextval('core.inspection_block') as block`.execute(
    trx,
  );
  const { block } = rows[0] as { block: number };
  const table = `core_answer.block_${block}`;
  await sql.raw(`create table ${table} (like core.answer including defaults)`).execute(trx);
  await sql.raw(`comment on table ${table} is 'Answers of one bulk load.'`).execute(trx);
  return { table, firstKey: block * blockSize, answers: 0 };
}

const columns = ['inspection_id', 'question_id', 'case_no', 'questionnaire_id', 'answer'];

/** Copies the answers of inspections into a part. */
export async function fillPart(
  copy: Copy,
  part: AnswerPart,
  inspections: Iterable<{ inspectionId: number; sheets: AnswerSheet[] }>,
): Promise<void> {
  function* lines() {
    for (const { inspectionId, sheets } of inspections) {
      for (const sheet of sheets) {
        part.answers += sheet.answers;
        yield answerLines(inspectionId, sheet);
      }
    }
  }
  // The table is of this very transaction, so that its rows may be written as settled (freeze): what reads them later, the
  // key checks first of all, need not look up and note whether they are.
  await copy({ table: part.table, columns, options: 'with (freeze)' }, lines());
}

/** The answers of a sheet as lines of COPY, in the order of core.answer's key. */
function answerLines(inspectionId: number, { questionnaire, questions, cases, cells }: AnswerSheet): string {
  const words = new Map<number, string>([
    [cell.yes, `\t${questionnaire}\tyes\n`],
    [cell.no, `\t${questionnaire}\tno\n`],
    [cell.notApplicable, `\t${questionnaire}\tnot applicable\n`],
  ]);
  const numbers = cases.map(({ number }) => String(number));
  let text = '';
  for (const { id, row } of questions) {
    const prefix = `${inspectionId}\t${id}\t`;
    for (let place = 0; place < numbers.length; place++) {
      const word = words.get(cells[row * numbers.length + place] as number);
      if (word !== undefined) text += prefix + numbers[place] + word;
    }
  }
  return text;
}

/**
 * Gives a filled part its keys, each checked over all rows at once, and makes it a part of core.answer. Readers of
 * core.answer go on meanwhile; the keys are the same as core.answer's, so that attaching checks nothing again.
 */
export async function attachPart(trx: Transaction<DB>, { table, firstKey }: AnswerPart): Promise<void> {
  // Here each check is one look at all rows.
  await sql`set local enable_seqscan = on`.execute(trx);
  const { rows } = await sql<{ definition: string }>`
    select pg_get_constraintdef(oid) as definition
    from pg_constraint
    where conrelid = 'core.answer'::regclass and contype in ('p', 'f')
    order by contype desc, conname`.execute(trx);
  for (const { definition } of rows) await sql.raw(`alter table ${table} add ${definition}`).execute(trx);
  const [from, to] = [firstKey, firstKey + blockSize];
  const bounds = `inspection_id is not null and inspection_id >= ${from} and inspection_id < ${to}`;
  await sql.raw(`alter table ${table} add constraint bounds check (${bounds})`).execute(trx);
  await sql
    .raw(`alter table core.answer attach partition ${table} for values from (${from}) to (${to})`)
    .execute(trx);
  await sql.raw(`alter table ${table} drop constraint bounds`).execute(trx);
  await sql.raw(`analyze ${table}`).execute(trx);
  await sql`set local enable_seqscan = off`.execute(trx);
}
