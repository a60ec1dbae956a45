-- migrate:up
-- Whom services are compared with, beside everywhere and their region: lists that users load.
create table core.comparator_group (
  comparator_set text not null check (comparator_set not in ('', 'everywhere', 'region')),
  group_name text not null check (group_name <> ''),
  neighbours_of integer references core.service on delete cascade,
  primary key (comparator_set, group_name)
);
comment on table core.comparator_group is
  'A group of services of a list that a user has loaded: a family, or the statistical neighbours of a service.';
comment on column core.comparator_group.comparator_set is 'The list that it is of.';
comment on column core.comparator_group.neighbours_of is
  'The service whose neighbours they are: that one alone stands beside them. NULL for a group in which each stands beside the others.';

create table core.comparator_member (
  comparator_set text not null,
  group_name text not null,
  service_id integer not null references core.service on delete cascade,
  primary key (comparator_set, group_name, service_id),
  foreign key (comparator_set, group_name) references core.comparator_group on delete cascade
);
create index comparator_member_of_service on core.comparator_member (service_id);
comment on table core.comparator_member is 'A service in a group. A service whose neighbours they are is among them.';

-- A loader replaces a list whole, and records that it did.
grant insert, delete on core.comparator_group, core.comparator_member to yot_ratings_loader;
create policy loaders_record_groups on core.load for insert to yot_ratings_loader with check (kind = 'groups');

-- migrate:down
drop policy loaders_record_groups on core.load;
drop table core.comparator_member, core.comparator_group;
