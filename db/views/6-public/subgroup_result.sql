-- Results of key questions for groups of cases
-- One row: an inspection, a key question, a characteristic of a case (or its disposal), and a value that a case of the sample has.
-- Rule: cases of the group are counted by their answers, case answers only; the percentage is of relevant cases, half up, under
-- every edition. percent is NULL when no case of the group is relevant (marker [z]).
-- Small numbers are not protected: open to the analysts' role alone.
-- A split by two characteristics takes one mask more, and the rights to schema result:
--   select inspection_id, question_id, gender.value as gender, disposal.value as disposal,
--     bit_count(yes_cases & gender.cases & disposal.cases) as yes, bit_count(no_cases & gender.cases & disposal.cases) as no
--   from result.answer_bits
--   join result.case_group as gender using (inspection_id, questionnaire_id)
--   join result.case_group as disposal using (inspection_id, questionnaire_id)
--   where gender.attribute = 'gender' and disposal.attribute = 'disposal';
create view analytics.subgroup_result as
select
  key.inspection_id,
  key.service,
  key.area,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  question.standard_code as standard,
  question.question_code as key_question,
  question.text,
  case_group.attribute,
  case_group.value,
  counted.cases,
  counted.yes,
  counted.no,
  counted.cases - counted.yes - counted.no as not_applicable,
  counted.yes + counted.no as relevant,
  rating.percentage(counted.yes, counted.yes + counted.no, 'half up') as percent,
  case when counted.yes + counted.no = 0 then '[z]' end as marker
from result.answer_bits as answered
join rating.inspection_key as key using (inspection_id)
join core.question using (question_id)
join result.case_group
  on case_group.inspection_id = answered.inspection_id
  and case_group.questionnaire_id = answered.questionnaire_id
cross join lateral (
  select
    bit_count(case_group.cases)::integer as cases,
    bit_count(answered.yes_cases & case_group.cases)::integer as yes,
    bit_count(answered.no_cases & case_group.cases)::integer as no
) as counted;

comment on view analytics.subgroup_result is
  'One row an inspection, key question, characteristic and value: answers of the cases that have it. Small numbers are not protected: for the role yot_ratings_analyst only.';
comment on column analytics.subgroup_result.value is 'Coded value of the characteristic; not known where it was not recorded.';
comment on column analytics.subgroup_result.cases is 'Cases of the sample that have the value.';
comment on column analytics.subgroup_result.yes is 'Cases of the group answered yes.';
comment on column analytics.subgroup_result.no is 'Cases of the group answered no.';
comment on column analytics.subgroup_result.not_applicable is 'Cases of the group to which the question did not apply.';
comment on column analytics.subgroup_result.relevant is 'Relevant cases of the group, yes + no.';
comment on column analytics.subgroup_result.percent is 'Yes in percent of the group''s relevant cases, a whole number; NULL when there is none.';
comment on column analytics.subgroup_result.marker is '[z] not applicable: no case of the group is relevant; NULL otherwise.';
