-- Kept results of questions of both levels
-- One row: an inspection and a key question or prompt of which anything is known or printed.
-- Rule: what tables result.key_question and result.prompt have in common.
-- NULL as there.
create view rating.question_kept as
select
  inspection_id,
  question_id,
  evidence,
  yes,
  no,
  not_applicable,
  relevant,
  inspected,
  percent_of_relevant,
  percent_of_inspected,
  percent,
  base_count,
  counted_yes
from result.key_question
union all
select
  inspection_id,
  question_id,
  evidence,
  yes,
  no,
  not_applicable,
  relevant,
  inspected,
  percent_of_relevant,
  percent_of_inspected,
  percent,
  base_count,
  counted_yes
from result.prompt;

comment on view rating.question_kept is 'An inspection and a key question or prompt with what is kept of its counts and percentages.';
