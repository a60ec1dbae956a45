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
  result.yes,
  result.no,
  result.not_applicable,
  result.relevant,
  result.inspected,
  result.percent_of_relevant,
  case when result.percent_of_relevant is not null then rating.wilson_low(result.counted_yes, result.relevant, display.z) end
    as relevant_low,
  case when result.percent_of_relevant is not null then rating.wilson_high(result.counted_yes, result.relevant, display.z) end
    as relevant_high,
  case when result.percent_of_relevant is not null then rating.wilson_low(result.counted_yes, result.relevant, display.z_95) end
    as relevant_low_95,
  case when result.percent_of_relevant is not null then rating.wilson_high(result.counted_yes, result.relevant, display.z_95) end
    as relevant_high_95,
  result.percent_of_inspected,
  case when result.percent_of_inspected is not null then rating.wilson_low(result.counted_yes, result.inspected, display.z) end
    as inspected_low,
  case when result.percent_of_inspected is not null then rating.wilson_high(result.counted_yes, result.inspected, display.z) end
    as inspected_high,
  case when result.percent_of_inspected is not null then rating.wilson_low(result.counted_yes, result.inspected, display.z_95) end
    as inspected_low_95,
  case when result.percent_of_inspected is not null then rating.wilson_high(result.counted_yes, result.inspected, display.z_95) end
    as inspected_high_95,
  sample.eligible_cases::integer as eligible,
  case
    when result.percent_of_inspected is not null
      then rating.wilson_low_of_population(result.counted_yes, result.inspected, sample.eligible_cases, display.z)
  end as eligible_low,
  case
    when result.percent_of_inspected is not null
      then rating.wilson_high_of_population(result.counted_yes, result.inspected, sample.eligible_cases, display.z)
  end as eligible_high,
  case
    when result.percent_of_inspected is not null
      then rating.wilson_low_of_population(result.counted_yes, result.inspected, sample.eligible_cases, display.z_95)
  end as eligible_low_95,
  case
    when result.percent_of_inspected is not null
      then rating.wilson_high_of_population(result.counted_yes, result.inspected, sample.eligible_cases, display.z_95)
  end as eligible_high_95,
  result.percent,
  result.evidence,
  result.rating,
  result.rating_rank::integer as rating_rank,
  result.low,
  result.high,
  case when result.percent is not null then rating.wilson_low(result.counted_yes, result.base_count, display.z_95) end as low_95,
  case when result.percent is not null then rating.wilson_high(result.counted_yes, result.base_count, display.z_95) end as high_95,
  result.rounding_matters
from result.key_question as result
join rating.inspection_key as key using (inspection_id)
join core.question using (question_id)
left join core.inspection_sample as sample
  on sample.inspection_id = result.inspection_id and sample.questionnaire_id = question.questionnaire_id
cross join rating.display_rule as display;

comment on view analytics.key_question_result is 'One row an inspection and key question: counts, percentages, band and interval. Key: inspection_id, key_question.';
comment on column analytics.key_question_result.rating is 'Band of the percentage on the edition''s scale; NULL when there is no percentage.';
comment on column analytics.key_question_result.rating_rank is 'Rank of rating on the edition''s scale, 0 the lowest, for sorting; NULL when there is no rating.';
