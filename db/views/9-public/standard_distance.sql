-- How far a standard is from another rating
-- One row: an inspection, a case-based standard of its edition, and a direction: up or down.
-- Rule: the fewest answers that would have to be otherwise (yes in place of no, or no in place of yes) for the rating that is
-- computed from the key questions to become the next one up, or to fall. Relevant cases stay the same. Up, every key question
-- below the next band has to rise; down, one has to fall. With few cases the rating may go past the next one.
-- The distance is that of the computed rating, also where a panel decided otherwise (discretion is true then).
-- answers is NULL when nothing is computed, a count is not known, there is no such rating, or it can't be reached.
create view analytics.standard_distance as
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
  distance.domain,
  distance.domain_title,
  distance.standard_code as standard,
  distance.title,
  distance.direction,
  distance.computed_rating,
  distance.computed_rating_rank,
  distance.rating,
  distance.rating_rank,
  distance.discretion,
  distance.to_rating as next_rating,
  distance.to_rating_rank as next_rating_rank,
  distance.answers,
  distance.key_questions,
  distance.key_question_answers,
  case distance.state
    when 'reachable' then true
    when 'not reachable' then false
  end as is_reachable,
  case
    when distance.computed_rating is null then coalesce(distance.not_computed_because, 'no key question of it is asked')
    when distance.state is not null then distance.explanation
    when distance.direction = 'up' then 'it is the highest rating'
    else 'it is the lowest rating'
  end as explanation,
  distance.evidence
from (select distinct on (service_id, inspection_id) * from rating.inspection_key) as key
-- an inspection at a time: whoever asks by a name has not the moves of all reckoned for each standard. Rows are distinct as they are:
-- that it is said keeps the planner from joining the moves of all
join lateral (
  select distinct on (rated.service_id, rated.inspection_id, rated.standard_code, toward.direction)
    rated.service_id,
    rated.inspection_id,
    rated.standard_code,
    standard.domain,
    standard.domain_title,
    standard.title,
    toward.direction,
    rated.computed_rating,
    scale.rating_rank::integer as computed_rating_rank,
    rated.rating,
    rated.rating_rank::integer as rating_rank,
    rated.rating_source is not distinct from 'panel decision' as discretion,
    rated.not_computed_because,
    rated.evidence,
    move.to_rating,
    move.to_rank as to_rating_rank,
    move.answers,
    move.key_questions,
    move.key_question_answers,
    move.state,
    move.explanation
  from kept.standard_result as rated
  join rating.standard_key as standard using (edition_code, standard_code)
  cross join (values ('up'), ('down')) as toward (direction)
  left join core.rating as scale on scale.edition_code = rated.edition_code and scale.rating = rated.computed_rating
  left join rating.standard_move as move
    on move.service_id = rated.service_id
    and move.inspection_id = rated.inspection_id
    and move.standard_code = rated.standard_code
    and move.direction = toward.direction
    and move.step = 1
  where rated.service_id = key.service_id
    and rated.inspection_id = key.inspection_id
    and standard.basis = 'cases'
) as distance on distance.service_id = key.service_id and distance.inspection_id = key.inspection_id;

comment on view analytics.standard_distance is
  'One row an inspection, case-based standard and direction (up, down): the fewest answers that would have to be otherwise for its computed rating to change.';
