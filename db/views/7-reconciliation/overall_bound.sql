-- What an overall rating could be
-- One row: an inspection.
-- Rule: the standards that count and are rated give their points, and each other one of them gives at most the most points, whether
-- it was rated or not. What is printed beyond that is denied by the known ratings. A limiting judgement that the known ratings
-- bring about caps the result; one that they may bring about is not reckoned with here.
-- A rank is NULL where the edition has no overall band; ceiling_rank is NULL where no limiting judgement is known to hold.
create view rating.overall_bound as
with summed as (
  select
    service_id,
    inspection_id,
    rule_set_id,
    coalesce(sum(score), 0)::integer as points,
    coalesce(sum(weight) filter (where rating is not null), 0)::integer as rated,
    coalesce(sum(weight) filter (where rating is null), 0)::integer as unrated
  from kept.standard_result
  group by service_id, inspection_id, rule_set_id
),
bounded as (
  select
    summed.service_id,
    summed.inspection_id,
    summed.rule_set_id,
    summed.points as least_score,
    summed.points + summed.unrated * rules.highest_score as most_score,
    summed.rated * rules.highest_score as least_max,
    (summed.rated + summed.unrated) * rules.highest_score as most_max,
    rules.overall_scores,
    rules.overall_ranks,
    rules.limits
  from summed
  join kept.rule_period as rules using (rule_set_id)
)
select
  bounded.service_id,
  bounded.inspection_id,
  bounded.least_score,
  bounded.most_score,
  bounded.least_max,
  bounded.most_max,
  bounded.limits,
  bounded.overall_ranks[width_bucket(bounded.least_score, bounded.overall_scores)] as lowest_rank,
  bounded.overall_ranks[width_bucket(bounded.most_score, bounded.overall_scores)] as highest_rank,
  limited.ceiling_rank
from bounded
left join lateral (
  select min(applied.ceiling_rank) as ceiling_rank
  from (
    select limit_rule.ceiling_rank
    from jsonb_to_recordset(bounded.limits) as limit_rule (
      limit_no integer, standards text[], threshold_rank integer, minimum_standards integer, ceiling_rank integer
    )
    join kept.standard_result as low
      on low.inspection_id = bounded.inspection_id
      and low.standard_code = any (limit_rule.standards)
      and low.rating_rank <= limit_rule.threshold_rank
    group by limit_rule.limit_no, limit_rule.minimum_standards, limit_rule.ceiling_rank
    having count(*) >= limit_rule.minimum_standards
  ) as applied
) as limited on true;

comment on view rating.overall_bound is 'An inspection with the fewest and the most points, and the lowest and highest overall rating, that its known ratings allow.';
comment on column rating.overall_bound.least_score is 'Points of the standards that count and are rated.';
comment on column rating.overall_bound.most_score is 'The same, with the most points for each of the others that count.';
comment on column rating.overall_bound.least_max is 'The most points that the rated standards could have had.';
comment on column rating.overall_bound.most_max is 'The most points that all standards that count could have had.';
comment on column rating.overall_bound.limits is 'The limiting judgements of the rules; NULL where there is none.';
comment on column rating.overall_bound.lowest_rank is 'Rank of the overall rating of the fewest points, before any limiting judgement.';
comment on column rating.overall_bound.highest_rank is 'Rank of the overall rating of the most points, before any limiting judgement.';
comment on column rating.overall_bound.ceiling_rank is 'Rank that limiting judgements leave overall at most, by the known ratings; NULL where they leave it any.';
