-- Results and bands of key questions
-- One row: an inspection and a key question for which anything is known or printed.
-- Rule: percentage of yes on the edition's base, banded by the edition's bands. The intervals are Wilson's, at the edition's
-- confidence level and at 95%, on the base of percent; they and rounding_matters use the count that a printed percentage implies, where
-- only one whole number of cases gives it, and are NULL otherwise when there are no counts.
-- Percentages of relevant and of inspected cases have theirs, from the same count, at the levels of display_rule.
-- Where it is known how many cases were eligible, percent_of_inspected has one among all of these as well, with the finite
-- population correction; of the eligible ones that a question would be relevant to nothing is known.
-- percent and rating are NULL when there is no relevant case (relevant is 0) or what they need is not known.
create view analytics.key_question_result as
select
  key.inspection_id,
  result.service_id,
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
  result.standard_code as standard,
  standard.title,
  result.question_code as key_question,
  result.text,
  series.question_series,
  result.yes,
  result.no,
  result.not_applicable,
  result.relevant,
  result.inspected,
  result.percent_of_relevant,
  rating.wilson_low(counted.yes_of_relevant, counted.relevant, display.z) as relevant_low,
  rating.wilson_high(counted.yes_of_relevant, counted.relevant, display.z) as relevant_high,
  rating.wilson_low(counted.yes_of_relevant, counted.relevant, display.z_95) as relevant_low_95,
  rating.wilson_high(counted.yes_of_relevant, counted.relevant, display.z_95) as relevant_high_95,
  result.percent_of_inspected,
  rating.wilson_low(counted.yes_of_inspected, counted.inspected, display.z) as inspected_low,
  rating.wilson_high(counted.yes_of_inspected, counted.inspected, display.z) as inspected_high,
  rating.wilson_low(counted.yes_of_inspected, counted.inspected, display.z_95) as inspected_low_95,
  rating.wilson_high(counted.yes_of_inspected, counted.inspected, display.z_95) as inspected_high_95,
  result.eligible,
  rating.wilson_low_of_population(counted.yes_of_inspected, counted.inspected, counted.eligible, display.z) as eligible_low,
  rating.wilson_high_of_population(counted.yes_of_inspected, counted.inspected, counted.eligible, display.z) as eligible_high,
  rating.wilson_low_of_population(counted.yes_of_inspected, counted.inspected, counted.eligible, display.z_95) as eligible_low_95,
  rating.wilson_high_of_population(counted.yes_of_inspected, counted.inspected, counted.eligible, display.z_95) as eligible_high_95,
  result.percent,
  result.base,
  result.evidence,
  result.rating,
  result.rating_rank,
  rating.wilson_low(counted.yes_of_base, counted.base_count, result.z) as low,
  rating.wilson_high(counted.yes_of_base, counted.base_count, result.z) as high,
  rating.wilson_low(counted.yes_of_base, counted.base_count, display.z_95) as low_95,
  rating.wilson_high(counted.yes_of_base, counted.base_count, display.z_95) as high_95,
  result.rounding_matters
from rating.key_question_result as result
join rating.inspection_key as key using (inspection_id)
-- reckoned once a row: each interval would be planned with all that these come from
cross join lateral (
  select
    case when result.percent_of_relevant is not null then result.counted_yes end as yes_of_relevant,
    case when result.percent_of_inspected is not null then result.counted_yes end as yes_of_inspected,
    case when result.percent is not null then result.counted_yes end as yes_of_base,
    result.relevant,
    result.inspected,
    result.eligible,
    result.base_count
  offset 0
) as counted
join rating.standard_key as standard on standard.edition_code = result.edition_code and standard.standard_code = result.standard_code
join kept.question_series as series on series.question_id = result.question_id
cross join rating.display_rule as display;

comment on view analytics.key_question_result is 'One row an inspection and key question: counts, percentages, band and interval.';
