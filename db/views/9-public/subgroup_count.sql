-- Answers of groups of cases, unprotected
-- One row: as in analytics.subgroup_result, small groups and small samples included.
-- Rule: cases of the group are counted by their answers. Small numbers are not protected: open to the analysts' role alone.
-- Never NULL.
-- A split by two characteristics takes one mask more, and the rights to schema kept:
--   select inspection_id, question_id, gender.value as gender, disposal.value as disposal,
--     bit_count(yes_cases & gender.cases & disposal.cases) as yes, bit_count(no_cases & gender.cases & disposal.cases) as no
--   from kept.answer_bits
--   join kept.case_group as gender using (inspection_id, sample_id)
--   join kept.case_group as disposal using (inspection_id, sample_id)
--   where gender.attribute = 'gender' and disposal.attribute = 'disposal';
create view analytics.subgroup_count as
select
  key.inspection_id,
  counted.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  standard.domain,
  standard.domain_title,
  question.standard_code as standard,
  standard.title,
  question.question_code as key_question,
  question.text,
  series.question_series,
  counted.attribute,
  counted.value,
  counted.cases,
  counted.yes,
  counted.no,
  counted.not_applicable,
  counted.yes + counted.no as relevant
from rating.subgroup_count as counted
join rating.inspection_key as key using (inspection_id)
join core.question using (question_id)
join rating.standard_key as standard using (edition_code, standard_code)
join kept.question_series as series using (question_id);

comment on view analytics.subgroup_count is
  'One row an inspection, key question, characteristic and value: answers of the cases that have it. Small numbers are not protected: for the role yot_ratings_analyst only.';
