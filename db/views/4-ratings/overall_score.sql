-- Scores
-- One row: an inspection.
-- Rule: the scores of the standards that count are summed. When one that counts is unrated for want of a relevant case,
-- rule_set.unrated_standard says what happens: overall is not rated, or the bands shrink in proportion to the maximum, or the
-- standard scores the lowest. One of which no rating is known always leaves overall unrated.
-- score and max_score cover the rated standards only, and are NULL when none is rated; not_rated_because is NULL when overall can
-- be rated.
create view rating.overall_score as
with summed as (
  select
    service_id,
    inspection_id,
    count(*) filter (where counts) as counting,
    count(*) filter (where counts and rating is not null) as rated,
    count(*) filter (where counts and unrated_because = 'no relevant case') as without_cases,
    sum(score) as score,
    string_agg(standard_code, ', ' order by position) filter (where counts and unrated_because = 'no relevant case')
      as without_cases_codes,
    string_agg(standard_code, ', ' order by position) filter (where counts and unrated_because = 'not known') as unknown_codes,
    array_agg(standard_code order by position) as standards,
    array_agg(rating order by position) as ratings,
    array_agg(rating_rank::integer order by position) as ranks,
    max(evidence_rank)::integer as evidence_rank
  from kept.standard_result
  join core.standard using (edition_code, standard_code)
  group by service_id, inspection_id
)
select
  summed.service_id,
  summed.inspection_id,
  rules.edition_code,
  rules.rule_set_id,
  rules.overall_scores,
  rules.overall_ranks,
  rules.limits,
  rules.unrated_standard,
  summed.evidence_rank,
  summed.standards,
  summed.ratings,
  summed.ranks,
  case
    when rated > 0 then case unrated_standard
      when 'counts as lowest' then summed.score + without_cases * rules.lowest_score
      else summed.score
    end
  end::integer as score,
  case
    when rated > 0 then case unrated_standard
      when 'counts as lowest' then (rated + without_cases) * rules.highest_score
      else rated * rules.highest_score
    end
  end::integer as max_score,
  (counting * rules.highest_score)::integer as full_score,
  unknown_codes is not null as has_unknown_standard,
  case
    when unknown_codes is not null then 'no rating is known for ' || unknown_codes
    when without_cases_codes is not null and (rated = 0 or unrated_standard = 'overall not rated')
      then 'no relevant case for ' || without_cases_codes
  end as not_rated_because
from summed
join rating.inspection_rule as rules using (service_id, inspection_id);

comment on view rating.overall_score is 'An inspection with its score, and with the ratings of its standards.';
comment on column rating.overall_score.evidence_rank is 'The weakest evidence of a key question, by its rank in core.evidence; NULL when there is none.';
comment on column rating.overall_score.standards is 'Codes of the edition''s standards, in its order.';
comment on column rating.overall_score.ratings is 'Their ratings, in step; NULL among them for a standard that is not rated.';
comment on column rating.overall_score.ranks is 'The ranks of these on the edition''s scale, in step.';
comment on column rating.overall_score.score is 'Points of the rated standards that count; NULL when none is rated.';
comment on column rating.overall_score.max_score is 'The most points they could have had; NULL when none is rated.';
comment on column rating.overall_score.full_score is 'The most points there could be if every standard that counts were rated.';
comment on column rating.overall_score.has_unknown_standard is 'Whether the rating of a standard that counts is not known at all.';
