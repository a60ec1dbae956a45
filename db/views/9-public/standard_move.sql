-- What it would take to rate standards otherwise
-- One row: an inspection, a case-based standard with a computed rating, and another band of its rules.
-- Rule: the fewest answers that would have to be otherwise for the standard to reach the band, or to fall to it or below; relevant
-- cases stay the same. What they are together for another overall rating is asked of the program (yot-ratings distance).
-- answers is NULL when a count that it needs is not known, or when there are too few relevant cases; state says so.
create view analytics.standard_move as
select
  key.inspection_id,
  key.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  standard.domain,
  standard.domain_title,
  move.standard_code as standard,
  standard.title,
  move.direction,
  move.step,
  move.to_rating,
  move.to_rank as to_rating_rank,
  move.answers,
  move.key_questions,
  move.key_question_answers,
  move.state,
  move.explanation
from rating.inspection_key as key
-- an inspection at a time: whoever asks by a name has not those of all reckoned
cross join lateral (
  select one.*
  from rating.standard_move as one
  where one.service_id = key.service_id and one.inspection_id = key.inspection_id
  offset 0
) as move
join rating.standard_key as standard on standard.edition_code = move.edition_code and standard.standard_code = move.standard_code;

comment on view analytics.standard_move is
  'One row an inspection, case-based standard and other band: the fewest answers that would have to be otherwise for it. Key: inspection_id, standard, to_rating.';
comment on column analytics.standard_move.direction is 'One of: up, down.';
comment on column analytics.standard_move.step is 'Bands between the computed rating and this one: 1 for the next (number).';
comment on column analytics.standard_move.to_rating is 'Rating of the band that is to be reached or, downwards, that is at least to be fallen to.';
comment on column analytics.standard_move.to_rating_rank is 'Rank of to_rating on the edition''s scale, 0 the lowest (number).';
comment on column analytics.standard_move.answers is 'Fewest answers that would have to be otherwise (number); NULL when not known or not reachable.';
comment on column analytics.standard_move.key_questions is
  'Codes of the key questions that have to move: up all of them, down any one; NULL where answers is.';
comment on column analytics.standard_move.key_question_answers is
  'Answers that each of key_questions has to move by, in step; NULL where answers is.';
comment on column analytics.standard_move.state is 'One of: reachable, not reachable, relevant cases not known, not known.';
comment on column analytics.standard_move.explanation is 'Which key questions leave the state at that; NULL when it is reachable.';
