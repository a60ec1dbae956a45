-- Questions, with the name of the series over editions that each belongs to
-- One row: a question of any edition.
-- Rule: a series goes by its newest question, as its edition and code. What the same code asks in another edition may be of another
-- series: this is what one groups by.
-- broken_because is NULL where the series goes on from the edition before.
create view rating.question_key as
select
  series.question_id,
  series.series_question_id,
  newest.edition_code || ' ' || newest.question_code as question_series,
  series.broken_because
from kept.question_series as series
join core.question as newest on newest.question_id = series.series_question_id;

comment on view rating.question_key is 'A question with the name of the series over editions that it belongs to.';
comment on column rating.question_key.series_question_id is 'Key of the newest question of the series, which names it.';
comment on column rating.question_key.broken_because is 'Why figures of its edition do not go on from the edition before; NULL where they do.';
