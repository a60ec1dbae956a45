-- What it would take to rate a standard otherwise
-- One row: an inspection, a case-based standard with a computed rating, and another band of its rules.
-- Rule: yes in place of no, or no in place of yes; relevant cases stay the same, so there is never more yes than relevant
-- cases. Up to a band, every key question below it has to rise to it; down to a band or below, one key question has to fall,
-- and the one that falls soonest does. With few cases a key question may go past the band in one answer.
-- answers is NULL when a count that it needs is not known, or when there are too few relevant cases; state says so.
create view rating.standard_move as
select
  rules.inspection_id,
  rules.edition_code,
  move.standard_code,
  rules.rule_set_id,
  case when move.is_up then 'up' else 'down' end as direction,
  move.step,
  move.to_rating,
  move.to_rank,
  case when too_many is null and uncounted is null then move.answers::integer end as answers,
  case when too_many is null and uncounted is null then move.key_questions end as key_questions,
  case
    when too_many is not null then 'not reachable'
    when uncounted is not null then 'not known'
    when open is not null then 'relevant cases not known'
    else 'reachable'
  end as state,
  case
    when too_many is not null then 'more yes than relevant cases: ' || too_many
    when uncounted is not null then 'counts not known: ' || uncounted
    when open is not null then 'relevant cases not known: ' || open
  end as explanation
from rating.inspection_rule as rules
-- an inspection at a time: so one of them is found at once, and the planner sees how many rows all of them make
cross join lateral (
  with banded as (
    select
      rating,
      rating_rank,
      from_percent,
      lead(from_percent) over upwards as next_percent,
      row_number() over upwards as band_no
    from core.band
    join core.rating using (edition_code, rating)
    where rule_set_id = rules.rule_set_id
    window upwards as (order by from_percent)
  ),
  considered as (
    select
      standard.standard_code,
      target.rating as to_rating,
      target.rating_rank as to_rank,
      abs(target.band_no - own.band_no)::integer as step,
      target.rating_rank > own.rating_rank as is_up,
      question.question_code,
      question.position,
      case
        -- relevant cases, and no band: something that it takes is not known
        when result.rating is null then null
        when target.rating_rank > own.rating_rank
          then rating.minimum_yes(target.from_percent, result.base_count, rules.rounding, rules.band_on) - result.counted_yes
        else result.counted_yes + 1 - rating.minimum_yes(target.next_percent, result.base_count, rules.rounding, rules.band_on)
      end as answers,
      result.counted_yes,
      result.relevant
    from result.standard
    join banded as own on own.rating = standard.computed_rating
    join banded as target on target.band_no <> own.band_no
    join core.question
      on question.edition_code = rules.edition_code
      and question.standard_code = standard.standard_code
      and question.level = 'key question'
      and question.in_force @> rules.as_of
    left join result.key_question as result
      on result.inspection_id = rules.inspection_id and result.question_id = question.question_id
    where standard.inspection_id = rules.inspection_id
      and result.relevant is distinct from 0
      and (
        result.rating is null
        or target.rating_rank < own.rating_rank
        or result.rating_rank < target.rating_rank
      )
  ),
  soonest as (
    select
      considered.*,
      min(answers) over (partition by standard_code, to_rank) as fewest,
      is_up and counted_yes + answers > relevant as is_too_many,
      is_up and answers is not null and relevant is null as is_open
    from considered
  )
  select
    standard_code,
    to_rating,
    to_rank,
    step,
    is_up,
    case when is_up then sum(answers) else min(answers) end as answers,
    case
      when is_up then string_agg(question_code || ' +' || answers, ', ' order by position)
      else string_agg(question_code || ' -' || answers, ' or ' order by position) filter (where answers = fewest)
    end as key_questions,
    string_agg(question_code, ', ' order by position) filter (where is_too_many) as too_many,
    string_agg(question_code, ', ' order by position) filter (where answers is null) as uncounted,
    string_agg(question_code, ', ' order by position) filter (where is_open) as open
  from soonest
  group by standard_code, to_rating, to_rank, step, is_up
) as move;

comment on view rating.standard_move is
  'An inspection, a case-based standard and another band, with the fewest answers that would have to be otherwise for it.';
comment on column rating.standard_move.direction is 'up or down.';
comment on column rating.standard_move.step is 'Bands between the computed rating and this one: 1 for the next.';
comment on column rating.standard_move.to_rating is 'Rating of the band that is to be reached or, downwards, that is at least to be fallen to.';
comment on column rating.standard_move.to_rank is 'Rank of to_rating on the edition''s scale.';
comment on column rating.standard_move.answers is 'Fewest answers that would have to be otherwise; NULL when not known or not reachable.';
comment on column rating.standard_move.key_questions is
  'Which key questions have to move, by how many yes: all of a list with commas, any one of a list with or; NULL where answers is.';
comment on column rating.standard_move.state is 'reachable, not reachable, relevant cases not known (it is reachable if there are enough), or not known.';
comment on column rating.standard_move.explanation is 'Which key questions leave the state at that; NULL when it is reachable.';
