-- Groups of cases
-- One row: an inspection, one of its samples, and a value of a characteristic that a case of it has.
-- Rule: a bit for each case of the sample, in the order of case numbers; the disposal is a characteristic too.
-- What table kept.case_group keeps. Never NULL.
create view rating.case_group as
select
  case_bit.inspection_id,
  case_bit.questionnaire_id,
  characteristic.attribute,
  characteristic.value,
  bit_or(case_bit.case_bit)::bit varying as cases
from rating.case_bit
cross join lateral unnest(
  array[
    'disposal', 'gender', 'age_band', 'ethnicity', 'risk_of_serious_harm', 'safety_and_wellbeing', 'looked_after'
  ],
  array[
    disposal, gender::text, age_band::text, ethnicity::text, risk_of_serious_harm::text, safety_and_wellbeing::text,
    looked_after::text
  ]
) as characteristic (attribute, value)
group by case_bit.inspection_id, case_bit.questionnaire_id, characteristic.attribute, characteristic.value;

comment on view rating.case_group is 'A group of cases of a sample that share a characteristic.';
comment on column rating.case_group.questionnaire_id is 'Key of the questions that the sample''s cases were asked.';
comment on column rating.case_group.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.case_group.value is 'Coded value of the characteristic.';
comment on column rating.case_group.cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the case has the value.';
