import { type Refusal, refusal } from './refusal.js';

const court2018 = "questionnaire('2018', 'court')";
const court2021 = "questionnaire('2021', 'court')";

/** A key question of Wigan's edition that is wrong in one thing; `with_` are its columns after the code. */
const question = (
  level: string,
  standard: string,
  basis: string,
  parent: string,
  questionnaire: string,
): string =>
  `insert into core.question
     (edition_code, question_code, level, standard_code, basis, parent_question_id, questionnaire_id, position, text)
   values ('2018', '9.9.9', '${level}', '${standard}', '${basis}', ${parent}, ${questionnaire}, 999, 'Is it?')`;

/** A row of the crosswalk; an edition is the one that its question names, unless it is said. */
const crosswalk = (
  from: string,
  to: string,
  relation: string,
  fromEdition = editionOf(from, '2018'),
  toEdition = editionOf(to, '2021'),
): string =>
  `insert into core.crosswalk (from_question_id, from_edition_code, to_question_id, to_edition_code, relation)
   values (${from}, ${fromEdition}, ${to}, ${toEdition}, '${relation}')`;

const editionOf = (question: string, otherwise: string): string =>
  question === 'null' ? 'null' : `'${question.match(/'(\d+)'/)?.[1] ?? otherwise}'`;

const vocabularies: Refusal[] = [
  refusal('a sample twice', 'sample_pkey', "insert into core.sample values ('court')"),
  refusal(
    'a disposal twice',
    'disposal_pkey',
    "insert into core.disposal values ('court', 'referral_order')",
  ),
  refusal(
    'a disposal of an unknown sample',
    'disposal_sample_fkey',
    "insert into core.disposal values ('crown court', 'fine')",
  ),
  refusal(
    'a disposal that is part of one of another sample',
    'disposal_sample_part_of_fkey',
    "insert into core.disposal values ('court', 'warning', 'youth_caution')",
  ),
  refusal(
    'a disposal that is part of itself',
    'disposal_is_not_part_of_itself',
    "insert into core.disposal values ('court', 'fine', 'fine')",
  ),
  refusal(
    'a confidence level twice',
    'confidence_level_pkey',
    'insert into core.confidence_level values (80, 1.3)',
  ),
  refusal('a quantile of 0', 'confidence_level_z_check', 'insert into core.confidence_level values (50, 0)'),
  refusal(
    'a grade of evidence twice',
    'evidence_pkey',
    "insert into core.evidence values ('case answers', 9)",
  ),
  refusal(
    'two grades of evidence of one rank',
    'evidence_evidence_rank_key',
    "insert into core.evidence values ('hearsay', 3)",
  ),
];

const scale: Refusal[] = [
  refusal('an edition twice', 'edition_pkey', "insert into core.edition values ('2018', 'Again')"),
  refusal(
    'an edition whose code begins with a blank',
    'edition_edition_code_check',
    "insert into core.edition values (' 2018', 'Blank')",
  ),
  refusal(
    'a rating of an unknown edition',
    'rating_edition_code_fkey',
    "insert into core.rating values ('1999', 'Good', 2)",
  ),
  refusal('a rating without a name', 'rating_rating_check', "insert into core.rating values ('2018', '', 4)"),
  refusal(
    'a rating below the lowest rank',
    'rating_rating_rank_check',
    "insert into core.rating values ('2018', 'Dire', -1)",
  ),
  refusal('a rating twice', 'rating_pkey', "insert into core.rating values ('2018', 'Good', 4)"),
  refusal(
    'two ratings of one rank',
    'rating_edition_code_rating_rank_key',
    "insert into core.rating values ('2018', 'Fine', 2)",
  ),
];

const questions: Refusal[] = [
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
       (edition_code, question_code, level, standard_code, basis, questionnaire_id, position, text)
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
    'question_questionnaire_id_edition_code_fkey',
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

const rules: Refusal[] = [
  refusal(
    'two sets of rules from one date on',
    'rule_set_edition_code_effective_from_key',
    `insert into core.rule_set (edition_code, effective_from, rounding, band_on, confidence_level, discretion_points,
       discretion_judgements, discretion_sample, unrated_standard)
     select edition_code, effective_from, rounding, band_on, confidence_level, discretion_points,
       discretion_judgements, discretion_sample, unrated_standard
     from core.rule_set where edition_code = '2018'`,
  ),
  refusal(
    'rules of an unknown edition',
    'rule_set_edition_code_fkey',
    `insert into core.rule_set (edition_code, effective_from, rounding, band_on, confidence_level, discretion_points,
       discretion_judgements, discretion_sample, unrated_standard)
     values ('1999', '1999-01-01', 'half up', 'rounded', 80, 5, 1, 5, 'overall not rated')`,
  ),
  refusal(
    'a rounding that nobody can compute',
    'rule_set_rounding_check',
    "update core.rule_set set rounding = 'to the nearest five'",
  ),
  refusal(
    'bands on neither the rounded nor the exact percentage',
    'rule_set_band_on_check',
    "update core.rule_set set band_on = 'gut feeling'",
  ),
  refusal(
    'a confidence level without its quantile',
    'rule_set_confidence_level_fkey',
    'update core.rule_set set confidence_level = 81',
  ),
  refusal(
    'discretion within fewer than no points',
    'rule_set_discretion_points_check',
    'update core.rule_set set discretion_points = -1',
  ),
  refusal(
    'discretion for fewer than no judgements',
    'rule_set_discretion_judgements_check',
    'update core.rule_set set discretion_judgements = -1',
  ),
  refusal(
    'discretion for fewer than no cases',
    'rule_set_discretion_sample_check',
    'update core.rule_set set discretion_sample = -1',
  ),
  refusal(
    'an unknown consequence of an unrated standard',
    'rule_set_unrated_standard_check',
    "update core.rule_set set unrated_standard = 'guess'",
  ),
  refusal(
    'two bases for one level',
    'percentage_base_pkey',
    "insert into core.percentage_base values (rules('2018'), 'prompt', 'inspected')",
  ),
  refusal(
    'a base for what is neither key question nor prompt',
    'percentage_base_level_check',
    "insert into core.percentage_base values (rules('2018'), 'standard', 'inspected')",
  ),
  refusal(
    'a percentage of something else',
    'percentage_base_base_check',
    "update core.percentage_base set base = 'children'",
  ),
  refusal(
    'a base of rules that there are not',
    'percentage_base_rule_set_id_fkey',
    "insert into core.percentage_base values (-1, 'prompt', 'inspected')",
  ),
  refusal('a band twice', 'band_pkey', "insert into core.band values (rules('2018'), '2018', 'Good', 66)"),
  refusal(
    'two bands from one percentage',
    'band_rule_set_id_from_percent_key',
    "update core.band set from_percent = 80 where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    'a band above 100%',
    'band_from_percent_check',
    "update core.band set from_percent = 101 where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    "a band of another edition's rules",
    'band_rule_set_id_edition_code_fkey',
    "update core.band set edition_code = '2021' where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    'a band for a rating outside the scale',
    'band_edition_code_rating_fkey',
    "update core.band set rating = 'Excellent' where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    'two scores for one rating',
    'rating_score_pkey',
    "insert into core.rating_score values (rules('2018'), '2018', 'Good', 5)",
  ),
  refusal(
    'a score below 0',
    'rating_score_score_check',
    "update core.rating_score set score = -1 where rating = 'Inadequate'",
  ),
  refusal(
    "a score of another edition's rules",
    'rating_score_rule_set_id_edition_code_fkey',
    "update core.rating_score set edition_code = '2021' where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    'a score for a rating outside the scale',
    'rating_score_edition_code_rating_fkey',
    "update core.rating_score set rating = 'Excellent' where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    'an overall band twice',
    'overall_band_pkey',
    "insert into core.overall_band values (rules('2018'), '2018', 'Good', 20)",
  ),
  refusal(
    'two overall bands from one score',
    'overall_band_rule_set_id_from_score_key',
    "update core.overall_band set from_score = 31 where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    'an overall band from a score below 0',
    'overall_band_from_score_check',
    "update core.overall_band set from_score = -1 where rating = 'Inadequate'",
  ),
  refusal(
    "an overall band of another edition's rules",
    'overall_band_rule_set_id_edition_code_fkey',
    "update core.overall_band set edition_code = '2021' where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    'an overall band for a rating outside the scale',
    'overall_band_edition_code_rating_fkey',
    "update core.overall_band set rating = 'Excellent' where rule_set_id = rules('2018') and rating = 'Good'",
  ),
  refusal(
    'a standard that counts twice',
    'counting_standard_pkey',
    "insert into core.counting_standard values (rules('2018'), '2018', '2.1')",
  ),
  refusal(
    'a counting standard that only another edition has',
    'counting_standard_edition_code_standard_code_fkey',
    "insert into core.counting_standard values (rules('2018'), '2018', '4.1')",
  ),
  refusal(
    "a counting standard of another edition's rules",
    'counting_standard_rule_set_id_edition_code_fkey',
    "insert into core.counting_standard values (rules('2018'), '2021', '4.1')",
  ),
  refusal(
    'a limiting judgement twice',
    'limiting_judgement_pkey',
    "insert into core.limiting_judgement values (rules('2021'), '2021', 1, 'Inadequate', 1, 'Good')",
  ),
  refusal(
    'a limiting judgement that needs no standard',
    'limiting_judgement_minimum_standards_check',
    'update core.limiting_judgement set minimum_standards = 0',
  ),
  refusal(
    "a limiting judgement of another edition's rules",
    'limiting_judgement_rule_set_id_edition_code_fkey',
    "insert into core.limiting_judgement values (rules('2018'), '2021', 1, 'Inadequate', 1, 'Good')",
  ),
  refusal(
    'a limiting judgement at a rating outside the scale',
    'limiting_judgement_edition_code_at_or_below_fkey',
    "update core.limiting_judgement set at_or_below = 'Dire'",
  ),
  refusal(
    'a limit to a rating outside the scale',
    'limiting_judgement_edition_code_overall_at_most_fkey',
    "update core.limiting_judgement set overall_at_most = 'Dire'",
  ),
  refusal(
    'a limiting judgement that looks at a standard twice',
    'limiting_judgement_standard_pkey',
    "insert into core.limiting_judgement_standard values (rules('2021'), 1, '2021', '4.1')",
  ),
  refusal(
    'a limiting judgement that looks at an unknown standard',
    'limiting_judgement_standard_edition_code_standard_code_fkey',
    "insert into core.limiting_judgement_standard values (rules('2021'), 1, '2021', '4.2')",
  ),
  refusal(
    "a limiting judgement that looks at another edition's standard",
    'limiting_judgement_standard_rule_set_id_limit_no_edition_c_fkey',
    "insert into core.limiting_judgement_standard values (rules('2021'), 1, '2018', '2.1')",
  ),
];

const crosswalks: Refusal[] = [
  refusal(
    'a new question that comes from one',
    'new_and_nothing_else_comes_from_nowhere',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'new'),
  ),
  refusal(
    'a continuation of nothing',
    'new_and_nothing_else_comes_from_nowhere',
    crosswalk('null', "question('2021', '3.4.1')", 'continues'),
  ),
  refusal(
    'an ended question that leads to one',
    'ended_and_nothing_else_leads_nowhere',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'ended'),
  ),
  refusal(
    'a continuation to nowhere',
    'ended_and_nothing_else_leads_nowhere',
    crosswalk("question('2018', '2.1.1')", 'null', 'continues'),
  ),
  refusal(
    'a question that is followed in its own edition',
    'question_is_followed_in_another_edition',
    crosswalk("question('2018', '2.1.1')", "question('2018', '2.1.2')", 'replaced'),
  ),
  refusal(
    'a question without its edition',
    'crosswalk_names_editions_with_questions',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'replaced', 'null'),
  ),
  refusal(
    'a question of another edition than is said',
    'crosswalk_from_question_id_from_edition_code_fkey',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'replaced', "'2021'", "'2018'"),
  ),
  refusal(
    'an unknown relation',
    'crosswalk_relation_check',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'resembles'),
  ),
  refusal(
    'a pair of questions twice',
    'crosswalk_from_question_id_to_question_id_key',
    crosswalk("question('2018', '2.1.1')", "question('2021', '2.1.1')", 'replaced'),
  ),
  refusal(
    'a new question twice',
    'crosswalk_from_question_id_to_question_id_key',
    crosswalk('null', "question('2021', '1.2.5')", 'new'),
  ),
  refusal(
    'a question with two continuations',
    'crosswalk_continues_from',
    crosswalk("question('2018', '2.1.1')", "question('2021', '2.1.2')", 'continues'),
  ),
  refusal(
    'a question that continues two',
    'crosswalk_continues_to',
    crosswalk("question('2018', '1.3.1')", "question('2021', '2.1.1')", 'continues'),
  ),
  refusal(
    'a crosswalk from a question that there is not',
    'crosswalk_from_question_id_from_edition_code_fkey',
    crosswalk('-1', "question('2021', '2.1.1')", 'replaced'),
  ),
  refusal(
    'a crosswalk to a question that there is not',
    'crosswalk_to_question_id_to_edition_code_fkey',
    crosswalk("question('2018', '2.1.1')", '-1', 'replaced'),
  ),
];

/** Wrong rows of editions: their scale, questions, rules, and the crosswalk between them. */
export const editionRefusals: Refusal[] = [...vocabularies, ...scale, ...questions, ...rules, ...crosswalks];
