-- Results of questions, computed anew
-- One row: an inspection and a question of which anything is known or printed.
-- Rule: what table result.question keeps, computed from the evidence by the views before this one, column by column.
-- NULL as there.
create view rating.question_result as
with percentage as materialized (
  select * from rating.question_percentage where evidence is not null
),
band as materialized (
  select * from rating.key_question_band where evidence is not null
),
bits as materialized (
  select * from rating.answer_bits
)
select
  inspection_id,
  question_id,
  result.evidence,
  result.yes,
  result.no,
  result.not_applicable,
  result.relevant,
  result.inspected,
  result.percent_of_relevant,
  result.percent_of_inspected,
  result.percent,
  result.base_count,
  result.counted_yes,
  band.rating,
  band.rating_rank,
  case when band.percent is not null then rating.wilson_low(band.counted_yes, band.base_count, band.z) end as low,
  case when band.percent is not null then rating.wilson_high(band.counted_yes, band.base_count, band.z) end as high,
  band.rounding_matters,
  bits.yes_cases,
  bits.no_cases
from percentage as result
-- full joins, and a filter that does not make them less: they are never done row by row, whatever is estimated
full join band using (inspection_id, question_id)
full join bits using (inspection_id, question_id)
where coalesce(result.evidence, '') <> '';

comment on view rating.question_result is 'An inspection and a question with all that is kept of its result, computed anew.';
comment on column rating.question_result.rating is 'Band of a key question; NULL for a prompt, and when there is none.';
comment on column rating.question_result.yes_cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the answer is yes; NULL without case answers.';
comment on column rating.question_result.no_cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the answer is no; NULL without case answers.';
