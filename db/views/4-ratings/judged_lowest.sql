-- The lowest judged key question of each standard
-- One row: an inspection and a standard of basis cases of which a judged key question has its rating recorded.
-- Rule: a judged key question is not counted from cases; a standard that is rated from it too takes the lowest of both.
-- tied_key_questions is NULL when one alone is the lowest.
create view rating.judged_lowest as
with judged as (
  select
    judged.inspection_id,
    question.standard_code,
    question.question_code,
    question.position,
    scale.rating,
    scale.rating_rank::integer as rating_rank,
    min(scale.rating_rank) over (partition by judged.inspection_id, question.standard_code) as lowest_rank
  from core.judged_question as judged
  join core.inspection on inspection.inspection_id = judged.inspection_id
  join core.question on question.question_id = judged.question_id and rating.holds(question.in_force, inspection.as_of)
  join core.standard
    on standard.edition_code = question.edition_code
    and standard.standard_code = question.standard_code
    and standard.basis = 'cases'
    and standard.rated_from <> 'counted key questions'
  join core.rating as scale on scale.edition_code = judged.edition_code and scale.rating = judged.rating
),
listed as (
  select
    inspection_id,
    standard_code,
    min(rating_rank) as rating_rank,
    min(rating) filter (where rating_rank = lowest_rank) as rating,
    array_agg(question_code order by position) as settled,
    array_agg(question_code order by position) filter (where rating_rank = lowest_rank) as codes
  from judged
  group by inspection_id, standard_code
)
select
  inspection_id,
  standard_code,
  rating_rank,
  rating,
  codes[1] as driving_key_question,
  nullif(codes[2:], '{}') as tied_key_questions,
  settled
from listed;

comment on view rating.judged_lowest is 'An inspection and a standard with the lowest rating among its judged key questions.';
comment on column rating.judged_lowest.rating_rank is 'Its rank on the edition''s scale, 0 the lowest.';
comment on column rating.judged_lowest.rating is 'The lowest rating.';
comment on column rating.judged_lowest.settled is 'Codes of the judged key questions whose rating is recorded.';
