import type { Selectable } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { byCode } from './by-code.js';
import { type Given, givenKeys, type Wanted } from './given.js';

/** Columns of a row that are never null. */
export const givenOfPromptResult = [...givenKeys, 'standard', 'key_question', 'prompt', 'text'] as const;

/** A prompt's counts, percentages and interval in an inspection; see the view's comments. */
export type PromptResultRow = Given<
  Selectable<DB['analytics.prompt_result']>,
  (typeof givenOfPromptResult)[number]
>;

/**
 * All prompts of the inspections wanted, or those of one key question, by prompt and inspection. A key question's answer is its
 * own: its prompts say what lies behind it, and never add up to it.
 *
 * @example
 * const rows = await promptResult(db, { keyQuestion: '2.2.3', synthetic: false });
 * const weakest = rows.toSorted((a, b) => (a.percent ?? 101) - (b.percent ?? 101)).slice(0, 3);
 */
export async function promptResult(
  db: Connection,
  { inspectionId, synthetic, keyQuestion }: Wanted & { keyQuestion?: string | undefined } = {},
): Promise<PromptResultRow[]> {
  const rows = await db
    .selectFrom('analytics.prompt_result')
    .selectAll()
    .$if(inspectionId !== undefined, (query) => query.where('inspection_id', '=', inspectionId as number))
    .$if(synthetic !== undefined, (query) => query.where('is_synthetic', '=', synthetic as boolean))
    .$if(keyQuestion !== undefined, (query) => query.where('key_question', '=', keyQuestion as string))
    .orderBy('inspection_id')
    .execute();
  return byCode(rows as PromptResultRow[], (row) => row.prompt);
}
