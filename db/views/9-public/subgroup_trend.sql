-- Answers to key questions for groups of cases, by year
-- One row: a year, an edition, a key question of it, a characteristic of a case (or its disposal) and a value of it that is listed for an
-- inspection of the year, in subgroup_result; real and invented inspections apart.
-- Rule: relevant cases of all inspections with case answers are summed, those that are protected in subgroup_result among them. Editions
-- are not pooled. How many cases have a value is not summed: sizes that are protected in subgroup_result would follow.
-- What with subgroup_result and subgroup_all_years could identify a child is NULL and marked [c], by the rule of rating.subgroup_sum.
-- percent is NULL as well when no case is relevant (marker [z]).
create view analytics.subgroup_trend as
select
  shown.year,
  shown.is_synthetic,
  shown.edition,
  standard.domain,
  standard.domain_title,
  shown.standard,
  standard.title,
  shown.key_question,
  shown.text,
  shown.question_series,
  shown.attribute,
  shown.value,
  shown.inspections,
  asked.inspections - shown.inspections as inspections_without_answers,
  shown.yes,
  shown.no,
  shown.relevant,
  shown.percent,
  'relevant' as base,
  shown.effective_relevant,
  shown.design_effect,
  shown.low,
  shown.high,
  shown.low_95,
  shown.high_95,
  shown.marker
from rating.subgroup_share as shown
-- left as in subgroup_share
left join rating.standard_key as standard on standard.edition_code = shown.edition and standard.standard_code = shown.standard
left join rating.standard_in_year as asked
  on asked.year = shown.year
  and asked.is_synthetic = shown.is_synthetic
  and asked.edition_code = shown.edition
  and asked.standard_code = shown.standard
where shown.year is not null;

comment on view analytics.subgroup_trend is
  'One row a year, edition, key question, characteristic and value: answers of all inspections of the year, as far as they could not identify a child. For values with many cases in every year; girls, say, are in subgroup_all_years. [c] says nothing of the size of a value: large ones are hidden too, where they would give away a small one with the totals, with what inspections show or with all years; and what is shown of one question need not be of another. What is hidden drops out of a sum: totals are in key_question_trend.';
