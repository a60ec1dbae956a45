import { type Refusal, refusal } from './refusal.js';

const court = "questionnaire('2021', 'court')";
const outOfCourt = "questionnaire('2021', 'out of court')";

const contradiction = (values: string): string =>
  `insert into core.printed_contradiction (inspection_id, contradiction_no, code, published, beside, explanation) values ${values}`;

/** Wrong rows of an inspection's samples, their cases, and the answers in them. */
export const sampleRefusals: Refusal[] = [
  refusal(
    'a sample twice',
    'inspection_sample_pkey',
    'insert into core.inspection_sample select * from core.inspection_sample limit 1',
  ),
  refusal(
    'a sample drawn from under another edition than the inspection is of',
    'inspection_sample_inspection_id_edition_code_fkey',
    "update core.inspection_sample set edition_code = '2018' where inspection_id = barnet() and sample = 'resettlement'",
  ),
  refusal(
    "a sample with another sample's questionnaire",
    'inspection_sample_sample_id_edition_code_sample_fkey',
    `insert into core.inspection_sample (inspection_id, sample_id, edition_code, sample)
     values (wigan(), questionnaire('2021', 'court'), '2018', 'resettlement')`,
  ),
  refusal(
    'a sample under two questionnaires',
    'inspection_sample_inspection_id_sample_key',
    `insert into core.inspection_sample (inspection_id, sample_id, edition_code, sample)
     values (wigan(), questionnaire('2021', 'court'), '2018', 'court')`,
  ),
  refusal(
    'fewer than no cases',
    'inspection_sample_cases_check',
    'update core.inspection_sample set cases = -1',
  ),
  refusal(
    'fewer eligible cases than inspected ones',
    'sample_is_of_the_eligible',
    'update core.inspection_sample set eligible_cases = cases - 1 where cases > 0',
  ),
  refusal(
    'fewer than no interviews',
    'inspection_sample_case_manager_interviews_check',
    'update core.inspection_sample set case_manager_interviews = -1',
  ),
  refusal(
    'two contradictions with one number',
    'printed_contradiction_pkey',
    contradiction("(wigan(), 1, 'court', '9', '8', '9, not 8'), (wigan(), 1, 'court', '9', '7', '9, not 7')"),
  ),
  refusal(
    'a contradiction of no inspection',
    'printed_contradiction_inspection_id_fkey',
    contradiction("(-1, 1, 'court', '9', '8', '9, not 8')"),
  ),
  ...['code', 'published', 'beside', 'explanation'].map((column, at) =>
    refusal(
      `a contradiction without its ${column}`,
      `printed_contradiction_${column}_check`,
      contradiction(`(wigan(), 1, ${[0, 1, 2, 3].map((one) => (one === at ? "''" : "'9'")).join(', ')})`),
    ),
  ),
  refusal(
    'a disposal of a sample twice',
    'sample_disposal_pkey',
    'insert into core.sample_disposal select * from core.sample_disposal limit 1',
  ),
  refusal(
    'fewer than no cases of a disposal',
    'sample_disposal_cases_check',
    'update core.sample_disposal set cases = -1',
  ),
  refusal(
    'a disposal of another sample in the make-up of a sample',
    'sample_disposal_sample_disposal_fkey',
    "insert into core.sample_disposal values (barnet(), 'court', 'youth_caution', 1)",
  ),
  refusal(
    'the make-up of a sample that the inspection did not draw',
    'sample_disposal_inspection_id_sample_fkey',
    "insert into core.sample_disposal values (wigan(), 'resettlement', 'custodial_sentence', 1)",
  ),
  refusal(
    'a case in two samples',
    'inspected_case_pkey',
    `insert into core.inspected_case values (barnet(), 1, ${outOfCourt}, 'out of court', 'B9', 'youth_caution')`,
  ),
  refusal(
    'a pseudonym in two samples',
    'inspected_case_inspection_id_pseudonym_key',
    `insert into core.inspected_case values (barnet(), 9, ${outOfCourt}, 'out of court', 'B1', 'youth_caution')`,
  ),
  refusal(
    'a case number below 1',
    'inspected_case_case_no_check',
    `insert into core.inspected_case values (barnet(), 0, ${court}, 'court', 'B9', 'referral_order')`,
  ),
  refusal(
    'a case without a pseudonym',
    'inspected_case_pseudonym_check',
    `insert into core.inspected_case values (barnet(), 9, ${court}, 'court', '', 'referral_order')`,
  ),
  refusal(
    "a case with another sample's questionnaire",
    'inspected_case_inspection_id_sample_id_sample_fkey',
    `insert into core.inspected_case values (barnet(), 9, ${outOfCourt}, 'court', 'B9', 'referral_order')`,
  ),
  refusal(
    "a case with another edition's questionnaire",
    'inspected_case_inspection_id_sample_id_sample_fkey',
    "insert into core.inspected_case values (barnet(), 9, questionnaire('2018', 'court'), 'court', 'B9', 'referral_order')",
  ),
  refusal(
    'a case with a disposal of another sample',
    'inspected_case_sample_disposal_fkey',
    `insert into core.inspected_case values (barnet(), 9, ${court}, 'court', 'B9', 'youth_caution')`,
  ),
  refusal(
    'two answers of a case to a question',
    'answer_pkey',
    `insert into core.answer values (barnet(), question('2021', '2.1.1'), 1, ${court}, 'no')`,
  ),
  refusal(
    'an answer to a question of another edition',
    'answer_question_id_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2018', '2.1.2'), 1, ${court}, 'yes')`,
  ),
  refusal(
    "an answer to a question of another edition, with that edition's questionnaire",
    'answer_inspection_id_case_no_sample_id_fkey',
    "insert into core.answer values (barnet(), question('2018', '2.1.2'), 1, questionnaire('2018', 'court'), 'yes')",
  ),
  refusal(
    "an answer to a question of another domain's sample",
    'answer_question_id_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '3.1.1'), 1, ${court}, 'yes')`,
  ),
  refusal(
    "an answer to a question of another domain's sample, with that sample's questionnaire",
    'answer_inspection_id_case_no_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '3.1.1'), 1, ${outOfCourt}, 'yes')`,
  ),
  refusal(
    'an answer to a question of a qualitative standard',
    'answer_question_id_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '1.1.1'), 1, ${court}, 'yes')`,
  ),
  refusal(
    'an answer for a case of another inspection',
    'answer_inspection_id_case_no_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '2.1.1'), 3, ${court}, 'yes')`,
  ),
];
