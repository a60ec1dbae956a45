-- Results of key questions, computed anew
-- One row: an inspection and a key question of which anything is known or printed.
-- Rule: what table result.key_question keeps, computed from the evidence by the views before this one, column by column.
-- NULL as there.
create view rating.key_question_result as
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
  counted_yes,
  rating,
  rating_rank,
  case when percent is not null then rating.wilson_low(counted_yes, base_count, z) end as low,
  case when percent is not null then rating.wilson_high(counted_yes, base_count, z) end as high,
  rounding_matters
from rating.key_question_band
where evidence is not null;

comment on view rating.key_question_result is 'An inspection and a key question with all that is kept of its result, computed anew.';
comment on column rating.key_question_result.rating is 'Band of its percentage; NULL when there is none.';
