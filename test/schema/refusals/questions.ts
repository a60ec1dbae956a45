import { type Refusal, refusal } from './refusal.js';

const court2018 = "sample('2018', 'court')";
const court2021 = "sample('2021', 'court')";

/** A key question of Wigan's edition that is wrong in one thing. */
const question = (level: string, standard: string, basis: string, parent: string, sample: string): string =>
  `insert into core.question
     (edition_code, question_code, level, standard_code, basis, parent_question_id, sample_id, position, text)
   values ('2018', '9.9.9', '${level}', '${standard}', '${basis}', ${parent}, ${sample}, 999, 'Is it?')`;

/** Wrong rows of an edition's domains, standards and questions. */
export const questionRefusals: Refusal[] = [
  refusal('a domain twice', 'domain_pkey', "insert into core.domain values ('2018', '2', 'Again')"),
  refusal(
    'a domain of an unknown edition',
    'domain_edition_code_fkey',
    "insert into core.domain values ('1999', '1', 'Old')",
  ),
  refusal(
    'a domain judged on a sample that only another edition has',
    'domain_edition_code_sample_fkey',
    "insert into core.domain values ('2018', '9', 'New', 'resettlement')",
  ),
  refusal(
    'a standard twice',
    'standard_pkey',
    "insert into core.standard values ('2018', '2.1', '2', 99, 'Again', null, 'cases')",
  ),
  refusal(
    'a standard that would be the overall rating',
    'standard_standard_code_check',
    "insert into core.standard values ('2018', 'overall', '2', 99, 'All', null, 'cases')",
  ),
  refusal(
    'a standard in a domain that only another edition has',
    'standard_edition_code_domain_code_fkey',
    "insert into core.standard values ('2018', '4.1', '4', 99, 'Resettlement', null, 'qualitative')",
  ),
  refusal(
    'a standard that is judged on a basis not known',
    'standard_basis_check',
    "insert into core.standard values ('2018', '2.9', '2', 99, 'New', null, 'hearsay')",
  ),
  refusal(
    'a standard that is rated from what nobody knows',
    'standard_rated_from_check',
    "update core.standard set rated_from = 'the best of them' where edition_code = '2018'",
  ),
  refusal(
    'two questions of one code in an edition',
    'question_edition_code_question_code_key',
    `insert into core.question
       (edition_code, question_code, level, standard_code, basis, sample_id, position, text)
     values ('2018', '2.1.1', 'key question', '2.1', 'cases', ${court2018}, 999, 'Is it?')`,
  ),
  refusal(
    'a question that is neither key question nor prompt',
    'question_level_check',
    question('domain', '2.1', 'cases', 'null', court2018),
  ),
  refusal(
    'a question that is answered on a basis not known',
    'question_basis_check',
    question('key question', '2.1', 'hearsay', 'null', 'null'),
  ),
  refusal(
    'a question of a standard that only another edition has',
    'question_edition_code_standard_code_fkey',
    question('key question', '4.1', 'qualitative', 'null', 'null'),
  ),
  refusal(
    'a judged question with a sample',
    'question_of_cases_and_no_other_has_a_sample',
    question('key question', '1.1', 'qualitative', 'null', court2018),
  ),
  refusal(
    'a question of cases without a sample',
    'question_of_cases_and_no_other_has_a_sample',
    question('key question', '2.1', 'cases', 'null', 'null'),
  ),
  refusal(
    "a question with another edition's sample",
    'question_sample_id_edition_code_fkey',
    question('key question', '2.1', 'cases', 'null', court2021),
  ),
  refusal(
    'a prompt without its key question',
    'prompt_and_no_other_has_a_key_question',
    question('prompt', '2.1', 'cases', 'null', court2018),
  ),
  refusal(
    'a key question below a key question',
    'prompt_and_no_other_has_a_key_question',
    question('key question', '2.1', 'cases', "question('2018', '2.1.1')", court2018),
  ),
  refusal(
    'a prompt below a key question of another standard',
    'question_parent_question_id_edition_code_standard_code_par_fkey',
    question('prompt', '2.1', 'cases', "question('2018', '2.2.1')", court2018),
  ),
  refusal(
    'a prompt below a key question of another edition',
    'question_parent_question_id_edition_code_standard_code_par_fkey',
    question('prompt', '2.1', 'cases', "question('2021', '2.1.1')", court2018),
  ),
  refusal(
    'a prompt below a prompt',
    'question_parent_question_id_edition_code_standard_code_par_fkey',
    question('prompt', '2.1', 'cases', "question('2018', '2.1.1.a')", court2018),
  ),
  refusal(
    'a question that is never asked',
    'question_in_force_check',
    "update core.question set in_force = 'empty' where question_code = '2.1.1'",
  ),
  refusal(
    'a question limited to a kind of case twice',
    'question_kind_pkey',
    'insert into core.question_kind select * from core.question_kind limit 1',
  ),
  refusal(
    'a question limited to a kind of case of another sample',
    'question_kind_sample_id_kind_fkey',
    `insert into core.question_kind values (question('2018', '2.1.1'), ${court2018}, 'youth_caution')`,
  ),
  refusal(
    'a question limited to a kind of case of a sample that it is not asked of',
    'question_kind_question_id_sample_id_fkey',
    `insert into core.question_kind values (question('2018', '2.1.1'), sample('2018', 'out of court'), 'youth_caution')`,
  ),
  refusal(
    'a judged question limited to a kind of case',
    'question_kind_question_id_sample_id_fkey',
    `insert into core.question_kind values (question('2018', '1.1.1'), ${court2018}, 'referral_order')`,
  ),
  refusal(
    'a question not asked where a value stands, twice',
    'question_not_asked_pkey',
    'insert into core.question_not_asked select * from core.question_not_asked limit 1',
  ),
  refusal(
    'a question not asked where a value stands that nobody codes',
    'question_not_asked_edition_code_attribute_value_fkey',
    "insert into core.question_not_asked values (question('2021', '2.1.2'), '2021', 'age_band', 'ancient')",
  ),
  refusal(
    "a question not asked where another edition's value stands",
    'question_not_asked_question_id_edition_code_fkey',
    "insert into core.question_not_asked values (question('2018', '2.1.1'), '2021', 'age_band', '18 and over')",
  ),
];
