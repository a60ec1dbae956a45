-- Groups of services to compare with
-- One row: a list that a user has loaded, a group of it, and a service in the group.
-- Rule: each service of a group stands beside the others; where a group is the neighbours of a service, that one alone does.
-- neighbours_of is NULL for a group that is nobody's neighbours.
create view analytics.comparator_group as
select
  member.comparator_set,
  member.group_name,
  neighbours.service as neighbours_of,
  key.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.is_synthetic
from core.comparator_member as member
join core.comparator_group as named using (comparator_set, group_name)
join rating.service_key as key on key.service_id = member.service_id
left join rating.service_key as neighbours on neighbours.service_id = named.neighbours_of;

comment on view analytics.comparator_group is
  'One row a list, group and service: whom services are compared with, beside everywhere and their region. Key: comparator_set, group_name, service_id.';
comment on column analytics.comparator_group.comparator_set is 'Name of the list: beside, in service_comparison.';
comment on column analytics.comparator_group.group_name is 'Name of the group: peers, in service_comparison.';
comment on column analytics.comparator_group.neighbours_of is
  'Current name of the service whose neighbours they are; NULL for a group in which each stands beside the others.';
comment on column analytics.comparator_group.service is 'Current name of the service: the official one, or its area''s where none is known.';
comment on column analytics.comparator_group.region is 'Region of England, or Wales, that the service works in; NULL when not recorded.';
comment on column analytics.comparator_group.nation is 'England or Wales; NULL when not recorded, as of an invented service.';
comment on column analytics.comparator_group.is_synthetic is 'Whether the service is invented.';
