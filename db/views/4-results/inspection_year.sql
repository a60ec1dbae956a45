-- Years of inspections
-- One row: an inspection.
-- Rule: that of rating.inspection_key, without the look-up of the service's current name: for views that sum over years.
-- Never NULL.
create view rating.inspection_year as
select
  inspection_id,
  service_id,
  edition_code,
  extract(year from coalesce(fieldwork_start, published, make_date(published_year, 1, 1)))::integer as year,
  is_synthetic
from core.inspection;

comment on view rating.inspection_year is 'An inspection with what trends are grouped by.';
comment on column rating.inspection_year.service_id is 'The service, whatever it was called at the time.';
