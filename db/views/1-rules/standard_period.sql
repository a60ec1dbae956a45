-- How many key questions a standard is rated from
-- One row: a case-based standard of an edition, and a time in which the same key questions are asked of cases.
-- Rule: a key question is asked of inspections that are dated within its in_force; only an amendment bounds that.
-- Never NULL.
create view rating.standard_period as
with asked as (
  select edition_code, standard_code, in_force
  from core.question
  where level = 'key question' and questionnaire_id is not null
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
  (count(*) filter (where asked.in_force @> period.in_force))::integer as key_questions
from period
join asked using (edition_code, standard_code)
group by period.edition_code, period.standard_code, period.in_force;

comment on view rating.standard_period is 'A case-based standard and a time, with the number of key questions that it is rated from.';
comment on column rating.standard_period.in_force is 'The days of the time.';
comment on column rating.standard_period.key_questions is 'Key questions that are asked of cases then (number).';
