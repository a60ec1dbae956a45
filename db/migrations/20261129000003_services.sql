-- migrate:up
create table core.local_authority (
  local_authority_id integer generated always as identity primary key,
  name text not null check (name <> ''),
  nation text not null check (nation in ('England', 'Wales')),
  region text not null,
  authority_type text not null,
  ons_code text not null unique check (ons_code ~ '^[EW][0-9]{8}$'),
  dfe_la_code text check (dfe_la_code ~ '^[0-9]{3}$'),
  police_area text not null,
  valid daterange not null default '(,)' check (not isempty(valid)),
  constraint name_belongs_to_one_authority_at_a_time exclude using gist (lower(name) with =, valid with &&)
);
comment on table core.local_authority is 'A local authority of England or Wales with a duty to run a youth offending team.';
comment on column core.local_authority.ons_code is
  'Its code of the Office for National Statistics: a new one where its boundary or kind changed, which is a row of its own.';
comment on column core.local_authority.dfe_la_code is 'Its number at the Department for Education; NULL in Wales, which has none.';
comment on column core.local_authority.authority_type is 'What kind of authority it is: London borough, county, principal area, ….';
comment on column core.local_authority.police_area is 'The police area that it lies in.';

create table core.local_authority_name (
  local_authority_id integer not null references core.local_authority on delete cascade,
  name text not null check (name <> ''),
  primary key (local_authority_id, name)
);
comment on table core.local_authority_name is 'Another name under which a local authority is met.';

create table core.service (
  service_id integer generated always as identity primary key,
  service_code text not null unique check (service_code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  area text not null,
  region text,
  nation text check (nation in ('England', 'Wales')),
  note text,
  is_synthetic boolean not null default false
);
comment on column core.service.is_synthetic is 'Whether the service is invented: then all its inspections are.';
comment on table core.service is 'A youth offending service, whatever it was called at the time.';
comment on column core.service.nation is 'England or Wales; NULL when not recorded, as of an invented service.';
comment on column core.service.service_code is 'A short, stable name for files and addresses: barnet.';

create table core.service_name (
  service_name_id integer generated always as identity primary key,
  service_id integer not null references core.service on delete cascade,
  name text not null check (name <> ''),
  kind text,
  usage text not null check (usage in ('official', 'alias')),
  valid daterange not null default '(,)' check (not isempty(valid)),
  from_precision text not null default 'day' check (from_precision in ('day', 'month', 'year')),
  until_precision text not null default 'day' check (until_precision in ('day', 'month', 'year')),
  constraint service_name_belongs_to_one_service_at_a_time
    exclude using gist (lower(name) with =, valid with &&),
  constraint service_has_one_official_name_at_a_time
    exclude using gist (service_id with =, valid with &&) where (usage = 'official')
);
create index service_name_of_service on core.service_name (service_id);
comment on table core.service_name is
  'A name of a service with the dates it held; official names of a service do not overlap, and no name means two services at once.';
comment on column core.service_name.from_precision is
  'How exactly the first day is known (a year that is known alone is kept as its first of January); day where there is none.';
comment on column core.service_name.until_precision is 'How exactly the end is known; day where there is none.';
comment on column core.service_name.kind is 'What the service calls itself: YOT, YOS, YJS, YJP; NULL when the name does not say.';

create table core.service_authority (
  service_id integer not null references core.service on delete cascade,
  local_authority_id integer not null references core.local_authority,
  valid daterange not null default '(,)' check (not isempty(valid)),
  from_precision text not null default 'day' check (from_precision in ('day', 'month', 'year')),
  until_precision text not null default 'day' check (until_precision in ('day', 'month', 'year')),
  constraint service_has_an_authority_once_at_a_time
    exclude using gist (service_id with =, local_authority_id with =, valid with &&)
);
comment on table core.service_authority is 'A local authority that a service works for, with dates; many to many.';
comment on column core.service_authority.from_precision is
  'How exactly the first day is known (a year that is known alone is kept as its first of January); day where there is none.';
comment on column core.service_authority.until_precision is 'How exactly the end is known; day where there is none.';

create table core.service_succession (
  predecessor_id integer not null references core.service on delete cascade,
  successor_id integer not null references core.service on delete cascade,
  succeeded_on date not null,
  precision text not null check (precision in ('day', 'month', 'year')),
  note text,
  primary key (predecessor_id, successor_id),
  constraint service_does_not_succeed_itself check (predecessor_id <> successor_id)
);
comment on table core.service_succession is 'A service that wholly or partly took over from another; splits and mergers are several rows.';

-- Whom services are compared with, beside everywhere and their region: lists that users load.
create table core.comparator_group (
  comparator_set text not null check (comparator_set not in ('', 'everywhere', 'region')),
  group_name text not null check (group_name <> ''),
  neighbours_of integer references core.service on delete cascade,
  primary key (comparator_set, group_name)
);
create index comparator_group_of_neighbours on core.comparator_group (neighbours_of);
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

-- migrate:down
drop table core.comparator_member, core.comparator_group;
drop table core.service_succession, core.service_authority, core.service_name, core.service,
  core.local_authority_name, core.local_authority;
