import { sql, type Transaction } from 'kysely';
import type { DB } from '../../src/database/schema.js';

/**
 * Gives an inspection case answers that realise every count it publishes: as many cases as were inspected, and for each
 * question its yes, then its no, then not applicable. A question with a lost cell is left without answers.
 * Returns how many answers were written.
 */
export async function realiseCounts(trx: Transaction<DB>, area: string): Promise<number> {
  await sql`
    insert into core.inspected_case (inspection_id, case_no, questionnaire_id, sample, pseudonym, disposal)
    select inspection_id, row_number() over (order by questionnaire_id, n), questionnaire_id, sample, sample || ' ' || n, 'other'
    from core.inspection_sample
    join core.inspection using (inspection_id)
    join core.service using (service_id)
    cross join lateral generate_series(1, cases) as n
    where area = ${area}`.execute(trx);
  const { numAffectedRows } = await sql`
    insert into core.answer (inspection_id, question_id, case_no, questionnaire_id, answer)
    select
      inspection_id,
      question_id,
      case_no,
      questionnaire_id,
      case
        when no_relevant_case then 'not applicable'
        when nth <= yes then 'yes'
        when nth <= relevant then 'no'
        else 'not applicable'
      end::core.answer_value
    from core.published_result
    join (
      select *, row_number() over (partition by inspection_id, questionnaire_id order by case_no) as nth
      from core.inspected_case
    ) as numbered using (inspection_id, questionnaire_id)
    join core.inspection using (inspection_id)
    join core.service using (service_id)
    where area = ${area} and not relevant_lost and not yes_lost`.execute(trx);
  return Number(numAffectedRows);
}
