-- What it would take to rate a standard otherwise
-- One row: an inspection, a case-based standard with a computed rating, and another band of its rules.
-- Rule: yes in place of no, or no in place of yes; relevant cases stay the same, so there is never more yes than relevant
-- cases. Up to a band, every key question below it has to rise to it; down to a band or below, one key question has to fall,
-- and the one that falls soonest does. With few cases a key question may go past the band in one answer. No answer of a case moves a
-- key question that is judged.
-- answers is NULL when a count that it needs is not known, or when there are too few relevant cases; state says so.
create view rating.standard_move as
with rated as (
  select
    standard.service_id,
    standard.inspection_id,
    standard.edition_code,
    standard.rule_set_id,
    standard.standard_code,
    described.rated_from,
    rules.as_of,
    rules.rounding,
    rules.band_on,
    rules.band_percents,
    array_position(rules.band_ratings, standard.computed_rating) as own_band,
    target.band as to_band,
    rules.band_ratings[target.band] as to_rating,
    rules.band_ranks[target.band] as to_rank
  from kept.standard_result as standard
  join rating.inspection_rule as rules using (service_id, inspection_id)
  join core.standard as described
    on described.edition_code = standard.edition_code and described.standard_code = standard.standard_code
  cross join lateral generate_subscripts(rules.band_percents, 1) as target (band)
  where standard.computed_rating is not null
    and rules.band_ratings[target.band] <> standard.computed_rating
),
considered as (
  select
    rated.*,
    to_band > own_band as is_up,
    judged_scale.rating_rank is not null as is_held,
    question.question_code,
    question.position,
    case
      -- relevant cases, and no band: something that it takes is not known
      when result.band is null then null
      when to_band > own_band
        then rating.minimum_yes(rated.band_percents[to_band], result.base_count, rated.rounding, rated.band_on) - result.counted_yes
      else
        result.counted_yes + 1
          - rating.minimum_yes(rated.band_percents[to_band + 1], result.base_count, rated.rounding, rated.band_on)
    end as answers,
    result.counted_yes,
    result.relevant
  from rated
  join core.question
    on question.edition_code = rated.edition_code
    and question.standard_code = rated.standard_code
    and question.level = 'key question'
    and case question.basis
      when 'cases' then rated.rated_from <> 'judged key questions'
      else rated.rated_from <> 'counted key questions'
    end
    and rating.holds(question.in_force, rated.as_of)
  left join rating.key_question_result as result
    on result.service_id = rated.service_id
    and result.inspection_id = rated.inspection_id
    and result.question_id = question.question_id
  left join core.judged_question as judged
    on judged.inspection_id = rated.inspection_id and judged.question_id = question.question_id
  left join core.rating as judged_scale
    on judged_scale.edition_code = judged.edition_code and judged_scale.rating = judged.rating
  where case question.basis
    when 'cases' then
      result.relevant is distinct from 0 and (result.band is null or to_band < own_band or result.band < to_band)
    else to_band > own_band and coalesce(judged_scale.rating_rank < to_rank, true)
  end
),
soonest as (
  select
    considered.*,
    min(answers) over (partition by service_id, inspection_id, standard_code, to_band) as fewest,
    is_up and counted_yes + answers > relevant as is_too_many,
    is_up and answers is not null and relevant is null as is_open
  from considered
),
move as (
  select
    service_id,
    inspection_id,
    edition_code,
    rule_set_id,
    standard_code,
    to_rating,
    to_rank,
    abs(to_band - own_band) as step,
    is_up,
    (case when is_up then sum(answers) else min(answers) end)::integer as answers,
    case
      when is_up then string_agg(question_code || ' +' || answers, ', ' order by position)
      else string_agg(question_code || ' -' || answers, ' or ' order by position) filter (where answers = fewest)
    end as key_questions,
    string_agg(question_code, ', ' order by position) filter (where is_too_many) as too_many,
    string_agg(question_code, ', ' order by position) filter (where answers is null and not is_held) as uncounted,
    string_agg(question_code, ', ' order by position) filter (where is_held) as held,
    string_agg(question_code, ', ' order by position) filter (where is_open) as open
  from soonest
  group by
    service_id, inspection_id, standard_code, edition_code, rule_set_id, to_rating, to_rank, to_band, own_band, is_up
)
select
  service_id,
  inspection_id,
  edition_code,
  standard_code,
  rule_set_id,
  case when is_up then 'up' else 'down' end as direction,
  step,
  to_rating,
  to_rank,
  case when num_nonnulls(too_many, held, uncounted) = 0 then answers end as answers,
  case when num_nonnulls(too_many, held, uncounted) = 0 then key_questions end as key_questions,
  case
    when too_many is not null or held is not null then 'not reachable'
    when uncounted is not null then 'not known'
    when open is not null then 'relevant cases not known'
    else 'reachable'
  end as state,
  case
    when too_many is not null then 'more yes than relevant cases: ' || too_many
    when held is not null then 'judged, not counted from cases: ' || held
    when uncounted is not null then 'counts not known: ' || uncounted
    when open is not null then 'relevant cases not known: ' || open
  end as explanation
from move;

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
