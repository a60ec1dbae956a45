-- What an overall rating stands on
-- One row: an inspection.
-- Rule: its kept overall result, with what the rules say of points: how many there are if every standard that counts had the
-- highest rating, and whether a higher rating never has fewer points.
-- own_rank and what is kept are NULL as in result.overall.
create view rating.overall_standing as
select
  overall.inspection_id,
  rules.edition_code,
  rules.rule_set_id,
  overall.score,
  overall.max_score,
  overall.has_unknown_standard,
  overall.computed_rating,
  own.rating_rank as own_rank,
  overall.limited_by,
  overall.not_rated_because,
  overall.evidence,
  points.full_score,
  points.ascend
from result.overall
join rating.inspection_rule as rules using (inspection_id)
left join core.rating as own on own.edition_code = rules.edition_code and own.rating = overall.computed_rating
cross join lateral (
  select
    max(score) * (select count(*) from core.counting_standard where rule_set_id = rules.rule_set_id) as full_score,
    bool_and(score >= score_below) as ascend
  from (
    select rating_score.score, lag(rating_score.score, 1, rating_score.score) over (order by rating.rating_rank) as score_below
    from core.rating_score
    join core.rating using (edition_code, rating)
    where rating_score.rule_set_id = rules.rule_set_id
  ) as scale
) as points;

comment on view rating.overall_standing is 'An inspection with its overall result and what the rules say of points.';
comment on column rating.overall_standing.score is 'Points of the standards that count; NULL when none is rated.';
comment on column rating.overall_standing.computed_rating is 'The overall rating by the edition''s rules; NULL when they give none.';
comment on column rating.overall_standing.own_rank is 'Rank of computed_rating on the edition''s scale; NULL where that is.';
comment on column rating.overall_standing.full_score is 'Points if every standard that counts had the highest rating.';
comment on column rating.overall_standing.ascend is 'Whether no rating has fewer points than a lower one.';
