-- The columns that every public view of services begins with
-- One row: a service, inspected or not.
-- Rule: it goes by its current name: the official name that holds today, else the last one that held; by its area where it has no
-- official one.
-- region and nation are NULL when not recorded.
create view rating.service_key as
select
  service.service_id,
  coalesce(current_name.name, service.area) as service,
  service.area,
  service.region,
  service.nation,
  service.service_code,
  service.is_synthetic,
  current_name.name as official_name
from core.service
-- an aggregate, not the first of a list that is cut off: where tables are distributed, that could not go to where an inspection is
cross join lateral (
  select
    (
      array_agg(
        service_name.name
        order by rating.holds(service_name.valid, rating.present_day()) desc, upper(service_name.valid) desc nulls first
      )
    )[1] as name
  from core.service_name
  where service_name.service_id = service.service_id
    and service_name.usage = 'official'
) as current_name;

comment on view rating.service_key is 'A service with the columns that every public view of services begins with.';
comment on column rating.service_key.region is 'Region of England, or Wales, that the service works in; NULL when not recorded.';
comment on column rating.service_key.nation is 'England or Wales; NULL when not recorded, as of an invented service.';
comment on column rating.service_key.service_code is 'A short, stable name for files and addresses: barnet.';
comment on column rating.service_key.is_synthetic is 'Whether the service is invented: then all its inspections are.';
comment on column rating.service_key.official_name is 'Its official name of today, else the last that it had; NULL where it has none.';
