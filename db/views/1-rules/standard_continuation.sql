-- Which standard of an earlier edition a standard continues
-- One row: a standard of an edition, and one of an edition (its own among them) that it continues.
-- Rule: a standard continues itself. It continues a standard of another edition when key questions of both are of one series, as
-- the crosswalk says; of several, the one with the most. Its code does not matter: 3.4 of 2018 is continued by no other 3.4.
-- Never NULL.
create view rating.standard_continuation as
with shared as (
  select
    question.edition_code,
    question.standard_code,
    earlier.edition_code as from_edition_code,
    earlier.standard_code as from_standard_code,
    count(*) as key_questions
  from kept.question_series as own
  join core.question using (question_id)
  join kept.question_series as other using (series_question_id)
  join core.question as earlier on earlier.question_id = other.question_id
  where question.level = 'key question'
    and earlier.level = 'key question'
    and earlier.edition_code <> question.edition_code
  group by question.edition_code, question.standard_code, earlier.edition_code, earlier.standard_code
)
select edition_code, standard_code, edition_code as from_edition_code, standard_code as from_standard_code
from core.standard
union all
(
  select distinct on (edition_code, standard_code, from_edition_code)
    edition_code,
    standard_code,
    from_edition_code,
    from_standard_code
  from shared
  order by edition_code, standard_code, from_edition_code, key_questions desc, from_standard_code
);

comment on view rating.standard_continuation is 'A standard of an edition with the standard of another edition that it continues.';
comment on column rating.standard_continuation.from_edition_code is 'Edition of the standard that is continued.';
comment on column rating.standard_continuation.from_standard_code is 'Code of the standard that is continued.';
