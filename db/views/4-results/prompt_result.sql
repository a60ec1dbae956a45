-- Results of prompts, computed anew
-- One row: an inspection and a prompt of which anything is known or printed.
-- Rule: what table result.prompt keeps, computed from the evidence by the views before this one, column by column.
-- NULL as there.
create view rating.prompt_result as
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
from rating.question_percentage
where level = 'prompt' and evidence is not null;

comment on view rating.prompt_result is 'An inspection and a prompt with all that is kept of its result, computed anew.';
