-- Two samples' answers to what is asked of both
-- One row: an inspection and a pair of key questions of its edition, both with counts.
-- Rule: case answers where there are some, else printed counts, else what printed percentages imply, as everywhere. Pairs are rows.
-- Never NULL.
create view rating.question_pair_count as
with side as (
  -- both questions in one pass: the evidence joined to itself would be read anew for each inspection
  select
    evidence.service_id,
    evidence.inspection_id,
    pair.edition_code,
    pair.first_question_id,
    pair.second_question_id,
    asked.is_first,
    evidence.yes,
    evidence.relevant
  from core.question_pair as pair
  cross join lateral (values (pair.first_question_id, true), (pair.second_question_id, false)) as asked (question_id, is_first)
  join rating.question_evidence as evidence using (question_id)
  where evidence.yes is not null
    and evidence.relevant is not null
)
select
  service_id,
  inspection_id,
  edition_code,
  first_question_id,
  second_question_id,
  max(yes) filter (where is_first) as first_yes,
  max(relevant) filter (where is_first) as first_relevant,
  max(yes) filter (where not is_first) as second_yes,
  max(relevant) filter (where not is_first) as second_relevant
from side
group by service_id, inspection_id, edition_code, first_question_id, second_question_id
having count(*) = 2;

comment on view rating.question_pair_count is 'An inspection and a pair of key questions, with the counts of both.';
comment on column rating.question_pair_count.first_question_id is 'Key of the question of the first sample.';
comment on column rating.question_pair_count.second_question_id is 'Key of the question of the second sample.';
comment on column rating.question_pair_count.first_yes is 'Cases of the first sample answered yes.';
comment on column rating.question_pair_count.first_relevant is 'Relevant cases of the first sample.';
comment on column rating.question_pair_count.second_yes is 'Cases of the second sample answered yes.';
comment on column rating.question_pair_count.second_relevant is 'Relevant cases of the second sample.';
