-- The place of each case in its sample
-- One row: an inspected case.
-- Rule: cases are numbered within their sample, in the order of their case numbers; the bit of a case is 1 at its place and 0 at
-- those of the others, so that bits of several cases are put together by bit_or.
-- kind is NULL where the edition names none.
create view rating.case_bit as
with placed as (
  select
    inspection_id,
    sample_id,
    case_no,
    kind,
    attributes,
    (row_number() over (partition by inspection_id, sample_id order by case_no))::integer as place,
    (count(*) over (partition by inspection_id, sample_id))::integer as cases
  from core.inspected_case
)
select
  inspection_id,
  sample_id,
  case_no,
  kind,
  attributes,
  cases,
  (repeat('0', place - 1) || '1' || repeat('0', cases - place))::bit varying as case_bit
from placed;

comment on view rating.case_bit is 'An inspected case with its place in its sample, as a bit.';
comment on column rating.case_bit.sample_id is 'Key of the sample.';
comment on column rating.case_bit.case_no is 'Number of the case in its inspection.';
comment on column rating.case_bit.kind is 'Kind of the case, such as its type of disposal; NULL where the edition names none.';
comment on column rating.case_bit.attributes is 'Coded values of its attributes that are known.';
comment on column rating.case_bit.cases is 'Cases of the sample.';
comment on column rating.case_bit.case_bit is 'A bit for each case of the sample, in the order of case numbers: 1 for this one.';
