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

-- When an edition was in use: which one a table's row is of follows where it says no more than dates.
alter table core.edition
  add column reports_until date,
  add column fieldwork_from date,
  add column fieldwork_until date;
comment on column core.edition.reports_from is
  'First day on which reports of it were published; NULL when an edition is never told by dates.';
comment on column core.edition.reports_until is
  'First day from which on no more reports of it are known to have been published; NULL when that is not known.';
comment on column core.edition.fieldwork_from is 'First day on which fieldwork may have been under it; NULL when not known.';
comment on column core.edition.fieldwork_until is 'First day from which on no fieldwork was under it; NULL when not known.';

-- An inspection known from a table of ratings, or from a report that does not say when fieldwork was, is told by its publication.
alter table core.inspection
  add column is_listed_only boolean not null default false,
  add column inspection_type text check (inspection_type <> ''),
  add column report_url text check (report_url <> ''),
  add column source text check (source <> ''),
  add column certainty text check (certainty <> '');
update core.inspection set is_listed_only = true where inspection_code like '%-published-%';
comment on column core.inspection.is_listed_only is
  'Whether it is known from a table of ratings only, not from its own report.';
comment on column core.inspection.inspection_type is
  'What kind of inspection it was: core, joint, re-inspection, small; NULL when not known.';
comment on column core.inspection.report_url is 'Address of the report; NULL when not known.';
comment on column core.inspection.source is 'Where a table has the ratings from; NULL for a report that was read itself.';
comment on column core.inspection.certainty is 'How certain a table is of the ratings, in its own words; NULL when it does not say.';
drop index core.inspection_known_by_publication;
create unique index inspection_known_by_publication
  on core.inspection (service_id, published_year, published, published_precision, is_synthetic)
  nulls not distinct where fieldwork_start is null;
alter table core.inspection drop column report_no;

-- That something was not rated is published too, and is not the same as that its rating is not known.
alter table core.published_standard_rating
  add column not_rated boolean not null default false,
  drop constraint standard_rating_is_lost_or_given,
  add constraint standard_rating_is_lost_or_given check (num_nonnulls(rating) + lost::integer + not_rated::integer = 1);
comment on column core.published_standard_rating.not_rated is 'Whether the source says that the standard was not rated.';
alter table core.published_overall
  add column not_rated boolean not null default false,
  add constraint overall_is_rated_or_not check (not (not_rated and (rating is not null or rating_lost)));
comment on column core.published_overall.not_rated is 'Whether the source says that there is no overall rating.';

-- migrate:down
alter table core.published_overall drop column not_rated;
delete from core.published_standard_rating where not_rated;
alter table core.published_standard_rating
  drop constraint standard_rating_is_lost_or_given,
  drop column not_rated,
  add constraint standard_rating_is_lost_or_given check (lost = (rating is null));
alter table core.inspection add column report_no smallint not null default 1 check (report_no > 0);
drop index core.inspection_known_by_publication;
create unique index inspection_known_by_publication on core.inspection (service_id, published_year, published, report_no)
  nulls not distinct where fieldwork_start is null;
alter table core.inspection
  drop column is_listed_only,
  drop column inspection_type,
  drop column report_url,
  drop column source,
  drop column certainty;
alter table core.edition drop column reports_until, drop column fieldwork_from, drop column fieldwork_until;
alter table core.service_authority drop column from_precision, drop column until_precision;
alter table core.service_name drop column from_precision, drop column until_precision;
alter table core.service drop column nation;
alter table core.local_authority drop column ons_code, drop column dfe_la_code, drop column police_area;
alter table core.local_authority rename column authority_type to kind;
