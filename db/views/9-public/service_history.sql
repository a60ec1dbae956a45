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
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  counted.sequence,
  earlier.inspection_id as previous_inspection_id,
  overall.rating,
  overall.rating_rank,
  overall.score,
  overall.max_score,
  case when overall.max_score = earlier.max_score then overall.score - earlier.score end as score_change,
  overall.rating_rank - earlier.rating_rank as rating_change,
  key.edition <> earlier.edition_code as edition_changed
from rating.inspection_key as key
join rating.overall_result as overall using (service_id, inspection_id)
cross join lateral (
  select count(*)::integer as sequence
  from core.inspection as up_to_it
  where up_to_it.service_id = key.service_id
    and up_to_it.is_synthetic = key.is_synthetic
    and (up_to_it.as_of, up_to_it.inspection_id) <= (key.as_of, key.inspection_id)
) as counted
left join lateral (
  select before.inspection_id, before.edition_code, before.score, before.max_score, before.rating_rank
  from (
    select inspection.service_id, inspection.inspection_id
    from core.inspection
    where inspection.service_id = key.service_id
      and inspection.is_synthetic = key.is_synthetic
      and (inspection.as_of, inspection.inspection_id) < (key.as_of, key.inspection_id)
    order by inspection.as_of desc, inspection.inspection_id desc
    limit 1
  ) as previous
  cross join lateral (
    select result.inspection_id, result.edition_code, result.score, result.max_score, result.rating_rank
    from rating.overall_result as result
    where result.service_id = previous.service_id and result.inspection_id = previous.inspection_id
    -- one at a time, found by its key: not joined with those of all inspections
    offset 0
  ) as before
) as earlier on true;

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
