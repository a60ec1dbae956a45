-- Score and overall rating
-- One row: an inspection.
-- Rule: the scores of the standards that count are summed and banded; a limiting judgement caps the result. When a
-- standard that counts is unrated for want of a relevant case, rule_set.unrated_standard says what happens: overall is not
-- rated, or the bands shrink in proportion to the maximum, or the standard scores the lowest.
-- computed_rating is NULL when the rules give none; not_rated_because says why. score and max_score cover the rated
-- standards only, and are NULL when none is rated.
create view rating.overall_score as
with limit_applied as materialized (
  select * from rating.limit_applied
),
points as (
  select rule_set_id, min(score) as lowest_score, max(score) as highest_score
  from core.rating_score
  group by rule_set_id
),
summed as (
  select
    inspection_rule.inspection_id,
    inspection_rule.edition_code,
    inspection_rule.rule_set_id,
    rule_set.unrated_standard,
    points.lowest_score,
    points.highest_score,
    count(*) filter (where counts) as counting,
    count(*) filter (where counts and rating is not null) as rated,
    count(*) filter (where counts and unrated_because = 'no relevant case') as without_cases,
    sum(score) filter (where counts) as score_of_rated,
    string_agg(standard_code, ', ' order by position) filter (where counts and unrated_because = 'no relevant case')
      as without_cases_codes,
    string_agg(standard_code, ', ' order by position) filter (where counts and unrated_because = 'not known') as unknown_codes
  from rating.inspection_rule
  join core.rule_set using (rule_set_id)
  join points using (rule_set_id)
  join rating.standard_score using (inspection_id)
  group by
    inspection_rule.inspection_id, inspection_rule.edition_code, inspection_rule.rule_set_id, rule_set.unrated_standard,
    points.lowest_score, points.highest_score
),
scored as (
  select
    inspection_id,
    edition_code,
    rule_set_id,
    case
      when rated = 0 then null
      when unrated_standard = 'counts as lowest' then score_of_rated + without_cases * lowest_score
      else score_of_rated
    end as score,
    case
      when rated = 0 then null
      when unrated_standard = 'counts as lowest' then (rated + without_cases) * highest_score
      else rated * highest_score
    end as max_score,
    counting * highest_score as full_score,
    unknown_codes is not null as has_unknown_standard,
    case
      when unknown_codes is not null then 'no rating is known for ' || unknown_codes
      when without_cases_codes is not null and (rated = 0 or unrated_standard = 'overall not rated')
        then 'no relevant case for ' || without_cases_codes
    end as not_rated_because
  from summed
),
banded as (
  select scored.*, band.rating as banded_rating, band.rating_rank as banded_rank
  from scored
  left join lateral (
    select rating, rating_rank
    from core.overall_band
    join core.rating using (edition_code, rating)
    where overall_band.rule_set_id = scored.rule_set_id
      and scored.not_rated_because is null
      -- the share of the maximum, multiplied out; with every standard rated this is from_score <= score
      and overall_band.from_score * scored.max_score <= scored.score * scored.full_score
    order by overall_band.from_score desc
    limit 1
  ) as band on true
),
capped as (
  select banded.*, limits.ceiling_rank, limits.explanation as limited_by
  from banded
  left join lateral (
    select ceiling_rank, explanation
    from limit_applied
    where limit_applied.inspection_id = banded.inspection_id and limit_applied.ceiling_rank < banded.banded_rank
    order by ceiling_rank, limit_no
    limit 1
  ) as limits on true
)
select
  capped.inspection_id,
  capped.edition_code,
  capped.score::integer as score,
  capped.max_score::integer as max_score,
  scale.rating as computed_rating,
  capped.has_unknown_standard,
  capped.limited_by,
  capped.not_rated_because
from capped
left join core.rating as scale
  on scale.edition_code = capped.edition_code
  and scale.rating_rank = least(capped.banded_rank, capped.ceiling_rank);

comment on view rating.overall_score is 'An inspection with its score and the overall rating that the rules give.';
comment on column rating.overall_score.score is 'Points of the rated standards that count; NULL when none is rated.';
comment on column rating.overall_score.max_score is 'The most points they could have had; NULL when none is rated.';
comment on column rating.overall_score.has_unknown_standard is 'Whether the rating of a standard that counts is not known at all.';
comment on column rating.overall_score.computed_rating is 'The overall rating by the rules; NULL when they give none.';
