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
  'One row a list, group and service: whom services are compared with, beside everywhere and their region.';
