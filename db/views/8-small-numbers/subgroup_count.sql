-- Answers of groups of cases
-- One row: an inspection, a key question, a characteristic of a case (or its disposal), and a value that a case of the sample has.
-- Rule: cases of the group are counted by their answers, case answers only.
-- Never NULL.
create view rating.subgroup_count as
select
  inspection.service_id,
  answered.inspection_id,
  answered.question_id,
  answered.sample_id,
  case_group.attribute,
  case_group.value,
  counted.cases,
  counted.yes,
  counted.no,
  counted.cases - counted.yes - counted.no as not_applicable
from kept.answer_bits as answered
join core.inspection using (inspection_id)
join kept.case_group using (inspection_id, sample_id)
cross join lateral (
  select
    bit_count(case_group.cases)::integer as cases,
    bit_count(answered.yes_cases & case_group.cases)::integer as yes,
    bit_count(answered.no_cases & case_group.cases)::integer as no
) as counted
where counted.cases > 0;

comment on view rating.subgroup_count is 'An inspection, key question, characteristic and value with the answers of the cases that have it.';
comment on column rating.subgroup_count.sample_id is 'Key of the sample.';
comment on column rating.subgroup_count.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.subgroup_count.value is 'Coded value of the characteristic; not known where it was not recorded.';
comment on column rating.subgroup_count.cases is 'Cases of the sample that have the value.';
comment on column rating.subgroup_count.yes is 'Cases of the group answered yes.';
comment on column rating.subgroup_count.no is 'Cases of the group answered no.';
comment on column rating.subgroup_count.not_applicable is 'Cases of the group to which the question did not apply.';
