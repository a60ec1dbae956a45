-- Inspections of a service in order
-- One row: an inspection, among those of the same service.
-- Rule: in order of fieldwork, or of publication where that is not known; changes are against the inspection before, and NULL for the first or when a side is unknown.
-- A score change is NULL too where the two maxima differ: the scores are then not of one scale.
create view analytics.service_history as
with ordered as (
  select
    overall_rating.*,
    service_id,
    row_number() over service_in_order as sequence,
    lag(overall_rating.inspection_id) over service_in_order as previous_inspection_id,
    lag(overall_rating.score) over service_in_order as previous_score,
    lag(overall_rating.max_score) over service_in_order as previous_max_score,
    lag(overall_rating.rating_rank) over service_in_order as previous_rank,
    lag(overall_rating.edition) over service_in_order as previous_edition
  from analytics.overall_rating
  join rating.inspection_key using (inspection_id)
  window service_in_order as (
    partition by service_id, overall_rating.is_synthetic
    order by inspection_key.as_of, overall_rating.inspection_id
  )
)
select
  inspection_id,
  service,
  area,
  edition,
  fieldwork_start,
  year,
  published,
  is_synthetic,
  sequence::integer as sequence,
  previous_inspection_id,
  rating,
  rating_rank,
  score,
  max_score,
  case when max_score = previous_max_score then score - previous_score end as score_change,
  rating_rank - previous_rank as rating_change,
  edition <> previous_edition as edition_changed
from ordered;

comment on view analytics.service_history is 'One row a service and inspection: the overall rating and how it moved. Key: inspection_id.';
comment on column analytics.service_history.sequence is 'First, second, … inspection of the service in this database.';
comment on column analytics.service_history.previous_inspection_id is 'The inspection before; NULL for the first.';
comment on column analytics.service_history.rating is 'Overall rating; NULL when not rated.';
comment on column analytics.service_history.rating_rank is 'Rank of rating on the edition''s scale, 0 the lowest; NULL when not rated.';
comment on column analytics.service_history.score is 'Points of the standards that count; NULL when none is rated or the rating of one is not known.';
comment on column analytics.service_history.max_score is 'The most points there could have been; NULL where score is.';
comment on column analytics.service_history.score_change is 'Points gained or lost; NULL for the first, or when the scores are not of one scale.';
comment on column analytics.service_history.rating_change is 'Steps of the rating scale up or down; NULL for the first or when a side is not rated.';
comment on column analytics.service_history.edition_changed is 'Whether the edition differs from that of the inspection before: a break in the series. NULL for the first.';
