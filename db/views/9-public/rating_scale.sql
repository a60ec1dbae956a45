-- The scale of ratings
-- One row: a programme of an edition, a time in which the same rules hold, and a rating.
-- Rule: where a rating's band of percentages begins, the points that it adds to the score, and the score at which it begins as
-- an overall rating. The first rules hold for inspections before them too.
-- valid_from is NULL for the first rules, valid_until for the last. from_percent, points and from_score are NULL where the rules have
-- no such band or points, or these are not known; from_score also where overall ratings are not summed.
create view analytics.rating_scale as
select
  rating.edition_code as edition,
  rules.programme,
  rating.rating,
  rating.rating_rank::integer as rank,
  rating_score.score::integer as points,
  band.from_percent::integer as from_percent,
  overall_band.from_score::integer as from_score,
  lower(rules.in_force) as valid_from,
  upper(rules.in_force) as valid_until
from core.rating
join rating.rule_period as rules using (edition_code)
left join core.band on band.rule_set_id = rules.rule_set_id and band.rating = rating.rating
left join core.rating_score on rating_score.rule_set_id = rules.rule_set_id and rating_score.rating = rating.rating
left join core.overall_band
  on overall_band.rule_set_id = rules.rule_set_id and overall_band.rating = rating.rating and coalesce(rules.overall, 'summed') = 'summed';

comment on view analytics.rating_scale is
  'One row an edition, rating and time: its rank, its points, and where it begins.';
