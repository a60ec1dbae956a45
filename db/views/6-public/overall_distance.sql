-- How far an inspection is from another overall rating
-- One row: an inspection and a direction: up or down.
-- Rule: the fewest answers, over all standards, that would have to be otherwise for the overall rating that the rules give to
-- become a higher one, or a lower one. Each standard whose rating is computed can be moved to any other band, at the cost that
-- rating.standard_move has for it; up, a cheapest choice of such moves brings the points that the next overall band begins at,
-- and enough standards above every limiting judgement that holds the rating down; down, it takes points away until the band
-- is left, or brings enough standards under a limiting judgement. Of several cheapest choices: the one that moves the fewest
-- standards; then, standard by standard, the one that moves it, and to the lower rating. Standards that are judged, decided by
-- a panel or only published stay as they are (fixed_standards).
-- answers is NULL when no overall rating is computed, a count is not known, there is no such rating, or it can't be reached.
create view analytics.overall_distance as
select
  key.inspection_id,
  key.service,
  key.area,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  distance.direction,
  distance.score,
  distance.max_score,
  distance.computed_rating,
  distance.computed_rating_rank,
  distance.next_rating,
  distance.points,
  distance.answers,
  distance.standards,
  distance.key_questions,
  case
    when distance.reason is not null or distance.open is not null then null
    else distance.answers is not null
  end as is_reachable,
  distance.fixed_standards,
  case
    when distance.reason is not null then distance.reason
    when distance.answers is null
      then 'out of reach of the standards that can move' || coalesce('; ' || distance.limited_by, '')
    else 'relevant cases not known: ' || distance.open
  end as explanation,
  distance.evidence
from rating.inspection_key as key
-- an inspection at a time: a recursive query is not narrowed from outside
cross join lateral (
  with recursive
  scored as (
    select * from rating.overall_standing as one where one.inspection_id = key.inspection_id
  ),
  limiting as materialized (
    select * from rating.limit_standing as one where one.inspection_id = key.inspection_id
  ),
  -- the next band, or the ceiling of a limiting judgement where that comes first
  target as (
    select
      next.direction,
      next.points,
      case next.direction
        when 'up' then case
          when next.next_rank is not null
            then least(next.next_rank, (select min(ceiling_rank) from limiting where ceiling_rank > own_rank))
        end
        else greatest(next.next_rank, (select max(ceiling_rank) from limiting where ceiling_rank < own_rank))
      end as next_rank
    from scored
    join rating.overall_target as next on next.inspection_id = key.inspection_id
  ),
  move as materialized (
    select * from rating.standard_move as one where one.inspection_id = key.inspection_id
  ),
  moved as (
    select
      move.standard_code,
      standard.position,
      move.direction,
      move.to_rating,
      move.to_rank,
      move.answers,
      move.key_questions,
      move.state,
      -- as many answers may carry it further
      lead(move.answers) over (partition by move.standard_code, move.direction order by move.step) is not distinct from move.answers
        as is_passed,
      case when counts.standard_code is null then 0 else abs(to_score.score - kept.score) end as points,
      case move.direction
        when 'up' then (
          select coalesce(sum(unit), 0)
          from limiting
          where holds
            and move.standard_code = any(limiting.standards)
            and kept.rating_rank <= threshold_rank
            and move.to_rank > threshold_rank
        )
        else 0
      end as lifts,
      move.direction = 'down' and exists (
        select
        from limiting
        where lurks
          and move.standard_code = any(limiting.standards)
          and kept.rating_rank > threshold_rank
          and move.to_rank <= threshold_rank
      ) as drops,
      kept.rating_rank as own_rank
    from scored
    cross join move
    join result.standard as kept
      on kept.inspection_id = key.inspection_id
      and kept.standard_code = move.standard_code
      and kept.rating_source = 'computed'
    join core.standard on standard.edition_code = move.edition_code and standard.standard_code = move.standard_code
    join core.rating_score as to_score on to_score.rule_set_id = scored.rule_set_id and to_score.rating = move.to_rating
    left join core.counting_standard as counts
      on counts.rule_set_id = scored.rule_set_id and counts.standard_code = move.standard_code
  ),
  useful as materialized (
    select
      moved.*,
      dense_rank() over (partition by direction order by position) as place
    from moved
    where points > 0 or lifts > 0 or drops
  ),
  choice as materialized (
    select direction, place, points, lifts, answers, 1 as moved, to_rank::integer as to_rank
    from useful
    where answers is not null and not is_passed
    union all
    -- staying as it is comes last among equals
    select distinct direction, place, 0, 0::numeric, 0, 0, 32767
    from useful
  ),
  -- the cheapest way to each number of points over the first standards, a standard a step
  fold as (
    select direction, 0::bigint as place, 0 as points, 0::numeric as lifts, 0 as answers, 0 as moved, '{}'::integer[] as path
    from target
    union all
    select * from (
      select distinct on (direction, points, lifts) *
      from (
        select
          fold.direction,
          choice.place,
          least(fold.points + choice.points, greatest(target.points, 0))::integer as points,
          fold.lifts + choice.lifts as lifts,
          fold.answers + choice.answers as answers,
          fold.moved + choice.moved as moved,
          fold.path || choice.to_rank as path
        from fold
        join choice on choice.direction = fold.direction and choice.place = fold.place + 1
        join target on target.direction = fold.direction
      ) as combined
      order by direction, points, lifts, answers, moved, path
    ) as cheapest
  ),
  -- how far the steps go, where anything can move
  last as (
    select target.direction, coalesce(max(useful.place), 0) as place
    from target
    left join useful using (direction)
    group by target.direction
  ),
  -- under a limit: the cheapest standards that are still above it
  under as (
    select
      lurking.limit_no,
      minimum_standards - low_standards as missing,
      one.*,
      row_number() over (partition by limit_no order by answers, position) as turn
    from limiting as lurking
    cross join lateral (
      select distinct on (standard_code) standard_code, position, to_rank, answers
      from useful
      where direction = 'down'
        and standard_code = any(lurking.standards)
        and own_rank > threshold_rank
        and to_rank <= threshold_rank
        and answers is not null
        and not is_passed
      order by standard_code, answers
    ) as one
    where lurks
  ),
  way as (
    select direction, answers, moved, path, null::smallint as limit_no
    from fold
    join last using (direction, place)
    join target using (direction)
    where fold.points >= target.points
      and fold.moved > 0
      and (
        direction = 'down'
        or not exists (
          select
          from limiting
          where holds and mod(trunc(fold.lifts / unit), 1000) <= low_standards - minimum_standards
        )
      )
    union all
    select 'down', sum(answers)::integer, 0, '{}', limit_no
    from under
    where turn <= missing
    group by limit_no, missing
    having count(*) = missing
  ),
  best as (
    select distinct on (direction) *
    from way
    order by direction, answers, limit_no nulls first, moved, path
  ),
  told as (
    select
      best.direction,
      best.answers,
      string_agg(
        useful.standard_code || ' to ' || useful.to_rating || ' (' || useful.answers || ')', ', ' order by useful.position
      ) as standards,
      string_agg(
        useful.standard_code || ' to ' || useful.to_rating || ' (' || useful.key_questions || ')', ', ' order by useful.position
      ) as key_questions,
      string_agg(useful.standard_code, ', ' order by useful.position)
        filter (where useful.state = 'relevant cases not known') as open
    from best
    join useful
      on useful.direction = best.direction
      and case
        when best.limit_no is null then useful.to_rank = best.path[useful.place]
        else (best.limit_no, useful.standard_code, useful.to_rank)
          in (select limit_no, standard_code, to_rank from under where turn <= missing)
      end
    group by best.direction, best.answers
  ),
  uncounted as (
    select direction, string_agg(standard_code, ', ' order by position) as standards
    from (select distinct direction, standard_code, position from useful where state = 'not known') as one
    group by direction
  ),
  fixed as (
    select string_agg(source || ': ' || standards, '; ' order by source) as fixed_standards
    from (
      select
        coalesce(kept.rating_source, 'not rated') as source,
        string_agg(kept.standard_code, ', ' order by standard.position) as standards
      from result.standard as kept
      join core.standard using (edition_code, standard_code)
      where kept.inspection_id = key.inspection_id and kept.rating_source is distinct from 'computed'
      group by coalesce(kept.rating_source, 'not rated')
    ) as by_source
  ),
  reasoned as (
    select
      target.direction,
      target.next_rank,
      target.points,
      case
        when scored.computed_rating is null then 'no overall rating is computed' || coalesce(': ' || scored.not_rated_because, '')
        when not scored.ascend then 'the scores do not ascend with the ratings'
        when target.next_rank is null and target.direction = 'up' then 'it is the highest rating'
        when target.next_rank is null then 'it is the lowest rating'
        when uncounted.standards is not null then 'counts not known: ' || uncounted.standards
      end as reason
    from target
    cross join scored
    left join uncounted using (direction)
  )
  select
    reasoned.direction,
    case when not scored.has_unknown_standard then scored.score end as score,
    case when not scored.has_unknown_standard then scored.max_score end as max_score,
    scored.computed_rating,
    scored.own_rank::integer as computed_rating_rank,
    scored.limited_by,
    scored.evidence,
    next.rating as next_rating,
    case when next.rating is not null then reasoned.points::integer end as points,
    case when reasoned.reason is null then told.answers end as answers,
    case when reasoned.reason is null then told.standards end as standards,
    case when reasoned.reason is null then told.key_questions end as key_questions,
    case when reasoned.reason is null then told.open end as open,
    fixed.fixed_standards,
    reasoned.reason
  from scored
  cross join fixed
  cross join reasoned
  left join told using (direction)
  left join core.rating as next on next.edition_code = key.edition and next.rating_rank = reasoned.next_rank
) as distance;

comment on view analytics.overall_distance is
  'One row an inspection and direction (up, down): the fewest answers that would have to be otherwise for its overall rating to change. Key: inspection_id, direction.';
comment on column analytics.overall_distance.direction is 'up or down.';
comment on column analytics.overall_distance.score is 'Points of the standards that count, of max_score; NULL when none is rated or the rating of one is not known.';
comment on column analytics.overall_distance.computed_rating is 'The overall rating by the edition''s rules; NULL when they give none.';
comment on column analytics.overall_distance.computed_rating_rank is
  'Rank of computed_rating on the edition''s scale, 0 the lowest, for sorting; NULL where that is.';
comment on column analytics.overall_distance.next_rating is
  'The next overall rating in the direction, which may be passed; NULL when there is none or no overall rating is computed.';
comment on column analytics.overall_distance.points is
  'Points to gain, or to lose, for the next band of the score; 0 when only a limiting judgement holds the rating down. NULL where next_rating is.';
comment on column analytics.overall_distance.answers is
  'Fewest answers that would have to be otherwise; where relevant cases are not known, if there are enough of them. NULL when not known or not reachable (see explanation).';
comment on column analytics.overall_distance.standards is
  'Which standards move, to which rating, by how many answers: 2.1 to Good (2), 3.2 to Good (1). NULL where answers is.';
comment on column analytics.overall_distance.key_questions is
  'Which key questions move in them, by how many yes: 2.1 to Good (2.1.2 +1, 2.1.3 +1), or 2.1 to Good (2.1.2 -1 or 2.1.3 -1), any one of them. NULL where answers is.';
comment on column analytics.overall_distance.is_reachable is
  'Whether other answers can change the overall rating so, relevant cases being the same; NULL when there is no next rating, or when that or the counts are not known.';
comment on column analytics.overall_distance.fixed_standards is
  'Standards that no answer moves, by what their rating is from: judgement, panel decision, published, not rated. NULL when there is none.';
comment on column analytics.overall_distance.explanation is 'Why answers or is_reachable is NULL, or why it can''t be reached; NULL otherwise.';
