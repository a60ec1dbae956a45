-- Answers to key questions for groups of cases, by year
-- One row: a year, an edition, a key question of it, a characteristic of a case (or its disposal) and a value of it that is listed for an
-- inspection of the year, in subgroup_result; real and invented inspections apart.
-- Rule: relevant cases of all inspections with case answers are summed, those that are protected in subgroup_result among them, and
-- the percentage is taken of relevant cases under every edition. Editions are not pooled. The intervals allow for answers of one inspection
-- being alike, as far as they are over all cases (see functions/pooled.sql), at the levels of display_rule: nothing in them is reckoned
-- from a group in one inspection. How many cases have a value is not summed: sizes that are protected in subgroup_result would follow.
-- What with subgroup_result could identify a child is NULL and marked [c], by the rule of rating.subgroup_sum.
-- percent is NULL as well when no case is relevant (marker [z]).
create view analytics.subgroup_trend as
select
  summed.year,
  summed.is_synthetic,
  question.edition_code as edition,
  standard.domain,
  standard.domain_title,
  question.standard_code as standard,
  standard.title,
  question.question_code as key_question,
  question.text,
  series.question_series,
  summed.attribute,
  summed.value,
  summed.inspections,
  asked.inspections - summed.inspections as inspections_without_answers,
  shown.yes,
  shown.no,
  shown.relevant,
  rating.percentage(shown.yes, shown.relevant, display.rounding) as percent,
  'relevant' as base,
  shown.relevant / coalesce(alike.design_effect, 1) as effective_relevant,
  alike.design_effect,
  rating.pooled_low(
    shown.yes, shown.relevant, alike.design_effect, summed.inspections, display.confidence_level, display.z
  ) as low,
  rating.pooled_high(
    shown.yes, shown.relevant, alike.design_effect, summed.inspections, display.confidence_level, display.z
  ) as high,
  rating.pooled_low(
    shown.yes, shown.relevant, alike.design_effect, summed.inspections, display.wider_confidence_level, display.z_95
  ) as low_95,
  rating.pooled_high(
    shown.yes, shown.relevant, alike.design_effect, summed.inspections, display.wider_confidence_level, display.z_95
  ) as high_95,
  case
    when summed.is_protected then '[c]'
    when shown.relevant = 0 then '[z]'
  end as marker
from rating.subgroup_sum as summed
-- what is reckoned from answers is reckoned from these, so that nothing of a protected group can be in it
cross join lateral (
  select
    case when not summed.is_protected then summed.yes end as yes,
    case when not summed.is_protected then summed.no end as no,
    case when not summed.is_protected then summed.yes + summed.no end as relevant
) as shown
cross join lateral (
  select rating.class_design_effect(summed.design_effect, shown.relevant, summed.all_relevant) as design_effect
) as alike
join core.question using (question_id)
join rating.standard_key as standard using (edition_code, standard_code)
join rating.question_key as series using (question_id)
join rating.standard_in_year as asked
  on asked.year = summed.year
  and asked.is_synthetic = summed.is_synthetic
  and asked.edition_code = question.edition_code
  and asked.standard_code = question.standard_code
cross join rating.display_rule as display;

comment on view analytics.subgroup_trend is
  'One row a year, edition, key question, characteristic and value: answers of all inspections of the year, as far as they could not identify a child. Where a value has very few cases, the next smallest is hidden with it, so that of few values little is left to see.';
