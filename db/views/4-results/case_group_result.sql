-- Groups of cases, computed anew
-- One row: an inspection, one of its samples, and a value of a characteristic that a case of it has.
-- Rule: what table result.case_group keeps: a bit for each case of the sample, in the order of case numbers.
-- Never NULL.
create view rating.case_group_result as
with characteristic as (
  select inspection_id, questionnaire_id, case_no, attribute, value
  from core.inspected_case
  cross join lateral (values
    ('disposal', disposal),
    ('gender', gender::text),
    ('age_band', age_band::text),
    ('ethnicity', ethnicity::text),
    ('risk_of_serious_harm', risk_of_serious_harm::text),
    ('safety_and_wellbeing', safety_and_wellbeing::text),
    ('looked_after', looked_after::text)
  ) as characteristic (attribute, value)
),
present as (
  select distinct inspection_id, questionnaire_id, attribute, value
  from characteristic
)
select
  present.inspection_id,
  present.questionnaire_id,
  present.attribute,
  present.value,
  string_agg(case when characteristic.value = present.value then '1' else '0' end, '' order by characteristic.case_no)::bit varying
    as cases
from present
join characteristic using (inspection_id, questionnaire_id, attribute)
group by present.inspection_id, present.questionnaire_id, present.attribute, present.value;

comment on view rating.case_group_result is 'A group of cases of a sample that share a characteristic, computed anew.';
comment on column rating.case_group_result.questionnaire_id is 'Key of the questions that the sample''s cases were asked.';
comment on column rating.case_group_result.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.case_group_result.value is 'Coded value of the characteristic.';
comment on column rating.case_group_result.cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the case has the value.';
