-- The columns that every public view begins with
-- One row: an inspection.
-- The service goes by its current name: the official name that holds today, else the last one that held; by the name in the report
-- where it has no official one.
-- region and nation are those of the time of the inspection. fieldwork_start is NULL when not known; published is NULL when not even the month is known.
create view rating.inspection_key as
select
  inspection.inspection_id,
  inspection.service_id,
  coalesce(current_name.name, inspection.service_at_inspection) as service,
  service.area,
  located.region,
  located.nation,
  inspection.edition_code as edition,
  inspection.fieldwork_start,
  inspection.year,
  inspection.published,
  inspection.is_synthetic,
  inspection.as_of
from core.inspection
join core.service using (service_id)
join rating.inspection_region as located using (service_id, inspection_id)
-- an aggregate, not the first of a list that is cut off: that could not go to where the inspection is
cross join lateral (
  select
    (
      array_agg(
        service_name.name
        order by rating.holds(service_name.valid, rating.present_day()) desc, upper(service_name.valid) desc nulls first
      )
    )[1] as name
  from core.service_name
  where service_name.service_id = inspection.service_id
    and service_name.usage = 'official'
) as current_name;

comment on view rating.inspection_key is 'An inspection with the columns that every public view begins with.';
