-- migrate:up
-- The register is whole: every authority has its code, and is loaded anew from the files of the package.
delete from core.service_authority;
delete from core.local_authority;

alter table core.local_authority rename column kind to authority_type;
alter table core.local_authority
  add column ons_code text not null unique check (ons_code ~ '^[EW][0-9]{8}$'),
  add column dfe_la_code text check (dfe_la_code ~ '^[0-9]{3}$'),
  add column police_area text not null;
comment on column core.local_authority.ons_code is
  'Its code of the Office for National Statistics: a new one where its boundary or kind changed, which is a row of its own.';
comment on column core.local_authority.dfe_la_code is 'Its number at the Department for Education; NULL in Wales, which has none.';
comment on column core.local_authority.authority_type is 'What kind of authority it is: London borough, county, principal area, ….';
comment on column core.local_authority.police_area is 'The police area that it lies in.';

alter table core.service add column nation text check (nation in ('England', 'Wales'));
comment on column core.service.nation is 'England or Wales; NULL when not recorded, as of an invented service.';

-- How exactly the days of a period are known: a year that is known alone is kept as its first of January.
alter table core.service_name
  add column from_precision text not null default 'day' check (from_precision in ('day', 'month', 'year')),
  add column until_precision text not null default 'day' check (until_precision in ('day', 'month', 'year'));
comment on column core.service_name.from_precision is 'How exactly the first day is known; day where there is none.';
comment on column core.service_name.until_precision is 'How exactly the end is known; day where there is none.';
alter table core.service_authority
  add column from_precision text not null default 'day' check (from_precision in ('day', 'month', 'year')),
  add column until_precision text not null default 'day' check (until_precision in ('day', 'month', 'year'));
comment on column core.service_authority.from_precision is 'How exactly the first day is known; day where there is none.';
comment on column core.service_authority.until_precision is 'How exactly the end is known; day where there is none.';

-- migrate:down
alter table core.service_authority drop column from_precision, drop column until_precision;
alter table core.service_name drop column from_precision, drop column until_precision;
alter table core.service drop column nation;
alter table core.local_authority drop column ons_code, drop column dfe_la_code, drop column police_area;
alter table core.local_authority rename column authority_type to kind;
