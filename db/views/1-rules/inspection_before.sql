-- What came before an inspection
-- One row: an inspection that is not the first of its service in this database.
-- Rule: inspections of a service follow each other by the day they are dated by; real and invented ones apart. They are looked up by
-- an index, an inspection at a time.
-- Never NULL.
create view rating.inspection_before as
select
  inspection.service_id,
  inspection.inspection_id,
  previous.inspection_id as previous_inspection_id,
  previous.edition_code as previous_edition_code,
  case
    when inspection.as_of_precision <> 'year' and previous.as_of_precision <> 'year' then inspection.as_of - previous.as_of
  end as days_since
from core.inspection
cross join lateral (
  select before.inspection_id, before.edition_code, before.as_of, before.as_of_precision
  from core.inspection as before
  where before.service_id = inspection.service_id
    and before.is_synthetic = inspection.is_synthetic
    and (before.as_of, before.inspection_id) < (inspection.as_of, inspection.inspection_id)
  order by before.as_of desc, before.inspection_id desc
  limit 1
) as previous;

comment on view rating.inspection_before is 'An inspection with the one before it of the same service.';
comment on column rating.inspection_before.previous_inspection_id is 'Key of the inspection before.';
comment on column rating.inspection_before.previous_edition_code is 'Edition of the inspection before.';
comment on column rating.inspection_before.days_since is
  'Days between the days that the two are dated by (number); NULL where of one the year alone is known.';
