-- How many key questions a standard is rated from
-- One row: a standard of basis cases of an edition, and a time in which the same key questions are asked.
-- Rule: a key question is asked of inspections that are dated within its in_force; only an amendment bounds that. Which of the counted
-- and of the judged ones a standard is rated from is the edition's (core.standard.rated_from).
-- Never NULL.
create view rating.standard_period as
with asked as (
  select question.edition_code, question.standard_code, question.in_force, question.basis
  from core.question
  join core.standard using (edition_code, standard_code)
  where question.level = 'key question'
    and standard.basis = 'cases'
    and case
      when question.basis = 'cases' then standard.rated_from <> 'judged key questions'
      else standard.rated_from <> 'counted key questions'
    end
),
change as (
  select edition_code, standard_code, lower(in_force) as day
  from asked
  union
  select edition_code, standard_code, upper(in_force)
  from asked
  where not upper_inf(in_force)
  union
  -- from ever, where the first of them is not asked from ever
  select edition_code, standard_code, null
  from asked
),
period as (
  select
    edition_code,
    standard_code,
    daterange(day, lead(day) over (partition by edition_code, standard_code order by day nulls first)) as in_force
  from change
)
select
  period.edition_code,
  period.standard_code,
  period.in_force,
  (count(*) filter (where asked.in_force @> period.in_force and asked.basis = 'cases'))::integer as counted_questions,
  (count(*) filter (where asked.in_force @> period.in_force and asked.basis <> 'cases'))::integer as judged_questions
from period
join asked using (edition_code, standard_code)
group by period.edition_code, period.standard_code, period.in_force;

comment on view rating.standard_period is 'A standard of basis cases and a time, with the number of key questions that it is rated from.';
comment on column rating.standard_period.in_force is 'The days of the time.';
comment on column rating.standard_period.counted_questions is 'Key questions that are asked of cases then, and count (number).';
comment on column rating.standard_period.judged_questions is 'Key questions that are judged then, and count (number).';
