-- migrate:up
-- A table of ratings that somebody compiled knows when a report was published, and not when fieldwork was.
alter table core.inspection
  alter column fieldwork_start drop not null,
  add column report_no smallint not null default 1 check (report_no > 0),
  drop constraint inspection_fieldwork_precision_check,
  add constraint inspection_fieldwork_precision_check check (fieldwork_precision in ('day', 'month', 'not known')),
  add constraint fieldwork_is_as_precise_as_it_says check ((fieldwork_precision = 'not known') = (fieldwork_start is null)),
  add constraint fieldwork_or_publication_is_known check (fieldwork_start is not null or published_year is not null);
comment on column core.inspection.fieldwork_start is
  'First day of fieldwork; the first of the month when only the month is known, NULL when not even that is.';
comment on column core.inspection.report_no is
  'Tells reports apart of which a table says no more than one service and one publication date.';
create unique index inspection_known_by_publication on core.inspection (service_id, published_year, published, report_no)
  nulls not distinct where fieldwork_start is null;

alter table core.published_overall add column score_percent numeric check (score_percent between 0 and 100);
comment on column core.published_overall.score_percent is
  'The score as a percentage of the maximum, where that is how it is printed; NULL otherwise.';

alter table core.edition add column reports_from date;
comment on column core.edition.reports_from is
  'Reports published from this day on are taken to be of this edition where nothing says which; NULL when that is never assumed.';

alter table core.service add column is_synthetic boolean not null default false;
comment on column core.service.is_synthetic is 'Whether the service is invented: then all its inspections are.';

-- migrate:down
alter table core.service drop column is_synthetic;
alter table core.edition drop column reports_from;
alter table core.published_overall drop column score_percent;
drop index core.inspection_known_by_publication;
delete from core.inspection where fieldwork_start is null;
alter table core.inspection
  drop constraint fieldwork_or_publication_is_known,
  drop constraint fieldwork_is_as_precise_as_it_says,
  drop constraint inspection_fieldwork_precision_check,
  add constraint inspection_fieldwork_precision_check check (fieldwork_precision in ('day', 'month')),
  drop column report_no,
  alter column fieldwork_start set not null;
comment on column core.inspection.fieldwork_start is 'First day of fieldwork; the first of the month when only the month is known.';
