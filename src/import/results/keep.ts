import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { rateInspection } from '../../ratings/inspection.js';
import type { Edition } from '../../ratings/rules.js';
import type { ExaminedBundle } from '../bundle/examine.js';
import type { InspectionRows } from '../inspection/rows.js';
import { answerBits, caseGroups } from './bits.js';
import { evidenceOf } from './evidence-of.js';
import { recordRatings } from './history.js';
import { type ResultRows, resultRows, resultTables } from './result-rows.js';

/** The results of a bundle's inspection, as they are to be kept. Pure. */
export function resultsOf(
  bundle: ExaminedBundle,
  rows: InspectionRows,
  { inspectionId, edition }: { inspectionId: number; edition: Edition },
): ResultRows {
  const { questions } = bundle.framework;
  return resultRows(rateInspection(edition, evidenceOf(bundle, rows)), {
    inspectionId,
    edition: edition.code,
    year: Number(bundle.dates.asOf.slice(0, 4)),
    isSynthetic: bundle.inspection.synthetic ?? false,
    questionId: (code) => (questions.get(code) as { id: number }).id,
    answerBits: answerBits(bundle.sheets),
    caseGroups: caseGroups(bundle.listedCases),
  });
}

const computed = {
  'result.key_question': 'rating.key_question_result',
  'result.prompt': 'rating.prompt_result',
  'result.answer_bits': 'rating.answer_bits',
  'result.standard': 'rating.standard_result',
  'result.standard_count': 'rating.standard_count',
  'result.overall': 'rating.overall_result',
  'result.case_group': 'rating.case_group_result',
} as const;

/**
 * Makes the kept results of inspections anew from their evidence, by the views: after a change of an edition's rules, or of
 * the tables by another hand.
 */
export async function renewResults(trx: Transaction<DB>, inspectionIds: readonly number[]): Promise<void> {
  if (inspectionIds.length === 0) return;
  for (const table of resultTables) {
    await sql`delete from ${sql.table(table)} where inspection_id = any(${inspectionIds}::bigint[])`.execute(
      trx,
    );
    await sql`
      insert into ${sql.table(table)}
      select * from ${sql.table(computed[table])} where inspection_id = any(${inspectionIds}::bigint[])`.execute(
      trx,
    );
  }
}

/** Makes the results of inspections that have none: those that were loaded before results were kept. */
export async function renewMissingResults(trx: Transaction<DB>): Promise<void> {
  const missing = await trx
    .selectFrom('core.inspection')
    .leftJoin('result.overall', 'result.overall.inspection_id', 'core.inspection.inspection_id')
    .select('core.inspection.inspection_id')
    .where('result.overall.inspection_id', 'is', null)
    .execute();
  if (missing.length === 0) return;
  const ids = missing.map(({ inspection_id }) => inspection_id);
  await renewResults(trx, ids);
  const recorded = await trx
    .selectFrom('core.rating_record')
    .select('inspection_id')
    .distinct()
    .where('inspection_id', 'in', ids)
    .execute();
  await recordRatings(
    trx,
    recorded.map(({ inspection_id }) => inspection_id),
    { why: 'computed anew' },
  );
}
