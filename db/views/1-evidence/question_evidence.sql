-- The best evidence for each question
-- One row: an inspection and a question that its edition asks of cases.
-- Rule: case answers before published counts before published percentages; what a source lost stays NULL.
-- evidence is NULL when nothing is known or printed.
-- relevant = yes + no; no relevant case is relevant 0. Counts are NULL when only a percentage is published.
create view rating.question_evidence as
with considered as (
  select
    inspection_sample.inspection_id,
    inspection_rule.rule_set_id,
    question.edition_code,
    question.question_id,
    question.question_code,
    question.level,
    question.standard_code,
    question.position,
    inspection_sample.cases::integer as inspected,
    answer_tally.question_id is not null as answered,
    published.question_id is not null as is_published,
    answer_tally.yes as answered_yes,
    answer_tally.no as answered_no,
    answer_tally.not_applicable as answered_not_applicable,
    case when published.no_relevant_case then 0 else published.relevant::integer end as published_relevant,
    case when published.no_relevant_case then 0 else published.yes::integer end as published_yes,
    published.percent::integer as published_percent,
    published.percent_lost
  from core.inspection_sample
  join rating.inspection_rule using (inspection_id)
  join core.question using (questionnaire_id)
  left join rating.answer_tally using (inspection_id, question_id)
  left join core.published_result as published using (inspection_id, question_id)
  where question.in_force @> inspection_rule.as_of
)
select
  inspection_id,
  rule_set_id,
  edition_code,
  question_id,
  question_code,
  level,
  standard_code,
  position,
  case
    when answered then 'case answers'
    when published_relevant is not null and published_yes is not null then 'published counts'
    when published_percent is not null or percent_lost then 'published percentages'
    when is_published then 'published counts'
  end as evidence,
  case when answered then answered_yes else published_yes end as yes,
  case when answered then answered_no else published_relevant - published_yes end as no,
  case when answered then answered_not_applicable else inspected - published_relevant end as not_applicable,
  case when answered then answered_yes + answered_no else published_relevant end as relevant,
  inspected,
  case when not answered then published_percent end as printed_percent
from considered;

comment on view rating.question_evidence is 'An inspection and a question that its edition asks, with the best evidence there is.';
