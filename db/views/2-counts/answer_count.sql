-- Answers, counted
-- One row: an inspection and a question that has case answers.
-- Rule: yes, no and not applicable are counted; nothing is derived from prompts.
-- What table kept.answer_count keeps. Never NULL.
create view rating.answer_count as
select
  answer.inspection_id,
  answer.question_id,
  question.level,
  (count(*) filter (where answer.answer = 'yes'))::smallint as yes,
  (count(*) filter (where answer.answer = 'no'))::smallint as no,
  (count(*) filter (where answer.answer = 'not applicable'))::smallint as not_applicable
from core.answer
join core.question using (question_id)
group by answer.inspection_id, answer.question_id, question.level;

comment on view rating.answer_count is 'An inspection and a question with its case answers counted.';
