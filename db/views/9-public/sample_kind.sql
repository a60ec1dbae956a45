-- Make-up of samples
-- One row: an inspection, a sample of its edition, and a kind of case of which the report says how many were inspected.
-- A kind may be part of another (part_of), whose cases include its own. Where the report gives both, is_in_whole is true of the part.
create view analytics.sample_kind as
select
  key.inspection_id,
  key.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  sample.sample,
  case_kind.kind,
  case_kind.part_of,
  whole.kind is not null as is_in_whole,
  case_kind.position::integer as kind_order,
  inspected.cases::integer as cases
from core.sample_kind as inspected
join rating.inspection_key as key using (inspection_id)
join core.sample using (sample_id)
join core.case_kind using (sample_id, kind)
left join core.sample_kind as whole
  on whole.inspection_id = inspected.inspection_id and whole.sample_id = inspected.sample_id and whole.kind = case_kind.part_of;

comment on view analytics.sample_kind is
  'One row an inspection, sample and kind of case, such as a type of disposal: how many were inspected, as the report says.';
