-- Results of key questions for groups of cases, small numbers protected
-- One row: an inspection, a key question, a characteristic of a case (or its disposal), and a value of it: every value that the edition
-- has where sizes of groups are protected, else those that a case of the sample has. A question that is asked of some values only has no
-- row for that characteristic: its total in key_question_result is the group's.
-- Rule: cases of the group are counted by their answers, case answers only; the percentage is of relevant cases under every
-- edition, its intervals are Wilson's, at the levels of display_rule. What could identify a child is NULL and marked [c], by the
-- rule of rating.subgroup_protection: all groups of a characteristic, or none.
-- percent is NULL as well when no case of the group is relevant (marker [z]).
create view analytics.subgroup_result as
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
  case when not is_size_protected then counted.cases end as cases,
  shown.yes,
  shown.no,
  shown.not_applicable,
  shown.relevant,
  rating.percentage(shown.yes, shown.relevant, display.rounding) as percent,
  rating.wilson_low(shown.yes, shown.relevant, display.z) as low,
  rating.wilson_high(shown.yes, shown.relevant, display.z) as high,
  rating.wilson_low(shown.yes, shown.relevant, display.z_95) as low_95,
  rating.wilson_high(shown.yes, shown.relevant, display.z_95) as high_95,
  case
    when are_answers_protected then '[c]'
    when shown.relevant = 0 then '[z]'
  end as marker
from rating.subgroup_protection as counted
-- what is reckoned from answers is reckoned from these, so that nothing of a protected group can be in it
cross join lateral (
  select
    case when not are_answers_protected then counted.yes end as yes,
    case when not are_answers_protected then counted.no end as no,
    case when not are_answers_protected then counted.not_applicable end as not_applicable,
    case when not are_answers_protected then counted.yes + counted.no end as relevant
) as shown
join rating.inspection_key as key using (inspection_id)
join core.question using (question_id)
join rating.standard_key as standard using (edition_code, standard_code)
join kept.question_series as series using (question_id)
cross join rating.display_rule as display;

comment on view analytics.subgroup_result is
  'One row an inspection, key question, characteristic and value: answers of the cases that have it, or [c] for all values of the characteristic where some could identify a child.';
