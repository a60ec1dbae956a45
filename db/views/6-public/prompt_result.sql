-- Results of prompts
-- One row: an inspection and a prompt for which anything is known or printed.
-- Rule: percentage of yes on the edition's base. Counts are NULL when only a percentage is published, or when lost.
-- The intervals are Wilson's, at the edition's confidence level and at 95%, on the base of percent; they use the count that a
-- printed percentage implies, where only one whole number of cases gives it, and are NULL otherwise when there are no counts.
-- Percentages of relevant and of inspected cases have theirs, from the same count, at the levels of display_rule.
-- percent is NULL when there is no relevant case (relevant is 0) or what it needs is not known.
create view analytics.prompt_result as
select
  key.inspection_id,
  key.service,
  key.area,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  prompt.standard_code as standard,
  key_question.question_code as key_question,
  prompt.question_code as prompt,
  prompt.text,
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
  result.percent,
  case when result.percent is not null then rating.wilson_low(result.counted_yes, result.base_count, rule.z) end as low,
  case when result.percent is not null then rating.wilson_high(result.counted_yes, result.base_count, rule.z) end as high,
  case when result.percent is not null then rating.wilson_low(result.counted_yes, result.base_count, display.z_95) end as low_95,
  case when result.percent is not null then rating.wilson_high(result.counted_yes, result.base_count, display.z_95) end as high_95,
  result.evidence
from result.prompt as result
join rating.inspection_key as key using (inspection_id)
join core.question as prompt using (question_id)
join core.question as key_question on key_question.question_id = prompt.parent_question_id
join rating.inspection_rule as rule using (inspection_id)
cross join rating.display_rule as display;

comment on view analytics.prompt_result is 'One row an inspection and prompt: counts and percentages of yes, with intervals. Key: inspection_id, prompt.';
