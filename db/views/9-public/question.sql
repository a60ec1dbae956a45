-- Questions
-- One row: a question of an edition: a key question or a prompt, asked of cases or judged.
-- Rule: what the edition's files say, in its words and its order. Questions of one series ask the same under their editions, whatever
-- their codes; a code alone may name two different questions.
-- prompt is NULL for a key question; sample for one that is judged; asked_from and asked_until where no day bounds it.
create view analytics.question as
select
  question.edition_code as edition,
  standard.domain,
  standard.domain_title,
  question.standard_code as standard,
  standard.title,
  coalesce(parent.question_code, question.question_code) as key_question,
  case when question.level = 'prompt' then question.question_code end as prompt,
  question.question_code as question,
  question.level,
  question.text,
  question.basis,
  sample.sample,
  question.applies_when,
  key.question_series,
  question.position::integer as position,
  lower(question.in_force) as asked_from,
  upper(question.in_force) as asked_until
from core.question
join rating.standard_key as standard using (edition_code, standard_code)
join kept.question_series as key using (question_id)
left join core.question as parent on parent.question_id = question.parent_question_id
left join core.sample on sample.sample_id = question.sample_id;

comment on view analytics.question is
  'One row an edition and question: its wording, what it is asked of, and which question of other editions it continues. An edition of which no questions are known has no rows.';
