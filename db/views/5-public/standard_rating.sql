-- Ratings of standards
-- One row: an inspection and a standard of its edition.
-- Rule: lowest band of its key questions, unless a ratings panel used its discretion; qualitative standards as judged.
-- Computed columns and grounds are NULL for a qualitative standard and where not_computed_because says so.
create view analytics.standard_rating as
with ground as materialized (
  select * from rating.discretion_ground
)
select
  key.inspection_id,
  key.service,
  key.area,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  scored.standard_code as standard,
  scored.title,
  scored.basis,
  scored.lowest_percent,
  scored.driving_key_question,
  scored.tied_key_questions,
  scored.computed_rating,
  scored.rating,
  scored.rating_rank::integer as rating_rank,
  scored.rating_source,
  scored.score::integer as score,
  scored.discretion_to is not null as discretion,
  scored.discretion_from,
  scored.discretion_reason,
  ground.near_boundary,
  ground.one_case_flips,
  ground.small_sample,
  scored.published_rating,
  scored.not_computed_because,
  scored.evidence
from rating.standard_score as scored
join rating.inspection_key as key using (inspection_id)
left join ground using (inspection_id, standard_code);

comment on view analytics.standard_rating is
  'One row an inspection and standard: what was computed, what a panel decided, what was judged, what was published.';
comment on column analytics.standard_rating.rating is 'The rating after discretion, or as judged, or as published where nothing can be computed; NULL when unrated.';
comment on column analytics.standard_rating.rating_rank is 'Rank of rating on the edition''s scale, 0 the lowest, for sorting; NULL when unrated.';
comment on column analytics.standard_rating.discretion is 'Whether a ratings panel replaced the computed rating.';
