-- Results of key questions for groups of cases, small numbers protected
-- One row: an inspection, a key question, a characteristic of a case (or its disposal), and a value that a case of the sample has.
-- Rule: cases of the group are counted by their answers, case answers only; the percentage is of relevant cases, half up, under
-- every edition. What could identify a child is NULL and marked [c], by the rule of rating.subgroup_protection; a sample of fewer
-- cases than core.disclosure_control says is not split: it has no row.
-- percent is NULL as well when no case of the group is relevant (marker [z]).
create view analytics.subgroup_result as
with sample as (
  select inspection_id, questionnaire_id, bit_length(cases) as cases
  from result.case_group
  where attribute = 'disposal'
  group by inspection_id, questionnaire_id, bit_length(cases)
)
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
  counted.attribute,
  counted.value,
  case when not is_size_protected then counted.cases end as cases,
  case when not are_answers_protected then counted.yes end as yes,
  case when not are_answers_protected then counted.no end as no,
  case when not are_answers_protected then counted.not_applicable end as not_applicable,
  case when not are_answers_protected then counted.yes + counted.no end as relevant,
  case when not are_answers_protected then rating.percentage(counted.yes, counted.yes + counted.no, 'half up') end as percent,
  case
    when are_answers_protected then '[c]'
    when counted.yes + counted.no = 0 then '[z]'
  end as marker
from rating.subgroup_count as counted
join rating.subgroup_protection using (inspection_id, question_id, attribute, value)
join sample on sample.inspection_id = counted.inspection_id and sample.questionnaire_id = counted.questionnaire_id
join core.disclosure_control on sample.cases >= fewest_cases
join rating.inspection_key as key on key.inspection_id = counted.inspection_id
join core.question on question.question_id = counted.question_id
where not is_not_split;

comment on view analytics.subgroup_result is
  'One row an inspection, key question, characteristic and value: answers of the cases that have it, as far as they could not identify a child. Key: inspection_id, key_question, attribute, value.';
comment on column analytics.subgroup_result.attribute is 'Characteristic of a case, or its disposal.';
comment on column analytics.subgroup_result.value is 'Coded value of the characteristic; not known where it was not recorded.';
comment on column analytics.subgroup_result.cases is 'Cases of the sample that have the value; NULL when protected.';
comment on column analytics.subgroup_result.yes is 'Cases of the group answered yes; NULL when protected (marker [c]), as are the columns after it.';
comment on column analytics.subgroup_result.no is 'Cases of the group answered no; NULL when protected.';
comment on column analytics.subgroup_result.not_applicable is 'Cases of the group to which the question did not apply; NULL when protected.';
comment on column analytics.subgroup_result.relevant is 'Relevant cases of the group, yes + no; NULL when protected.';
comment on column analytics.subgroup_result.percent is
  'Yes in percent of the group''s relevant cases, a whole number; NULL when there is none, or when protected.';
comment on column analytics.subgroup_result.marker is
  '[c] confidential: the answers are protected; [z] not applicable: no case of the group is relevant; NULL otherwise.';
