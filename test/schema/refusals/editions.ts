import { type Refusal, refusal } from './refusal.js';

/** Wrong rows of the vocabularies of all editions, and of an edition with its scale. */
export const editionRefusals: Refusal[] = [
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
