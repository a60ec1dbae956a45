-- Answers to key questions over all years of an edition
-- One row: an edition, and a key question of it that is asked of cases; real and invented inspections apart.
-- Rule: as in key_question_trend, over all years: relevant cases under every edition, editions not pooled, and intervals that allow for answers
-- of one inspection being alike.
-- yes and relevant are NULL where no inspection has counts, percent and the ends of intervals also where no case is relevant.
create view analytics.key_question_all_years as
with summed as (
  select
    is_synthetic,
    question_id,
    min(year) as first_year,
    max(year) as last_year,
    sum(inspections)::integer as inspections,
    sum(inspections_without_counts)::integer as inspections_without_counts,
    sum(percentages_only)::integer as percentages_only,
    sum(yes)::integer as yes,
    sum(relevant)::integer as relevant,
    sum(yes_squares)::bigint as yes_squares,
    sum(products)::bigint as products,
    sum(relevant_squares)::bigint as relevant_squares
  from rating.question_in_year
  where level = 'key question'
  group by is_synthetic, question_id
)
select
  summed.is_synthetic,
  question.edition_code as edition,
  standard.domain,
  standard.domain_title,
  question.standard_code as standard,
  standard.title,
  question.question_code as key_question,
  question.text,
  series.question_series,
  summed.first_year,
  summed.last_year,
  summed.inspections,
  summed.inspections_without_counts,
  summed.percentages_only,
  summed.yes,
  summed.relevant,
  rating.percentage(summed.yes, summed.relevant, display.rounding) as percent,
  'relevant' as base,
  summed.relevant / coalesce(alike.design_effect, 1) as effective_relevant,
  alike.design_effect,
  rating.pooled_low(
    summed.yes, summed.relevant, alike.design_effect, summed.inspections, display.confidence_level, display.z
  ) as low,
  rating.pooled_high(
    summed.yes, summed.relevant, alike.design_effect, summed.inspections, display.confidence_level, display.z
  ) as high,
  rating.pooled_low(
    summed.yes, summed.relevant, alike.design_effect, summed.inspections, display.wider_confidence_level, display.z_95
  ) as low_95,
  rating.pooled_high(
    summed.yes, summed.relevant, alike.design_effect, summed.inspections, display.wider_confidence_level, display.z_95
  ) as high_95
from summed
cross join lateral (
  select rating.design_effect(
    summed.inspections, summed.yes, summed.relevant, summed.yes_squares, summed.products, summed.relevant_squares
  ) as design_effect
) as alike
join core.question using (question_id)
join rating.standard_key as standard using (edition_code, standard_code)
join kept.question_series as series using (question_id)
cross join rating.display_rule as display;

comment on view analytics.key_question_all_years is
  'One row an edition and key question: counts pooled over the inspections of all years, percentage of relevant cases, and an interval that allows for answers of one inspection being alike. An edition of which no questions are known has no rows.';
