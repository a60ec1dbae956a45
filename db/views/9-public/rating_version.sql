-- Ratings as they stood
-- One row: an inspection, a standard (or 'overall') and a version of its rating: what it was from when until when.
-- Rule: versions follow each other in the order in which they were recorded, whatever the clock said: a version that was recorded
-- at an earlier time than the one before it begins when that did. A version ends when the rating or its score becomes another, and
-- when the inspection is removed.
-- recorded_until is NULL for what stands now. Inspections that were removed stay.
create view analytics.rating_version as
with dated as (
  -- both tables in one step: where tables are distributed, records are read by themselves, and as their owner. A removal has no ratings
  select
    record.*,
    rated.code,
    rated.rating,
    rated.score,
    rated.is_revision,
    dense_rank() over of_inspection as place,
    max(record.recorded_at) over of_inspection as since
  from core.rating_record as record
  left join core.recorded_rating as rated using (record_id)
  window of_inspection as (partition by record.inspection_id order by record.record_id)
),
spanned as (
  select
    dated.*,
    min(since) over (partition by inspection_id order by record_id groups between 1 following and 1 following) as until
  from dated
),
compared as (
  select
    spanned.*,
    lag(place) over earlier is distinct from place - 1
      or lag(rating) over earlier is distinct from rating
      or lag(score) over earlier is distinct from score
      or lag(edition_code) over earlier is distinct from edition_code as is_new
  from spanned
  window earlier as (partition by inspection_id, code order by record_id)
),
numbered as (
  select compared.*, count(*) filter (where is_new) over (partition by inspection_id, code order by record_id) as version
  from compared
),
ended as (
  select
    numbered.*,
    last_value(until) over (
      partition by inspection_id, code, version order by record_id
      rows between unbounded preceding and unbounded following
    ) as version_until
  from numbered
)
select
  ended.inspection_id,
  present.service_id,
  coalesce(key.service, ended.service) as service,
  coalesce(key.area, ended.area) as area,
  key.region,
  key.nation,
  ended.edition_code as edition,
  ended.fieldwork_start,
  ended.year,
  ended.published,
  ended.is_synthetic,
  standard.domain,
  standard.domain_title,
  ended.code as standard,
  standard.title,
  ended.version::integer as version,
  ended.rating,
  scale.rating_rank::integer as rating_rank,
  ended.score,
  case when ended.is_revision then '[r]' end as marker,
  to_char(ended.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_from,
  to_char(ended.version_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_until,
  (ended.since at time zone 'UTC')::date as recorded_on,
  ended.why,
  ended.load_id
from ended
left join rating.inspection_key as key using (inspection_id)
-- what stands now lies with the evidence
left join kept.overall_result as present using (inspection_id)
left join core.rating as scale on scale.edition_code = ended.edition_code and scale.rating = ended.rating
left join rating.standard_key as standard on standard.edition_code = ended.edition_code and standard.standard_code = ended.code
where ended.is_new
  and ended.code is not null;

comment on view analytics.rating_version is
  'One row an inspection, standard (or overall) and version: what it was rated, from when until when, and why that changed.';
