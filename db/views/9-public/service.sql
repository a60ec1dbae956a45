-- Services
-- One row: a service of the register, inspected or not; ended ones too.
-- Rule: its last inspection is the one with the latest day that it is dated by; invented inspections of a real service do not count.
-- Nobody publishes when the next one will be: what can be said is how long ago the last one was. Days are counted to today.
-- What is said of the last inspection is NULL where there is none, of the one before it where there is no second.
create view analytics.service as
with inspected as (
  select
    inspection.service_id,
    inspection.is_synthetic,
    inspection.inspection_id,
    inspection.edition_code,
    inspection.inspection_type,
    inspection.report_url,
    inspection.published,
    inspection.published_year,
    inspection.as_of,
    inspection.as_of_precision,
    overall.rating,
    overall.rating_rank,
    lead(inspection.inspection_id) over backwards as previous_inspection_id,
    lead(overall.rating) over backwards as previous_rating,
    lead(overall.rating_rank) over backwards as previous_rating_rank,
    row_number() over backwards as place,
    count(*) over (partition by inspection.service_id, inspection.is_synthetic) as inspections
  from core.inspection
  join kept.overall_result as overall using (service_id, inspection_id)
  window backwards as (
    partition by inspection.service_id, inspection.is_synthetic
    order by inspection.as_of desc, inspection.inspection_id desc
  )
),
works as (
  select
    service_authority.service_id,
    array_agg(local_authority.ons_code order by local_authority.ons_code)
      filter (where rating.holds(service_authority.valid, rating.present_day())) as ons_codes,
    bool_or(rating.holds(service_authority.valid, rating.present_day())) as is_current
  from core.service_authority
  join core.local_authority using (local_authority_id)
  group by service_authority.service_id
)
select
  key.service_id,
  key.service,
  key.service_code,
  key.area,
  key.region,
  key.nation,
  key.is_synthetic,
  coalesce(works.is_current, true) as is_current,
  works.ons_codes,
  coalesce(last.inspections, 0)::integer as inspections,
  last.inspection_id as last_inspection_id,
  last.edition_code as last_edition,
  last.inspection_type as last_inspection_type,
  last.published as last_published,
  last.published_year::integer as last_published_year,
  last.as_of as last_inspected,
  last.as_of_precision as last_inspected_precision,
  case when last.as_of_precision <> 'year' then rating.present_day() - last.as_of end as days_since,
  last.rating as last_rating,
  last.rating_rank as last_rating_rank,
  last.report_url as last_report_url,
  last.previous_inspection_id,
  last.previous_rating,
  last.previous_rating_rank,
  last.rating_rank - last.previous_rating_rank as rating_change
from rating.service_key as key
left join inspected as last
  on last.service_id = key.service_id and last.is_synthetic = key.is_synthetic and last.place = 1
left join works on works.service_id = key.service_id;

comment on view analytics.service is
  'One row a service, inspected or not: where it is, when it was last inspected, how it was rated then and the time before.';
