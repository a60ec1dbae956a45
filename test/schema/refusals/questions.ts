import { type Refusal, refusal } from './refusal.js';

const court2018 = "questionnaire('2018', 'court')";
const court2021 = "questionnaire('2021', 'court')";

/** A key question of Wigan's edition that is wrong in one thing. */
const question = (
  level: string,
  standard: string,
  basis: string,
  parent: string,
  questionnaire: string,
): string =>
  `insert into core.question
     (edition_code, question_code, level, standard_code, basis, parent_question_id, sample_id, position, text)
   values ('2018', '9.9.9', '${level}', '${standard}', '${basis}', ${parent}, ${questionnaire}, 999, 'Is it?')`;

/** Wrong rows of an edition's domains, standards, questionnaires and questions. */
export const questionRefusals: Refusal[] = [
  refusal('a domain twice', 'domain_pkey', "insert into core.domain values ('2018', '2', 'Again')"),
  refusal(
    'a domain of an unknown edition',
    'domain_edition_code_fkey',
    "insert into core.domain values ('1999', '1', 'Old')",
  ),
  refusal(
    'a domain judged on an unknown sample',
    'domain_sample_fkey',
    "insert into core.domain values ('2018', '9', 'New', 'crown court')",
  ),
  refusal(
    'a standard twice',
    'standard_pkey',
    "insert into core.standard values ('2018', '2.1', '2', 99, 'Again', null, 'cases')",
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
    'two questionnaires for a sample of an edition',
    'questionnaire_edition_code_sample_key',
    "insert into core.questionnaire (edition_code, sample) values ('2018', 'court')",
  ),
  refusal(
    'a questionnaire of an unknown edition',
    'questionnaire_edition_code_fkey',
    "insert into core.questionnaire (edition_code, sample) values ('1999', 'court')",
  ),
  refusal(
    'a questionnaire for an unknown sample',
    'questionnaire_sample_fkey',
    "insert into core.questionnaire (edition_code, sample) values ('2018', 'crown court')",
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
    'a question of cases in a qualitative standard',
    'question_edition_code_standard_code_basis_fkey',
    question('key question', '1.1', 'cases', 'null', court2018),
  ),
  refusal(
    'a question of a standard that only another edition has',
    'question_edition_code_standard_code_basis_fkey',
    question('key question', '4.1', 'qualitative', 'null', 'null'),
  ),
  refusal(
    'a question of a qualitative standard with a questionnaire',
    'question_of_cases_and_no_other_has_a_questionnaire',
    question('key question', '1.1', 'qualitative', 'null', court2018),
  ),
  refusal(
    'a question of cases without a questionnaire',
    'question_of_cases_and_no_other_has_a_questionnaire',
    question('key question', '2.1', 'cases', 'null', 'null'),
  ),
  refusal(
    "a question with another edition's questionnaire",
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
    'a question limited to a disposal twice',
    'question_disposal_pkey',
    'insert into core.question_disposal select * from core.question_disposal limit 1',
  ),
  refusal(
    'a limit on a question that there is not',
    'question_disposal_question_id_fkey',
    "insert into core.question_disposal values (-1, 'court', 'referral_order')",
  ),
  refusal(
    'a question limited to a disposal that is of another sample',
    'question_disposal_sample_disposal_fkey',
    "insert into core.question_disposal values (question('2018', '2.1.1'), 'court', 'youth_caution')",
  ),
];
