-- What it would take to rate a standard otherwise
-- One row: an inspection, a case-based standard with a computed rating, and another band of its rules.
-- Rule: yes in place of no, or no in place of yes; relevant cases stay the same, so there is never more yes than relevant
-- cases. Up to a band, every key question below it has to rise to it; down to a band or below, one key question has to fall,
-- and the one that falls soonest does. With few cases a key question may go past the band in one answer. A judged key question that
-- counts moves by no answer: below a band it keeps the standard from it.
-- answers is NULL when a count that it needs is not known, when there are too few relevant cases, or when a judgement stands in the
-- way; state says so.
create view rating.standard_move as
with rated as (
  select
    standard.service_id,
    standard.inspection_id,
    standard.edition_code,
    standard.rule_set_id,
    standard.standard_code,
    rules.as_of,
    rules.rounding,
    rules.band_on,
    rules.band_percents,
    counting.rated_from,
    -- a judged rating need be that of no band
    rules.band_ranks[target.band] > own.rating_rank as is_up,
    case
      when rules.band_ranks[target.band] > own.rating_rank
        then target.band - (select count(*) from unnest(rules.band_ranks) as other (rank) where other.rank <= own.rating_rank)
      else (select count(*) from unnest(rules.band_ranks) as other (rank) where other.rank < own.rating_rank) + 1 - target.band
    end::integer as step,
    target.band as to_band,
    rules.band_ratings[target.band] as to_rating,
    rules.band_ranks[target.band] as to_rank
  from kept.standard_result as standard
  join rating.inspection_rule as rules using (service_id, inspection_id)
  cross join lateral generate_subscripts(rules.band_percents, 1) as target (band)
  join core.standard as counting
    on counting.edition_code = standard.edition_code and counting.standard_code = standard.standard_code
  join core.rating as own on own.edition_code = standard.edition_code and own.rating = standard.computed_rating
  where rules.band_ratings[target.band] <> standard.computed_rating
),
considered as (
  select
    rated.*,
    question.question_code,
    question.position,
    question.basis = 'qualitative' as is_judged,
    judged.rating_rank as judged_rank,
    case
      -- relevant cases, and no band: something that it takes is not known
      when result.band is null then null
      when is_up
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
    and rating.holds(question.in_force, rated.as_of)
    and rated.rated_from <> case question.basis when 'cases' then 'judged key questions' else 'counted key questions' end
  left join rating.key_question_result as result
    on result.service_id = rated.service_id
    and result.inspection_id = rated.inspection_id
    and result.question_id = question.question_id
  left join core.judged_question as judgement
    on judgement.inspection_id = rated.inspection_id and judgement.question_id = question.question_id
  left join core.rating as judged
    on judged.edition_code = judgement.edition_code and judged.rating = judgement.rating
  where result.relevant is distinct from 0
    and (not is_up or (result.band is null and judged.rating_rank is null) or result.band < to_band or judged.rating_rank < to_rank)
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
    step,
    is_up,
    (case when is_up then sum(answers) else min(answers) end)::integer as answers,
    case
      when is_up then array_agg(question_code order by position)
      else array_agg(question_code order by position) filter (where answers = fewest)
    end as key_questions,
    case
      when is_up then array_agg(answers order by position)
      else array_agg(answers order by position) filter (where answers = fewest)
    end as key_question_answers,
    string_agg(question_code, ', ' order by position) filter (where is_too_many) as too_many,
    string_agg(question_code, ', ' order by position) filter (where answers is null and not is_judged) as uncounted,
    string_agg(question_code, ', ' order by position) filter (where is_judged and judged_rank is null) as unrecorded,
    -- downwards only where there is nothing else that could fall
    case
      when is_up or bool_and(is_judged) then string_agg(question_code, ', ' order by position) filter (where judged_rank is not null)
    end as held,
    string_agg(question_code, ', ' order by position) filter (where is_open) as open
  from soonest
  group by
    service_id, inspection_id, standard_code, edition_code, rule_set_id, to_rating, to_rank, to_band, step, is_up
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
  case when coalesce(held, too_many, unrecorded, uncounted) is null then answers end as answers,
  case when coalesce(held, too_many, unrecorded, uncounted) is null then key_questions end as key_questions,
  case when coalesce(held, too_many, unrecorded, uncounted) is null then key_question_answers end as key_question_answers,
  case
    when held is not null then 'not reachable'
    when too_many is not null then 'not reachable'
    when unrecorded is not null or uncounted is not null then 'not known'
    when open is not null then 'relevant cases not known'
    else 'reachable'
  end as state,
  case
    when held is not null then 'judged, not counted: ' || held
    when too_many is not null then 'more yes than relevant cases: ' || too_many
    when unrecorded is not null then 'no judgement is recorded: ' || unrecorded
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
  'Codes of the key questions that have to move: up all of them, down any one; NULL where answers is.';
comment on column rating.standard_move.key_question_answers is
  'Answers that each of key_questions has to move by, in step; NULL where answers is.';
comment on column rating.standard_move.state is 'reachable, not reachable, relevant cases not known (it is reachable if there are enough), or not known.';
comment on column rating.standard_move.explanation is 'Which key questions leave the state at that; NULL when it is reachable.';
