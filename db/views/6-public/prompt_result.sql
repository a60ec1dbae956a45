-- Results of prompts
-- One row: an inspection and a prompt for which anything is known or printed.
-- Rule: percentage of yes on the edition's base. Counts are NULL when only a percentage is published, or when lost.
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
  result.percent_of_inspected,
  result.percent,
  result.evidence
from result.prompt as result
join rating.inspection_key as key using (inspection_id)
join core.question as prompt using (question_id)
join core.question as key_question on key_question.question_id = prompt.parent_question_id;

comment on view analytics.prompt_result is 'One row an inspection and prompt: counts and percentages of yes.';
