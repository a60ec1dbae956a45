import { type Refusal, refusal } from './refusal.js';

/** Wrong rows of the vocabularies of all editions, and of an edition with its scale and its programmes. */
export const editionRefusals: Refusal[] = [
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
  refusal(
    'an edition whose kinds of case are called nothing',
    'edition_kind_of_case_check',
    "update core.edition set kind_of_case = '' where edition_code = '2018'",
  ),
  refusal(
    'a programme twice',
    'programme_pkey',
    "insert into core.programme values ('2018', 'full', null, 9)",
  ),
  refusal(
    'a programme without a name',
    'programme_programme_check',
    "insert into core.programme values ('2018', '', null, 9)",
  ),
  refusal(
    'a programme of an unknown edition',
    'programme_edition_code_fkey',
    "insert into core.programme values ('1999', 'full', null, 9)",
  ),
  refusal(
    'a standard twice in a programme',
    'programme_standard_pkey',
    "insert into core.programme_standard values ('2018', 'full', '2.1')",
  ),
  refusal(
    'a standard in a programme that there is not',
    'programme_standard_edition_code_programme_fkey',
    "insert into core.programme_standard values ('2018', 'small', '2.1')",
  ),
  refusal(
    "another edition's standard in a programme",
    'programme_standard_edition_code_standard_code_fkey',
    "insert into core.programme_standard values ('2018', 'full', '4.1')",
  ),
];
