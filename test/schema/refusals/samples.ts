import { type Refusal, refusal } from './refusal.js';

const court = "sample('2021', 'court')";
const outOfCourt = "sample('2021', 'out of court')";

const contradiction = (values: string): string =>
  `insert into core.printed_contradiction (inspection_id, contradiction_no, code, published, beside, explanation) values ${values}`;

/** Wrong rows of the samples of an edition, of those of an inspection, their cases, and the answers in them. */
export const sampleRefusals: Refusal[] = [
  refusal(
    'a sample of an edition twice',
    'sample_edition_code_sample_key',
    "insert into core.sample (edition_code, sample, position) values ('2018', 'court', 9)",
  ),
  refusal(
    'a sample of an unknown edition',
    'sample_edition_code_fkey',
    "insert into core.sample (edition_code, sample, position) values ('1999', 'court', 1)",
  ),
  refusal(
    'a sample without a name',
    'sample_sample_check',
    "insert into core.sample (edition_code, sample, position) values ('2018', '', 9)",
  ),
  refusal(
    'a kind of case twice in a sample',
    'case_kind_pkey',
    `insert into core.case_kind values (${court}, 'referral_order', null, 9)`,
  ),
  refusal(
    'a kind of case without a name',
    'case_kind_kind_check',
    `insert into core.case_kind values (${court}, '', null, 9)`,
  ),
  refusal(
    'a kind of case of a sample that there is not',
    'case_kind_sample_id_fkey',
    "insert into core.case_kind values (-1, 'fine', null, 9)",
  ),
  refusal(
    'a kind of case that is part of one of another sample',
    'case_kind_sample_id_part_of_fkey',
    `insert into core.case_kind values (${court}, 'warning', 'youth_caution', 9)`,
  ),
  refusal(
    'a kind of case that is part of itself',
    'kind_is_not_part_of_itself',
    `insert into core.case_kind values (${court}, 'fine', 'fine', 9)`,
  ),
  refusal(
    'an attribute of cases twice',
    'case_attribute_pkey',
    "insert into core.case_attribute values ('2018', 'gender', 9)",
  ),
  refusal(
    'an attribute of cases that could be no column',
    'case_attribute_attribute_check',
    "insert into core.case_attribute values ('2018', 'Hair colour', 9)",
  ),
  refusal(
    'an attribute of cases of an unknown edition',
    'case_attribute_edition_code_fkey',
    "insert into core.case_attribute values ('1999', 'gender', 9)",
  ),
  refusal(
    'a value of an attribute twice',
    'attribute_value_pkey',
    "insert into core.attribute_value values ('2018', 'gender', 'male', 9)",
  ),
  refusal(
    'a value that says that none is known',
    'attribute_value_value_check',
    "insert into core.attribute_value values ('2018', 'gender', 'not known', 9)",
  ),
  refusal(
    'a value of an attribute that the edition does not have',
    'attribute_value_edition_code_attribute_fkey',
    "insert into core.attribute_value values ('2018', 'hair', 'red', 9)",
  ),
  refusal(
    'a sample drawn twice',
    'inspection_sample_pkey',
    'insert into core.inspection_sample select * from core.inspection_sample limit 1',
  ),
  refusal(
    'a sample drawn under another edition than the inspection is of',
    'inspection_sample_inspection_id_edition_code_fkey',
    `insert into core.inspection_sample (inspection_id, sample_id, edition_code) values (wigan(), ${court}, '2021')`,
  ),
  refusal(
    "another edition's sample",
    'inspection_sample_sample_id_edition_code_fkey',
    `insert into core.inspection_sample (inspection_id, sample_id, edition_code) values (wigan(), ${court}, '2018')`,
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
    'a kind of case twice in the make-up of a sample',
    'sample_kind_pkey',
    'insert into core.sample_kind select * from core.sample_kind limit 1',
  ),
  refusal(
    'fewer than no cases of a kind',
    'sample_kind_cases_check',
    'update core.sample_kind set cases = -1',
  ),
  refusal(
    'a kind of case of another sample in the make-up of a sample',
    'sample_kind_sample_id_kind_fkey',
    `insert into core.sample_kind values (barnet(), ${court}, 'youth_caution', 1)`,
  ),
  refusal(
    'the make-up of a sample that the inspection did not draw',
    'sample_kind_inspection_id_sample_id_fkey',
    `insert into core.sample_kind values (wigan(), ${court}, 'referral_order', 1)`,
  ),
  refusal(
    'a case in two samples',
    'inspected_case_pkey',
    `insert into core.inspected_case values (barnet(), 1, ${outOfCourt}, 'B9', 'youth_caution')`,
  ),
  refusal(
    'a pseudonym in two samples',
    'inspected_case_inspection_id_pseudonym_key',
    `insert into core.inspected_case values (barnet(), 9, ${outOfCourt}, 'B1', 'youth_caution')`,
  ),
  refusal(
    'a case number below 1',
    'inspected_case_case_no_check',
    `insert into core.inspected_case values (barnet(), 0, ${court}, 'B9', 'referral_order')`,
  ),
  refusal(
    'a case without a pseudonym',
    'inspected_case_pseudonym_check',
    `insert into core.inspected_case values (barnet(), 9, ${court}, '', 'referral_order')`,
  ),
  refusal(
    'attributes of a case that are a list',
    'inspected_case_attributes_check',
    `insert into core.inspected_case values (barnet(), 9, ${court}, 'B9', 'referral_order', '["male"]')`,
  ),
  refusal(
    "a case of another edition's sample",
    'inspected_case_inspection_id_sample_id_fkey',
    "insert into core.inspected_case values (barnet(), 9, sample('2018', 'court'), 'B9', 'referral_order')",
  ),
  refusal(
    'a case of a kind of another sample',
    'inspected_case_sample_id_kind_fkey',
    `insert into core.inspected_case values (barnet(), 9, ${court}, 'B9', 'youth_caution')`,
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
    "an answer to a question of another edition, in that edition's sample",
    'answer_inspection_id_case_no_sample_id_fkey',
    "insert into core.answer values (barnet(), question('2018', '2.1.2'), 1, sample('2018', 'court'), 'yes')",
  ),
  refusal(
    "an answer to a question of another domain's sample",
    'answer_question_id_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '3.1.1'), 1, ${court}, 'yes')`,
  ),
  refusal(
    "an answer to a question of another domain's sample, in that sample",
    'answer_inspection_id_case_no_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '3.1.1'), 1, ${outOfCourt}, 'yes')`,
  ),
  refusal(
    'an answer to a judged question',
    'answer_question_id_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '1.1.1'), 1, ${court}, 'yes')`,
  ),
  refusal(
    'an answer for a case of another inspection',
    'answer_inspection_id_case_no_sample_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '2.1.1'), 3, ${court}, 'yes')`,
  ),
];
