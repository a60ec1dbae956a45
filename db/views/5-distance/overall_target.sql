-- The next band of the score
-- One row: an inspection and a direction: up or down.
-- Rule: the points that the next overall band up begins at, or below which the own one ends, and that band's rank. Where standards
-- are unrated, bands may shrink with the maximum. Limiting judgements are not looked at.
-- next_rank and points are NULL when there is no such band or no overall rating is computed.
create view rating.overall_target as
with band as (
  select
    scored.inspection_id,
    scored.own_rank,
    scored.score,
    rating.rating_rank,
    coalesce((overall_band.from_score * scored.max_score + scored.full_score - 1) / nullif(scored.full_score, 0), 0) as least_score
  from rating.overall_standing as scored
  join core.overall_band using (rule_set_id)
  join core.rating on rating.edition_code = overall_band.edition_code and rating.rating = overall_band.rating
)
select
  inspection_id,
  toward.direction,
  case toward.direction
    when 'up' then greatest(min(least_score) filter (where rating_rank > own_rank) - score, 0)
    else score + 1 - min(least_score) filter (where rating_rank >= own_rank)
  end as points,
  case toward.direction
    when 'up' then min(rating_rank) filter (where rating_rank > own_rank)
    else max(rating_rank) filter (where rating_rank < own_rank)
  end as next_rank
from band
cross join (values ('up'), ('down')) as toward (direction)
group by inspection_id, toward.direction, own_rank, score;

comment on view rating.overall_target is 'An inspection and a direction, with the next overall band and the points that it takes.';
comment on column rating.overall_target.direction is 'up or down.';
comment on column rating.overall_target.points is 'Points to gain, or to lose; NULL when no overall rating is computed, and up also when there is no higher band.';
comment on column rating.overall_target.next_rank is 'Rank of the next overall band in the direction; NULL when there is none.';
