-- Inspections of a service in order
-- One row: an inspection, among those of the same service.
-- Rule: in order of fieldwork, or of publication where that is not known; changes are against the inspection before, and NULL for the first or when a side is unknown.
-- A score change is NULL too where the two maxima differ: the scores are then not of one scale.
create view analytics.service_history as
select
  key.inspection_id,
  key.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  counted.sequence,
  before.previous_inspection_id,
  before.days_since,
  overall.rating,
  overall.rating_rank,
  earlier.rating as previous_rating,
  earlier.rating_rank as previous_rating_rank,
  overall.score,
  overall.max_score,
  overall.score_share::double precision as score_share,
  overall.score_source,
  earlier.score as previous_score,
  earlier.max_score as previous_max_score,
  case when overall.max_score = earlier.max_score then overall.score - earlier.score end as score_change,
  overall.rating_rank - earlier.rating_rank as rating_change,
  key.edition <> before.previous_edition_code as edition_changed,
  key.as_of
from rating.inspection_key as key
join rating.score_standing as overall using (service_id, inspection_id)
cross join lateral (
  select count(*)::integer as sequence
  from core.inspection as up_to_it
  where up_to_it.service_id = key.service_id
    and up_to_it.is_synthetic = key.is_synthetic
    and (up_to_it.as_of, up_to_it.inspection_id) <= (key.as_of, key.inspection_id)
) as counted
left join rating.inspection_before as before on before.service_id = key.service_id and before.inspection_id = key.inspection_id
-- of other inspections: by itself, it is brought together before it is joined where tables are distributed
left join (
  select inspection_id, score, max_score, rating, rating_rank
  from rating.score_standing
) as earlier on earlier.inspection_id = before.previous_inspection_id;

comment on view analytics.service_history is 'One row a service and inspection: the overall rating and how it moved.';
