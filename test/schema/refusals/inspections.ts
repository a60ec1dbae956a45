import { type Refusal, refusal } from './refusal.js';

/** An inspection of Bridgend, which has none, with the given columns besides those that it must have. */
const inspection = (columns: string, values: string): string =>
  `insert into core.inspection (inspection_code, service_id, edition_code, service_at_inspection, ${columns})
   values ('bridgend-new', service('bridgend'), '2018', 'Bridgend YJS', ${values})`;

const published = (published: string, year: string, precision: string): string =>
  inspection(
    'fieldwork_start, fieldwork_precision, published, published_year, published_precision',
    `'2020-06-01', 'day', ${published}, ${year}, ${precision}`,
  );

/** Inspections of which a table says no more than the publication. */
const listed = (...rows: string[]): string =>
  `insert into core.inspection (inspection_code, service_id, edition_code, service_at_inspection, fieldwork_precision,
     published, published_year, published_precision) values ${rows.join(', ')}`;
const inMarch = (code: string) =>
  `('bridgend-${code}', service('bridgend'), '2018', 'Bridgend YJS', 'not known', '2020-03-01', 2020, 'month')`;

const head: Refusal[] = [
  refusal(
    'two inspections of a service and publication, neither of known fieldwork',
    'inspection_known_by_publication',
    listed(inMarch('one'), inMarch('two')),
  ),
  refusal(
    'an unknown fieldwork date that is there',
    'fieldwork_is_as_precise_as_it_says',
    inspection('fieldwork_start, fieldwork_precision', "'2020-06-01', 'not known'"),
  ),
  refusal(
    'a known fieldwork date that is not there',
    'fieldwork_is_as_precise_as_it_says',
    inspection('fieldwork_precision, published_year, published_precision', "'day', 2020, 'year'"),
  ),
  refusal(
    'an inspection of which neither fieldwork nor publication is known',
    'fieldwork_or_publication_is_known',
    inspection('fieldwork_precision', "'not known'"),
  ),
  refusal(
    'a report number below 1',
    'inspection_report_no_check',
    inspection('fieldwork_start, fieldwork_precision, report_no', "'2020-06-01', 'day', 0"),
  ),
  refusal(
    'two inspections of a service with one fieldwork date',
    'inspection_service_id_fieldwork_start_key',
    `insert into core.inspection
       (inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision)
     select 'barnet-again', service_id, '2018', 'Barnet', fieldwork_start, 'day'
     from core.inspection where inspection_id = barnet()`,
  ),
  refusal(
    'two inspections of one code',
    'inspection_inspection_code_key',
    `update core.inspection set inspection_code = (select inspection_code from core.inspection where inspection_id = wigan())
     where inspection_id = barnet()`,
  ),
  refusal(
    'two inspections of one key',
    'inspection_pkey',
    `insert into core.inspection
       (inspection_id, inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision)
     values (barnet(), 'bridgend-new', service('bridgend'), '2018', 'Bridgend YJS', '2020-06-01', 'day')`,
  ),
  refusal(
    'an inspection code that would not do in a file name',
    'inspection_inspection_code_check',
    "update core.inspection set inspection_code = 'Barnet 2022' where inspection_id = barnet()",
  ),
  refusal(
    'an inspection of a service that there is not',
    'inspection_service_id_fkey',
    'update core.inspection set service_id = -1 where inspection_id = barnet()',
  ),
  refusal(
    'an inspection under an unknown edition',
    'inspection_edition_code_fkey',
    `insert into core.inspection
       (inspection_code, service_id, edition_code, service_at_inspection, fieldwork_start, fieldwork_precision)
     values ('bridgend-new', service('bridgend'), '1999', 'Bridgend YJS', '2020-06-01', 'day')`,
  ),
  refusal(
    'fieldwork that ends before it starts',
    'fieldwork_ends_after_it_starts',
    inspection('fieldwork_start, fieldwork_end, fieldwork_precision', "'2020-06-02', '2020-06-01', 'day'"),
  ),
  refusal(
    'fieldwork known to the minute',
    'inspection_fieldwork_precision_check',
    inspection('fieldwork_start, fieldwork_precision', "'2020-06-01', 'minute'"),
  ),
  refusal(
    'fieldwork of a month that is not dated to its first day',
    'fieldwork_month_is_its_first_day',
    inspection('fieldwork_start, fieldwork_precision', "'2020-06-02', 'month'"),
  ),
  refusal(
    'fewer than no recommendations',
    'inspection_recommendations_made_check',
    'update core.inspection set recommendations_made = -1',
  ),
  refusal(
    'publication known to the decade',
    'inspection_published_precision_check',
    published('null', '2020', "'decade'"),
  ),
  refusal(
    'publication in a month that is not dated to its first day',
    'published_is_as_precise_as_it_says',
    published("'2020-09-15'", '2020', "'month'"),
  ),
  refusal(
    'publication in a month that is not given',
    'published_is_as_precise_as_it_says',
    published('null', '2020', "'month'"),
  ),
  refusal(
    'publication on a day that is not given',
    'published_is_as_precise_as_it_says',
    published('null', '2020', "'day'"),
  ),
  refusal(
    'publication in a year, on a day',
    'published_is_as_precise_as_it_says',
    published("'2020-09-15'", '2020', "'year'"),
  ),
  refusal(
    'publication on a day, of unknown precision',
    'published_is_as_precise_as_it_says',
    published("'2020-09-15'", 'null', 'null'),
  ),
  refusal(
    'publication to a precision, without its year',
    'published_year_is_known_with_any_precision',
    published("'2020-09-15'", 'null', "'day'"),
  ),
  refusal(
    'publication in one year, on a day of another',
    'published_year_is_that_of_published',
    published("'2020-09-15'", '2021', "'day'"),
  ),
];

const samples: Refusal[] = [
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
    'inspection_sample_questionnaire_id_edition_code_sample_fkey',
    `insert into core.inspection_sample (inspection_id, questionnaire_id, edition_code, sample)
     values (wigan(), questionnaire('2021', 'court'), '2018', 'resettlement')`,
  ),
  refusal(
    'a sample under two questionnaires',
    'inspection_sample_inspection_id_sample_key',
    `insert into core.inspection_sample (inspection_id, questionnaire_id, edition_code, sample)
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
];

const court = "questionnaire('2021', 'court')";
const outOfCourt = "questionnaire('2021', 'out of court')";

const cases: Refusal[] = [
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
    'inspected_case_inspection_id_questionnaire_id_sample_fkey',
    `insert into core.inspected_case values (barnet(), 9, ${outOfCourt}, 'court', 'B9', 'referral_order')`,
  ),
  refusal(
    "a case with another edition's questionnaire",
    'inspected_case_inspection_id_questionnaire_id_sample_fkey',
    "insert into core.inspected_case values (barnet(), 9, questionnaire('2018', 'court'), 'court', 'B9', 'referral_order')",
  ),
  refusal(
    'a case with a disposal of another sample',
    'inspected_case_sample_disposal_fkey',
    `insert into core.inspected_case values (barnet(), 9, ${court}, 'court', 'B9', 'youth_caution')`,
  ),
];

const answers: Refusal[] = [
  refusal(
    'two answers of a case to a question',
    'answer_pkey',
    `insert into core.answer values (barnet(), question('2021', '2.1.1'), 1, ${court}, 'no')`,
  ),
  refusal(
    'an answer to a question of another edition',
    'answer_question_id_questionnaire_id_fkey',
    `insert into core.answer values (barnet(), question('2018', '2.1.2'), 1, ${court}, 'yes')`,
  ),
  refusal(
    "an answer to a question of another edition, with that edition's questionnaire",
    'answer_inspection_id_case_no_questionnaire_id_fkey',
    "insert into core.answer values (barnet(), question('2018', '2.1.2'), 1, questionnaire('2018', 'court'), 'yes')",
  ),
  refusal(
    "an answer to a question of another domain's sample",
    'answer_question_id_questionnaire_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '3.1.1'), 1, ${court}, 'yes')`,
  ),
  refusal(
    "an answer to a question of another domain's sample, with that sample's questionnaire",
    'answer_inspection_id_case_no_questionnaire_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '3.1.1'), 1, ${outOfCourt}, 'yes')`,
  ),
  refusal(
    'an answer to a question of a qualitative standard',
    'answer_question_id_questionnaire_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '1.1.1'), 1, ${court}, 'yes')`,
  ),
  refusal(
    'an answer for a case of another inspection',
    'answer_inspection_id_case_no_questionnaire_id_fkey',
    `insert into core.answer values (barnet(), question('2021', '2.1.1'), 3, ${court}, 'yes')`,
  ),
];

const disclosure = [
  refusal(
    'a second number of too few cases',
    'disclosure_control_pkey',
    'insert into core.disclosure_control (fewest_cases) values (3)',
  ),
  refusal(
    'another number of too few cases, said not to be the only one',
    'disclosure_control_is_only_check',
    'insert into core.disclosure_control (is_only, fewest_cases) values (false, 3)',
  ),
  refusal(
    'a number of too few cases that protects nobody',
    'disclosure_control_fewest_cases_check',
    'update core.disclosure_control set fewest_cases = 1',
  ),
];

const display = [
  refusal(
    'a second rule of display',
    'display_rule_pkey',
    "insert into core.display_rule (rounding, confidence_level, wider_confidence_level) values ('down', 80, 95)",
  ),
  refusal(
    'another rule of display, said not to be the only one',
    'display_rule_is_only_check',
    "insert into core.display_rule values (false, 'down', 80, 95)",
  ),
  refusal(
    'figures rounded as nobody rounds',
    'display_rule_rounding_check',
    "update core.display_rule set rounding = 'nearest'",
  ),
  refusal(
    'intervals at a level without a quantile',
    'display_rule_confidence_level_fkey',
    'update core.display_rule set confidence_level = 81',
  ),
  refusal(
    'wider intervals at a level without a quantile',
    'display_rule_wider_confidence_level_fkey',
    `alter table core.display_rule drop constraint wider_level_is_in_names_of_columns;
    update core.display_rule set wider_confidence_level = 96`,
  ),
  refusal(
    'wider intervals that are not wider',
    'wider_level_is_wider',
    'update core.display_rule set confidence_level = 95',
  ),
  refusal(
    'intervals at 99% in columns that say 95',
    'wider_level_is_in_names_of_columns',
    'update core.display_rule set wider_confidence_level = 99',
  ),
];

/** Wrong rows of inspections, their samples, cases and answers, and of what is protected and shown of them. */
export const inspectionRefusals: Refusal[] = [
  ...head,
  ...samples,
  ...cases,
  ...answers,
  ...disclosure,
  ...display,
];
