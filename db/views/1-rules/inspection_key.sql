-- The columns that every public view begins with
-- One row: an inspection.
-- The service goes by its current name: the official name that holds today, else the last one that held; by the name in the report
-- where it has no official one.
-- region and nation are those of the time of the inspection. fieldwork_start is NULL when not known; published is NULL when not even the month is known.
create view rating.inspection_key as
select
  inspection.inspection_id,
  inspection.service_id,
  coalesce(service.official_name, inspection.service_at_inspection) as service,
  service.area,
  located.region,
  located.nation,
  inspection.edition_code as edition,
  inspection.fieldwork_start,
  inspection.year,
  inspection.published,
  inspection.is_synthetic,
  inspection.as_of,
  inspection.fieldwork_precision,
  inspection.is_listed_only
from core.inspection
join rating.service_key as service using (service_id)
join rating.inspection_region as located using (inspection_id);

comment on view rating.inspection_key is 'An inspection with the columns that every public view begins with.';
