-- Make-up of samples
-- One row: an inspection, a sample of its edition, and a kind of case of which the report says how many were inspected.
-- A kind may be part of another (part_of), whose cases include its own: sum one level of them.
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
  case_kind.position::integer as kind_order,
  inspected.cases::integer as cases
from core.sample_kind as inspected
join rating.inspection_key as key using (inspection_id)
join core.sample using (sample_id)
join core.case_kind using (sample_id, kind);

comment on view analytics.sample_kind is
  'One row an inspection, sample and kind of case, such as a type of disposal: how many were inspected, as the report says. Key: inspection_id, sample, kind.';
comment on column analytics.sample_kind.sample is 'Name of the sample, as its edition has it.';
comment on column analytics.sample_kind.kind is 'Kind of case, as its edition has it, such as referral_order.';
comment on column analytics.sample_kind.part_of is
  'The coarser kind whose cases include these; NULL when there is none. Where it is NULL, cases may be summed over kinds.';
comment on column analytics.sample_kind.kind_order is 'Place of the kind in the edition''s order, 1 the first (number).';
comment on column analytics.sample_kind.cases is 'Not to be summed over kinds of which one is part of another: cases of the kind inspected (cases).';
