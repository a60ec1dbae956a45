-- Scores
-- One row: an inspection and a kind of score of it: the one that is computed, and, where a panel decided, the one without discretion.
-- Rule: where the edition sums (rule_set.overall), the points of the standards that count are summed by their weights. When one that
-- counts is unrated for want of a relevant case, or was not rated as its report says, rule_set.unrated_standard says what happens: overall is not rated, or the bands shrink in proportion to the maximum, or the
-- standard scores the lowest. One of which no rating is known always leaves overall unrated.
-- Without discretion a standard has the rating that the panel replaced: as computed, or, where that can't be, as the report says.
-- score and max_score cover the rated standards only, and are NULL when none is rated, or nothing is summed; not_computed_because is NULL
-- when overall can be rated.
create view rating.overall_score as
with rated as (
  -- a filter on kind leaves out the arm that it is not about
  select
    service_id,
    inspection_id,
    'computed' as kind,
    edition_code,
    standard_code,
    weight,
    score,
    rating,
    rating_rank,
    unrated_because,
    evidence_rank
  from kept.standard_result
  union all
  select
    decided.service_id,
    decided.inspection_id,
    'without discretion',
    decided.edition_code,
    decided.standard_code,
    decided.weight,
    case when decided.discretion_to is null then decided.score else decided.weight * points.score end,
    case when decided.discretion_to is null then decided.rating else replaced.rating end,
    case when decided.discretion_to is null then decided.rating_rank else replaced.rating_rank end,
    decided.unrated_because,
    decided.evidence_rank
  from kept.standard_result as decided
  join (select distinct inspection_id from core.panel_decision) as decision using (inspection_id)
  left join core.rating as replaced
    on replaced.edition_code = decided.edition_code
    and replaced.rating = coalesce(decided.computed_rating, decided.discretion_from)
  left join core.rating_score as points on points.rule_set_id = decided.rule_set_id and points.rating = replaced.rating
),
summed as (
  select
    service_id,
    inspection_id,
    kind,
    coalesce(sum(weight) filter (where rating is not null), 0) as rated,
    coalesce(sum(weight) filter (where unrated_because <> 'not known'), 0) as unrated,
    coalesce(sum(weight) filter (where rating is null), 0) as without_rating,
    sum(weight) as weights,
    sum(score) as score,
    string_agg(standard_code, ', ' order by position) filter (where weight > 0 and unrated_because = 'no relevant case')
      as without_cases,
    string_agg(standard_code, ', ' order by position) filter (where weight > 0 and unrated_because = 'not rated') as not_rated,
    string_agg(standard_code, ', ' order by position) filter (where weight > 0 and unrated_because = 'not known') as unknown,
    array_agg(standard_code order by position) as standards,
    array_agg(rating order by position) as ratings,
    array_agg(rating_rank::integer order by position) as ranks,
    array_agg(unrated_because order by position) as unrated_becauses,
    max(evidence_rank)::integer as evidence_rank
  from rated
  join core.standard using (edition_code, standard_code)
  group by service_id, inspection_id, kind
)
select
  summed.service_id,
  summed.inspection_id,
  summed.kind,
  rules.edition_code,
  rules.rule_set_id,
  rules.overall,
  rules.overall_scores,
  rules.overall_ranks,
  rules.limits,
  rules.unrated_standard,
  summed.evidence_rank,
  summed.standards,
  summed.ratings,
  summed.ranks,
  summed.unrated_becauses,
  case
    when rated > 0 and overall = 'summed' then case
      when unrated_standard = 'counts as lowest' then summed.score + unrated * rules.lowest_score
      else summed.score
    end
  end::integer as score,
  case
    when rated > 0 and overall = 'summed' then case
      when unrated_standard = 'counts as lowest' then (rated + unrated) * rules.highest_score
      else rated * rules.highest_score
    end
  end::integer as max_score,
  rules.full_score,
  -- of its own standards: others than those of its programme it was not inspected on
  (summed.weights * rules.highest_score)::integer as most_points,
  -- each standard without a rating gives none or the most points, whether it was rated or not
  coalesce(summed.score, 0)::integer as least_score,
  (coalesce(summed.score, 0) + without_rating * rules.highest_score)::integer as most_score,
  (rated * rules.highest_score)::integer as least_max,
  ((rated + without_rating) * rules.highest_score)::integer as most_max,
  unknown is not null as has_unknown_standard,
  case
    when overall = 'none' then 'the edition has no overall rating'
    when overall = 'judged' then 'it is judged, not computed'
    -- how it is summed is known in full, or not at all
    when overall is null or overall_scores is null or full_score is null then 'the rule of the overall rating is not known'
    when unknown is not null then 'no rating is known for ' || unknown
    when unrated > 0 and (rated = 0 or coalesce(unrated_standard, 'overall not rated') = 'overall not rated')
      then concat_ws('; ', 'no relevant case for ' || without_cases, 'not rated: ' || not_rated)
  end as not_computed_because
from summed
join rating.inspection_rule as rules using (service_id, inspection_id);

comment on view rating.overall_score is 'An inspection and a kind of its score, with the ratings of its standards.';
comment on column rating.overall_score.kind is 'computed, or without discretion.';
comment on column rating.overall_score.evidence_rank is 'The weakest evidence of a key question, by its rank in core.evidence; NULL when there is none.';
comment on column rating.overall_score.standards is 'Codes of the edition''s standards, in its order.';
comment on column rating.overall_score.ratings is 'Their ratings, in step; NULL among them for a standard that is not rated.';
comment on column rating.overall_score.ranks is 'The ranks of these on the edition''s scale, in step.';
comment on column rating.overall_score.unrated_becauses is 'Why they have no rating, in step; NULL among them for a standard that has one.';
comment on column rating.overall_score.score is 'Points of the rated standards that count; NULL when none is rated.';
comment on column rating.overall_score.max_score is 'The most points they could have had; NULL when none is rated.';
comment on column rating.overall_score.overall is 'summed, judged, or none; NULL when not known.';
comment on column rating.overall_score.most_points is 'The most points that the standards of the inspection could have had; NULL where none counts.';
comment on column rating.overall_score.full_score is 'The most points there could be if every standard that counts were rated.';
comment on column rating.overall_score.has_unknown_standard is 'Whether the rating of a standard that counts is not known at all.';
