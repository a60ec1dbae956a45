-- Rules of editions, and the time for which they hold
-- One row: the rules of a programme of an edition from a day on, with their bands as arrays, in step: the rating of band n begins at
-- band_percents[n]. So the band of a percentage is found by its place among them (width_bucket), without a join for each band.
-- Rule: the newest rules that are in force on the day by which an inspection is dated; before the first, the first.
-- What the rules do not have, or is not known of them, is NULL: bands, points, overall bands, limiting judgements.
create view rating.rule_period as
with band as (
  select
    rule_set_id,
    array_agg(from_percent::integer order by from_percent) as band_percents,
    array_agg(rating order by from_percent) as band_ratings,
    array_agg(rating_rank::integer order by from_percent) as band_ranks
  from core.band
  join core.rating using (edition_code, rating)
  group by rule_set_id
),
overall as (
  select
    rule_set_id,
    array_agg(from_score::integer order by from_score) as overall_scores,
    array_agg(rating_rank::integer order by from_score) as overall_ranks
  from core.overall_band
  join core.rating using (edition_code, rating)
  group by rule_set_id
),
points as (
  select rule_set_id, min(score)::integer as lowest_score, max(score)::integer as highest_score
  from core.rating_score
  group by rule_set_id
),
counting as (
  select rule_set_id, sum(weight)::integer as weights
  from core.counting_standard
  group by rule_set_id
),
limiting as (
  select
    limits.rule_set_id,
    limits.limit_no,
    jsonb_build_object(
      'limit_no', limits.limit_no,
      'standards', jsonb_agg(named.standard_code),
      'threshold_rank', min(threshold.rating_rank),
      'minimum_standards', min(limits.minimum_standards),
      'overall_at_most', min(limits.overall_at_most),
      'ceiling_rank', min(ceiling.rating_rank)
    ) as limit_rule
  from core.limiting_judgement as limits
  join core.limiting_judgement_standard as named using (rule_set_id, limit_no)
  join core.rating as threshold
    on threshold.edition_code = limits.edition_code and threshold.rating = limits.at_or_below
  join core.rating as ceiling
    on ceiling.edition_code = limits.edition_code and ceiling.rating = limits.overall_at_most
  group by limits.rule_set_id, limits.limit_no
),
limits as (
  select rule_set_id, jsonb_agg(limit_rule order by limit_no) as limits
  from limiting
  group by rule_set_id
),
base as (
  select
    rule_set_id,
    max(base) filter (where level = 'key question') as key_question_base,
    max(base) filter (where level = 'prompt') as prompt_base
  from core.percentage_base
  group by rule_set_id
)
select
  rule_set.rule_set_id,
  edition_code,
  programme,
  programme.position = min(programme.position) over (partition by edition_code) as is_first_programme,
  daterange(
    case when lag(effective_from) over edition is not null then effective_from end,
    lead(effective_from) over edition
  ) as in_force,
  coalesce(rule_set.rounding, display_rule.rounding) as rounding,
  rule_set.band_on,
  coalesce(confidence_level.z, display_rule.z) as z,
  base.key_question_base,
  base.prompt_base,
  band.band_percents,
  band.band_ratings,
  band.band_ranks,
  points.lowest_score,
  points.highest_score,
  (counting.weights * points.highest_score)::integer as full_score,
  rule_set.overall,
  overall.overall_scores,
  overall.overall_ranks,
  limits.limits,
  rule_set.unrated_standard,
  rule_set.discretion_points::integer as discretion_points,
  rule_set.discretion_judgements::integer as discretion_judgements,
  rule_set.discretion_sample::integer as discretion_sample
from core.rule_set
join core.programme using (edition_code, programme)
cross join rating.display_rule as display_rule
left join core.confidence_level on confidence_level.confidence_level = rule_set.confidence_level
left join base using (rule_set_id)
left join band using (rule_set_id)
left join overall using (rule_set_id)
left join limits using (rule_set_id)
left join points using (rule_set_id)
left join counting using (rule_set_id)
window edition as (partition by edition_code, programme order by effective_from);

comment on view rating.rule_period is 'The rules of a programme of an edition, with the time for which they hold.';
comment on column rating.rule_period.in_force is 'The days for which they hold: from their first, the first rules from ever, until the next rules begin.';
comment on column rating.rule_period.full_score is 'The most points that there can be, when every standard that counts is rated; NULL when none counts, or no rating has points.';
comment on column rating.rule_period.overall is 'summed, judged, or none; NULL when not known.';
comment on column rating.rule_period.is_first_programme is 'Whether an inspection whose programme is not known is rated under them.';
comment on column rating.rule_period.rounding is 'How percentages become whole numbers: that of display_rule where the rules do not say it.';
comment on column rating.rule_period.z is 'Quantile for intervals: at the level of the rules, or that of display_rule where they have none.';
