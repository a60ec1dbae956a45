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
  service.service_id,
  coalesce(current_name.name, service.area) as service,
  service.area,
  service.region,
  service.service_code,
  called.usage,
  called.name,
  max(called.kind) as kind,
  case when not bool_or(lower_inf(called.valid)) then min(lower(called.valid)) end as held_from,
  case when not bool_or(upper_inf(called.valid)) then max(upper(called.valid)) - 1 end as held_until,
  bool_or(rating.holds(called.valid, current_date)) as is_current,
  coalesce(inspected.is_synthetic, false) as is_synthetic
from core.service
join called using (service_id)
left join lateral (
  select service_name.name
  from core.service_name
  where service_name.service_id = service.service_id
    and service_name.usage = 'official'
  order by rating.holds(service_name.valid, current_date) desc, upper(service_name.valid) desc nulls first
  limit 1
) as current_name on true
left join inspected using (service_id)
group by
  service.service_id, current_name.name, service.area, service.region, service.service_code, called.usage, called.name,
  inspected.is_synthetic;

comment on view analytics.service_name is
  'One row a service and a name that it has or had: its own, its area''s, or that of a local authority that it works or worked for. Key: service_id, usage, name.';
comment on column analytics.service_name.region is 'Region of England, or Wales, that the service works in; NULL when not recorded.';
comment on column analytics.service_name.service_code is 'A short, stable name for files and addresses: barnet.';
comment on column analytics.service_name.usage is 'Whose name it is, one of: official, alias, area, local authority; official and alias are the service''s own.';
comment on column analytics.service_name.name is 'The name.';
comment on column analytics.service_name.kind is 'What the service calls itself by that name: YOT, YOS, YJS, YJP; NULL when the name does not say.';
comment on column analytics.service_name.held_from is 'First day that it was called so, or worked for the authority (date); NULL when not known.';
comment on column analytics.service_name.held_until is 'Last day of that (date); NULL when it has no end or none is known.';
comment on column analytics.service_name.is_current is 'Whether it is called so, or works for the authority, today.';
comment on column analytics.service_name.is_synthetic is 'Whether the service is invented: whether it has inspections, and all of them are.';
