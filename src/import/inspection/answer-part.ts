import { sql, type Transaction } from 'kysely';
import type { Copy } from '../../database/copy.js';
import type { DB } from '../../database/schema.js';
import { type AnswerSheet, cell } from '../bundle/answer-sheet.js';

/** Keys in a block of inspections: a part of core.answer has the answers of one block. */
const blockSize = 1_000_000;

/** A part of core.answer that a bulk load fills: bare at first, then keyed and attached. */
export interface AnswerPart {
  table: string;
  block: number;
  /** Keys of inspections from here on are its own. */
  firstKey: number;
  answers: number;
}

/**
 * Has a bare part made for a new block of keys. The server does it for us: who loads need own no table. Undefined where there are
 * no parts, because the answers are distributed.
 */
export async function newPart(trx: Transaction<DB>): Promise<AnswerPart | undefined> {
  const { rows } = await sql<{ block: number | null }>`select core.new_answer_part() as block`.execute(trx);
  const { block } = rows[0] as { block: number | null };
  if (block === null) return undefined;
  return { table: `core_answer.block_${block}`, block, firstKey: block * blockSize, answers: 0 };
}

const columns = ['inspection_id', 'question_id', 'case_no', 'sample_id', 'answer'];

/** Copies the answers of inspections into a part; without one, into core.answer. */
export async function fillPart(
  copy: Copy,
  part: AnswerPart | undefined,
  inspections: Iterable<{ inspectionId: number; sheets: AnswerSheet[] }>,
): Promise<void> {
  function* lines() {
    for (const { inspectionId, sheets } of inspections) {
      for (const sheet of sheets) {
        if (part) part.answers += sheet.answers;
        yield answerLines(inspectionId, sheet);
      }
    }
  }
  // The table is of this very transaction, so that its rows may be written as settled (freeze): what reads them later, the
  // key checks first of all, need not look up and note whether they are.
  const to = part ? { table: part.table, options: 'with (freeze)' } : { table: 'core.answer' };
  await copy({ ...to, columns }, lines());
}

/** The answers of a sheet as lines of COPY, in the order of core.answer's key. */
function answerLines(inspectionId: number, { sampleId, questions, cases, cells }: AnswerSheet): string {
  const words = new Map<number, string>([
    [cell.yes, `\t${sampleId}\tyes\n`],
    [cell.no, `\t${sampleId}\tno\n`],
    [cell.notApplicable, `\t${sampleId}\tnot applicable\n`],
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

/** Gives a filled part its keys, each checked over all rows at once, and makes it a part of core.answer. Readers go on meanwhile. */
export async function attachPart(trx: Transaction<DB>, { block }: AnswerPart): Promise<void> {
  await sql`select core.attach_answer_part(${block})`.execute(trx);
}
