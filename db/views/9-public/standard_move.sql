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
from (select distinct on (service_id, inspection_id) * from rating.inspection_key) as key
-- an inspection at a time: whoever asks by a name has not those of all reckoned. Rows are distinct as they are: that it is said keeps the
-- planner from it, and lets an inspection that is asked for through
join lateral (
  select distinct on (one.service_id, one.inspection_id, one.standard_code, one.direction, one.step) one.*
  from rating.standard_move as one
  where one.service_id = key.service_id and one.inspection_id = key.inspection_id
) as move on move.service_id = key.service_id and move.inspection_id = key.inspection_id
join rating.standard_key as standard on standard.edition_code = move.edition_code and standard.standard_code = move.standard_code;

comment on view analytics.standard_move is
  'One row an inspection, case-based standard and other band: the fewest answers that would have to be otherwise for it.';
