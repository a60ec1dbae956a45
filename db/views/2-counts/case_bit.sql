-- The place of each case in its sample
-- One row: an inspected case.
-- Rule: cases are numbered within their sample, in the order of their case numbers; the bit of a case is 1 at its place and 0 at
-- those of the others, so that bits of several cases are put together by bit_or.
-- Never NULL.
create view rating.case_bit as
with placed as (
  select
    inspected_case.*,
    (row_number() over (partition by inspection_id, questionnaire_id order by case_no))::integer as place,
    (count(*) over (partition by inspection_id, questionnaire_id))::integer as cases
  from core.inspected_case
)
select
  inspection_id,
  questionnaire_id,
  case_no,
  disposal,
  gender,
  age_band,
  ethnicity,
  risk_of_serious_harm,
  safety_and_wellbeing,
  looked_after,
  cases,
  (repeat('0', place - 1) || '1' || repeat('0', cases - place))::bit varying as case_bit
from placed;

comment on view rating.case_bit is 'An inspected case with its place in its sample, as a bit.';
comment on column rating.case_bit.questionnaire_id is 'Key of the questions that the sample''s cases were asked.';
comment on column rating.case_bit.case_no is 'Number of the case in its inspection.';
comment on column rating.case_bit.disposal is 'Type of disposal of the case.';
comment on column rating.case_bit.gender is 'Gender of the child.';
comment on column rating.case_bit.age_band is 'Age in years at the start of the disposal.';
comment on column rating.case_bit.ethnicity is 'Ethnicity of the child.';
comment on column rating.case_bit.risk_of_serious_harm is 'The case''s classification of risk of serious harm to others.';
comment on column rating.case_bit.safety_and_wellbeing is 'The case''s classification of risk to the child''s safety and wellbeing.';
comment on column rating.case_bit.looked_after is 'Whether the child is looked after by a local authority.';
comment on column rating.case_bit.cases is 'Cases of the sample.';
comment on column rating.case_bit.case_bit is 'A bit for each case of the sample, in the order of case numbers: 1 for this one.';
