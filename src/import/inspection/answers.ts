import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { type AnswerSheet, cell } from '../bundle/answer-sheet.js';

type Trx = Transaction<DB>;

/** Keys in a block of inspections: a part of core.answer has the answers of one block. */
const blockSize = 1_000_000;

/** A part of core.answer that a load of many inspections fills: bare at first, then keyed and attached. */
export interface AnswerPart {
  block: number;
  /** Keys of inspections from here on are its own. */
  firstKey: number;
  nextKey: number;
  answers: number;
}

/**
 * Has a bare part made for a new block of keys. The server does it for us: who loads need own no table. Undefined where there are
 * no parts, because the answers are distributed.
 */
export async function newPart(trx: Trx): Promise<AnswerPart | undefined> {
  const { rows } = await sql<{ block: number | null }>`select core.new_answer_part() as block`.execute(trx);
  const block = rows[0]?.block ?? null;
  if (block === null) return undefined;
  return { block, firstKey: block * blockSize, nextKey: block * blockSize, answers: 0 };
}

/** Gives a filled part its keys, each checked over all rows at once, and makes it a part of core.answer. Readers go on meanwhile. */
export async function attachPart(trx: Trx, { block }: AnswerPart): Promise<void> {
  await sql`select core.attach_answer_part(${block})`.execute(trx);
}

const letters: Record<number, string> = { [cell.yes]: 'y', [cell.no]: 'n', [cell.notApplicable]: 'x' };

/**
 * The statement that writes answers of inspections, into a part where one is given; none where there are no answers. They go to the
 * server a question a row, a letter a case, and become rows there, in the order of core.answer's key.
 */
export function answerStatement(
  inspections: readonly { inspectionId: number; bundle: { sheets: readonly AnswerSheet[] } }[],
  part?: AnswerPart,
): RawBuilder<unknown>[] {
  const rows = inspections.flatMap(({ inspectionId, bundle }) =>
    bundle.sheets.flatMap(({ sampleId, questions, cases, cells, answers }) => {
      if (part) part.answers += answers;
      return questions.map(({ id, row }) => {
        const ofCases = cells.subarray(row * cases.length, (row + 1) * cases.length);
        const said = Array.from(ofCases, (one) => letters[one] ?? ' ').join('');
        return { inspectionId, id, sampleId, before: (cases[0]?.number ?? 1) - 1, said };
      });
    }),
  );
  if (rows.length === 0) return [];
  const table = part ? sql.table(`core_answer.block_${part.block}`) : sql.table('core.answer');
  return [
    sql`
      insert into ${table} (inspection_id, question_id, case_no, sample_id, answer)
      select inspection_id, question_id, before + place, sample_id,
        (case letter when 'y' then 'yes' when 'n' then 'no' when 'x' then 'not applicable' end)::core.answer_value
      from unnest(
        ${rows.map(({ inspectionId }) => inspectionId)}::bigint[],
        ${rows.map(({ id }) => id)}::integer[],
        ${rows.map(({ sampleId }) => sampleId)}::smallint[],
        ${rows.map(({ before }) => before)}::integer[],
        ${rows.map(({ said }) => said)}::text[]
      ) as asked (inspection_id, question_id, sample_id, before, letters)
      cross join lateral string_to_table(letters, null) with ordinality as answer (letter, place)
      where letter <> ' '`,
  ];
}
