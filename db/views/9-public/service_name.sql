-- Names of services
-- One row: a service, a use of a name (its own, its area's, a local authority's), and the name.
-- Rule: official names and aliases are the service's own; it also goes by its area, and by the local authorities that it works or
-- worked for, under each of their names. A name that was given up and taken again has one row. Whoever looks for a service looks
-- here; its inspections are those of analytics.inspection with the same service_id.
-- held_from and held_until are NULL where no day is known.
create view analytics.service_name as
with called as (
  select service_id, usage, name, kind, valid
  from core.service_name
  union all
  select service_id, 'area', area, null, '(,)'::daterange
  from core.service
  union all
  select works.service_id, 'local authority', known.name, null, works.valid
  from core.service_authority as works
  join core.local_authority as authority using (local_authority_id)
  cross join lateral (
    select authority.name
    union
    select other.name from core.local_authority_name as other where other.local_authority_id = authority.local_authority_id
  ) as known
),
inspected as (
  select service_id, bool_and(is_synthetic) as is_synthetic
  from core.inspection
  group by service_id
)
select
  key.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.service_code,
  called.usage,
  called.name,
  max(called.kind) as kind,
  case when not bool_or(lower_inf(called.valid)) then min(lower(called.valid)) end as held_from,
  case when not bool_or(upper_inf(called.valid)) then max(upper(called.valid)) - 1 end as held_until,
  bool_or(rating.holds(called.valid, rating.present_day())) as is_current,
  coalesce(inspected.is_synthetic, key.is_synthetic) as is_synthetic
from rating.service_key as key
join called using (service_id)
left join inspected using (service_id)
group by
  key.service_id, key.service, key.area, key.region, key.nation, key.service_code, called.usage, called.name, key.is_synthetic,
  inspected.is_synthetic;

comment on view analytics.service_name is
  'One row a service and a name that it has or had: its own, its area''s, or that of a local authority that it works or worked for.';
