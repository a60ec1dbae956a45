-- Ratings as they stood
-- One row: an inspection, a standard (or 'overall') and a version of its rating: what it was from when until when.
-- Rule: versions follow each other in the order in which they were recorded, whatever the clock said: a version that was recorded
-- at an earlier time than the one before it begins when that did. A version ends when the rating or its score becomes another, and
-- when the inspection is removed.
-- recorded_until is NULL for what stands now. Inspections that were removed stay.
create view analytics.rating_version as
with dated as (
  select
    record.*,
    row_number() over of_inspection as place,
    max(recorded_at) over of_inspection as since
  from core.rating_record as record
  window of_inspection as (partition by inspection_id order by record_id)
),
spanned as (
  select dated.*, lead(since) over (partition by inspection_id order by record_id) as until
  from dated
),
compared as (
  select
    spanned.*,
    rated.code,
    rated.rating,
    rated.score,
    rated.is_revision,
    lag(place) over earlier is distinct from place - 1
      or lag(rated.rating) over earlier is distinct from rated.rating
      or lag(rated.score) over earlier is distinct from rated.score
      or lag(edition_code) over earlier is distinct from edition_code as is_new
  from spanned
  join core.recorded_rating as rated using (record_id)
  window earlier as (partition by spanned.inspection_id, code order by record_id)
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
  key.service_id,
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
left join core.rating as scale on scale.edition_code = ended.edition_code and scale.rating = ended.rating
left join rating.standard_key as standard on standard.edition_code = ended.edition_code and standard.standard_code = ended.code
where ended.is_new;

comment on column analytics.rating_version.service_id is 'Key of the service, whatever it was called at the time; NULL when the inspection was removed.';
comment on view analytics.rating_version is
  'One row an inspection, standard (or overall) and version: what it was rated, from when until when, and why that changed. Key: inspection_id, standard, version.';
comment on column analytics.rating_version.standard is 'Code of the standard, such as 2.3; overall for the overall rating.';
comment on column analytics.rating_version.version is 'Counts the versions of the rating from 1, in the order in which they were recorded (number).';
comment on column analytics.rating_version.rating is 'The rating that stood; NULL when it was not rated.';
comment on column analytics.rating_version.rating_rank is 'Rank of rating on the edition''s scale, 0 the lowest, for sorting; NULL when it was not rated.';
comment on column analytics.rating_version.score is 'Points that stood; NULL where the standard does not count or was unrated.';
comment on column analytics.rating_version.marker is '[r] revised: rating or score was another one in an earlier version; NULL otherwise.';
comment on column analytics.rating_version.recorded_from is 'When it began to stand, in UTC, as text: 2026-03-01T09:30:00.000000Z.';
comment on column analytics.rating_version.recorded_until is 'When it ceased to stand, in UTC, as text; NULL when it stands now.';
comment on column analytics.rating_version.recorded_on is 'Day on which it began to stand (date), in UTC.';
comment on column analytics.rating_version.why is
  'What made it so, one of: loaded, replaced, rules changed, computed anew.';
comment on column analytics.rating_version.load_id is 'Key of the load that made it so; NULL when none did.';
comment on column analytics.rating_version.domain is 'Code of the standard''s domain, such as 2; NULL for overall.';
comment on column analytics.rating_version.domain_title is 'Title of the domain; NULL for overall.';
comment on column analytics.rating_version.title is 'Title of the standard; NULL for overall.';
