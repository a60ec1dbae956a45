-- Answers, counted
-- One row: an inspection and a question that has case answers.
-- Rule: yes, no and not applicable are counted; nothing is derived from prompts.
-- Never NULL.
create view rating.answer_tally as
select
  inspection_id,
  question_id,
  count(*) filter (where answer = 'yes')::integer as yes,
  count(*) filter (where answer = 'no')::integer as no,
  count(*) filter (where answer = 'not applicable')::integer as not_applicable
from core.answer
group by inspection_id, question_id;

comment on view rating.answer_tally is 'An inspection and a question with its case answers counted.';
