-- Two samples' answers to what is asked of both
-- One row: an inspection and a pair of key questions of its edition, both with counts.
-- Rule: case answers where there are some, else printed counts, else what printed percentages imply, as everywhere. Pairs are rows.
-- Never NULL.
create view rating.question_pair_count as
select
  first.service_id,
  first.inspection_id,
  pair.edition_code,
  pair.first_question_id,
  pair.second_question_id,
  first.yes as first_yes,
  first.relevant as first_relevant,
  second.yes as second_yes,
  second.relevant as second_relevant
from core.question_pair as pair
join rating.question_evidence as first on first.question_id = pair.first_question_id
join rating.question_evidence as second
  on second.question_id = pair.second_question_id
  and second.service_id = first.service_id
  and second.inspection_id = first.inspection_id
where first.yes is not null
  and first.relevant is not null
  and second.yes is not null
  and second.relevant is not null;

comment on view rating.question_pair_count is 'An inspection and a pair of key questions, with the counts of both.';
comment on column rating.question_pair_count.first_question_id is 'Key of the question of the first sample.';
comment on column rating.question_pair_count.second_question_id is 'Key of the question of the second sample.';
comment on column rating.question_pair_count.first_yes is 'Cases of the first sample answered yes.';
comment on column rating.question_pair_count.first_relevant is 'Relevant cases of the first sample.';
comment on column rating.question_pair_count.second_yes is 'Cases of the second sample answered yes.';
comment on column rating.question_pair_count.second_relevant is 'Relevant cases of the second sample.';
