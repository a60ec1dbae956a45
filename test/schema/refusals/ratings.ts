import { type Refusal, refusal } from './refusal.js';

const decision = (
  edition: string,
  standard: string,
  basis: string,
  from: string,
  to: string,
  reason = 'why',
): string =>
  `insert into core.panel_decision (inspection_id, edition_code, standard_code, basis, from_rating, to_rating, reason)
   values (wigan(), '${edition}', '${standard}', '${basis}', '${from}', '${to}', '${reason}')`;

const judged = (edition: string, question: string, columns = '', values = ''): string =>
  `insert into core.judged_question (inspection_id, edition_code, question_id, rating${columns})
   values (wigan(), '${edition}', ${question}, 'Good'${values})`;

/** Wrong rows of ratings: published, judged, and decided by a panel. */
export const ratingRefusals: Refusal[] = [
  refusal(
    'two published ratings for a standard',
    'published_standard_rating_pkey',
    'insert into core.published_standard_rating select * from core.published_standard_rating limit 1',
  ),
  refusal(
    "a standard's published rating both lost and given",
    'standard_rating_is_lost_or_given',
    'update core.published_standard_rating set lost = true',
  ),
  refusal(
    "a standard's published rating given and said not to be",
    'standard_rating_is_lost_or_given',
    'update core.published_standard_rating set not_rated = true',
  ),
  refusal(
    'an overall rating given and said not to be',
    'overall_is_rated_or_not',
    'update core.published_overall set not_rated = true',
  ),
  refusal(
    "a standard's published rating neither lost nor given",
    'standard_rating_is_lost_or_given',
    'update core.published_standard_rating set rating = null',
  ),
  refusal(
    "a standard's published rating outside the edition's scale",
    'published_standard_rating_edition_code_rating_fkey',
    "update core.published_standard_rating set rating = 'Excellent' where inspection_id = wigan()",
  ),
  refusal(
    'a published rating for a standard that only another edition has',
    'published_standard_rating_edition_code_standard_code_fkey',
    "insert into core.published_standard_rating values (wigan(), '2018', '4.1', 'Good')",
  ),
  refusal(
    'a published rating under another edition than the inspection is of',
    'published_standard_rating_inspection_id_edition_code_fkey',
    "insert into core.published_standard_rating values (wigan(), '2021', '4.1', 'Good')",
  ),
  refusal(
    'two published overall ratings',
    'published_overall_pkey',
    'insert into core.published_overall select * from core.published_overall limit 1',
  ),
  refusal(
    "a published overall rating outside the edition's scale",
    'published_overall_edition_code_rating_fkey',
    "update core.published_overall set rating = 'Excellent' where inspection_id = wigan()",
  ),
  refusal(
    'a published overall rating under another edition than the inspection is of',
    'published_overall_inspection_id_edition_code_fkey',
    "update core.published_overall set edition_code = '2021' where inspection_id = wigan()",
  ),
  refusal(
    'a published overall rating both lost and given',
    'overall_rating_is_lost_or_given',
    'update core.published_overall set rating_lost = true',
  ),
  refusal(
    'a published score both lost and given',
    'score_is_lost_or_given',
    'update core.published_overall set score_lost = true',
  ),
  refusal(
    'a published score below 0',
    'published_overall_score_check',
    'update core.published_overall set score = -1',
  ),
  refusal(
    'a published score out of 0',
    'published_overall_out_of_check',
    'update core.published_overall set out_of = 0, score = null',
  ),
  refusal(
    'a score of 101 percent',
    'published_overall_score_percent_check',
    'update core.published_overall set score_percent = 101 where inspection_id = wigan()',
  ),
  refusal(
    'two judgements of a standard',
    'qualitative_rating_pkey',
    'insert into core.qualitative_rating select * from core.qualitative_rating limit 1',
  ),
  refusal(
    'a judgement of a case-based standard',
    'qualitative_rating_edition_code_standard_code_basis_fkey',
    "insert into core.qualitative_rating values (wigan(), '2018', '2.1', 'qualitative', 'Good')",
  ),
  refusal(
    'a judgement of a case-based standard that owns up to it',
    'qualitative_rating_basis_check',
    "insert into core.qualitative_rating values (wigan(), '2018', '2.1', 'cases', 'Good')",
  ),
  refusal(
    "a judgement outside the edition's scale",
    'qualitative_rating_edition_code_rating_fkey',
    "update core.qualitative_rating set rating = 'Excellent' where inspection_id = wigan()",
  ),
  refusal(
    'a judgement under another edition than the inspection is of',
    'qualitative_rating_inspection_id_edition_code_fkey',
    "insert into core.qualitative_rating values (wigan(), '2021', '4.1', 'qualitative', 'Good')",
  ),
  refusal(
    'two judgements of a key question',
    'judged_question_pkey',
    judged('2018', "question('2018', '1.1.1')"),
  ),
  refusal(
    'a judgement of a key question that is counted',
    'judged_question_question_id_basis_level_fkey',
    judged('2018', "question('2018', '2.1.1')"),
  ),
  refusal(
    'a judgement of a key question that is counted, which owns up to it',
    'judged_question_basis_check',
    judged('2018', "question('2018', '2.1.1')", ', basis', ", 'cases'"),
  ),
  refusal(
    'a judgement of a prompt that owns up to it',
    'judged_question_level_check',
    judged('2018', "question('2018', '2.1.1.a')", ', level', ", 'prompt'"),
  ),
  refusal(
    "a judgement of another edition's key question",
    'judged_question_question_id_edition_code_fkey',
    judged('2018', "question('2021', '1.1.2')"),
  ),
  refusal(
    'a judgement of a key question under another edition than the inspection is of',
    'judged_question_inspection_id_edition_code_fkey',
    judged('2021', "question('2021', '1.1.2')"),
  ),
  refusal(
    "a judgement of a key question outside the edition's scale",
    'judged_question_edition_code_rating_fkey',
    "update core.judged_question set rating = 'Excellent'",
  ),
  refusal(
    'two panel decisions on a standard',
    'panel_decision_pkey',
    `insert into core.panel_decision (inspection_id, edition_code, standard_code, from_rating, to_rating, reason)
     select inspection_id, edition_code, standard_code, to_rating, from_rating, 'on second thoughts'
     from core.panel_decision limit 1`,
  ),
  refusal(
    'a panel decision that changes nothing',
    'decision_changes_the_rating',
    decision('2018', '2.1', 'cases', 'Good', 'Good'),
  ),
  refusal(
    'a panel decision without a reason',
    'panel_decision_reason_check',
    decision('2018', '2.1', 'cases', 'Good', 'Outstanding', ''),
  ),
  refusal(
    'a panel decision on a qualitative standard',
    'panel_decision_edition_code_standard_code_basis_fkey',
    decision('2018', '1.1', 'cases', 'Good', 'Outstanding'),
  ),
  refusal(
    'a panel decision on a qualitative standard that owns up to it',
    'panel_decision_basis_check',
    decision('2018', '1.1', 'qualitative', 'Good', 'Outstanding'),
  ),
  refusal(
    'a panel decision on a standard that another edition judges on cases',
    'panel_decision_inspection_id_edition_code_fkey',
    decision('2021', '2.1', 'cases', 'Good', 'Outstanding'),
  ),
  refusal(
    "a panel decision from a rating outside the edition's scale",
    'panel_decision_edition_code_from_rating_fkey',
    decision('2018', '2.1', 'cases', 'Excellent', 'Good'),
  ),
  refusal(
    "a panel decision to a rating outside the edition's scale",
    'panel_decision_edition_code_to_rating_fkey',
    decision('2018', '2.1', 'cases', 'Good', 'Excellent'),
  ),
];
