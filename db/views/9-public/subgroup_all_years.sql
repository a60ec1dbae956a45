-- Answers to key questions for groups of cases, over all years of an edition
-- One row: an edition, a key question of it, a characteristic of a case (or its disposal) and a value of it that is listed for an
-- inspection, in subgroup_result; real and invented inspections apart.
-- Rule: as in subgroup_trend, over all years. Many inspections together show what a year of them may not.
-- What with subgroup_result and subgroup_trend could identify a child is NULL and marked [c], by the rule of rating.subgroup_sum.
-- percent is NULL as well when no case is relevant (marker [z]).
create view analytics.subgroup_all_years as
with asked as (
  select
    is_synthetic,
    edition_code,
    standard_code,
    min(year) as first_year,
    max(year) as last_year,
    sum(inspections)::integer as inspections
  from rating.standard_in_year
  group by is_synthetic, edition_code, standard_code
)
select
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
  asked.first_year,
  asked.last_year,
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
left join asked
  on asked.is_synthetic = shown.is_synthetic
  and asked.edition_code = shown.edition
  and asked.standard_code = shown.standard
where shown.year is null;

comment on view analytics.subgroup_all_years is
  'One row an edition, key question, characteristic and value: answers of all inspections of all years, as far as they could not identify a child. The view for values of which single years have few: girls, say. [c] says nothing of the size of a value: all are hidden where the cases of a value, or of the small ones together, were all answered alike, though subgroup_trend may show some. What is hidden drops out of a sum: totals are in key_question_all_years.';
