-- What is known better from a report with its fieldwork
-- One row: an inspection whose report says when its fieldwork was, and one of the same service and publication, as far as that is known, that
-- is known from a table of ratings alone, or from a report that does not say it.
create view rating.superseded_publication as
select
  reported.service_id,
  reported.inspection_id,
  known.inspection_id as superseded_id,
  known.is_listed_only,
  known.source,
  known.certainty
from core.inspection as reported
join core.inspection as known
  on known.service_id = reported.service_id
  and known.inspection_id <> reported.inspection_id
  and (known.is_listed_only or known.fieldwork_start is null)
  and known.is_synthetic = reported.is_synthetic
  and known.published_year = reported.published_year
  and (
    date_trunc('month', known.published) = date_trunc('month', reported.published)
    or known.published is null
    or reported.published is null
  )
where reported.fieldwork_start is not null and not reported.is_listed_only;

comment on view rating.superseded_publication is 'An inspection that is known by its publication, and is known better from a report.';
comment on column rating.superseded_publication.superseded_id is 'Key of the inspection that is known by its publication.';
comment on column rating.superseded_publication.is_listed_only is 'Whether that is known from a table of ratings alone.';
comment on column rating.superseded_publication.source is 'Where the table has it from; NULL when it does not say, or it is from a report.';
comment on column rating.superseded_publication.certainty is 'How certain the table is of it, in its own words; NULL when it does not say.';
