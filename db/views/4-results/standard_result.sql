-- Results of standards, computed anew
-- One row: an inspection and a standard of its edition.
-- Rule: what table result.standard keeps, computed from the evidence by the views before this one, column by column.
-- NULL as there.
create view rating.standard_result as
with ground as materialized (
  select * from rating.discretion_ground
)
select
  scored.inspection_id,
  scored.standard_code,
  scored.edition_code,
  scored.evidence,
  scored.computed_rating,
  scored.lowest_percent,
  scored.driving_key_question,
  scored.tied_key_questions,
  scored.not_computed_because,
  scored.rating,
  scored.rating_rank,
  scored.rating_source,
  scored.score::integer as score,
  ground.near_boundary,
  ground.one_case_flips,
  ground.small_sample
from rating.standard_score as scored
left join ground using (inspection_id, standard_code);

comment on view rating.standard_result is 'An inspection and a standard with all that is kept of its result, computed anew.';
