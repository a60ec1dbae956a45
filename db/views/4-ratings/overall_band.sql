-- Overall ratings of scores
-- One row: an inspection and a score of it: the one that is computed, the one without discretion where a panel decided, and the one
-- that its report prints.
-- Rule: the score is banded; a limiting judgement caps the result. Of a smaller maximum the bands are taken in proportion, where
-- the edition says so; a printed maximum that is not the edition's is banded only then. Bands begin at whole points, so that a
-- share of the maximum reaches one just when it does without its fraction. An unrated standard does not limit; one whose
-- rating is not known and that might have limited overall to what is printed is named.
-- rating is NULL when the rules give none.
create view rating.overall_band as
with given as (
  -- a filter on kind reaches what it is about, and leaves out the other arm
  select
    scored.service_id,
    scored.inspection_id,
    scored.edition_code,
    scored.overall,
    scored.overall_scores,
    scored.overall_ranks,
    scored.limits,
    scored.unrated_standard,
    scored.full_score,
    scored.standards,
    scored.ratings,
    scored.ranks,
    scored.unrated_becauses,
    scored.evidence_rank,
    scored.has_unknown_standard,
    scored.not_computed_because,
    scored.least_score,
    scored.most_score,
    scored.least_max,
    scored.most_max,
    printed.rating as printed_rating,
    scored.kind,
    scored.score,
    scored.max_score,
    case when scored.not_computed_because is null then scored.score end as banded_score
  from rating.overall_score as scored
  left join core.published_overall as printed using (inspection_id)
  union all
  select
    scored.service_id,
    scored.inspection_id,
    scored.edition_code,
    scored.overall,
    scored.overall_scores,
    scored.overall_ranks,
    scored.limits,
    scored.unrated_standard,
    scored.full_score,
    scored.standards,
    scored.ratings,
    scored.ranks,
    scored.unrated_becauses,
    scored.evidence_rank,
    scored.has_unknown_standard,
    scored.not_computed_because,
    scored.least_score,
    scored.most_score,
    scored.least_max,
    scored.most_max,
    printed.rating as printed_rating,
    'printed',
    printed.score::integer,
    coalesce(printed.out_of, scored.full_score)::integer,
    printed.score::integer
  from rating.overall_score as scored
  join core.published_overall as printed using (inspection_id)
  where scored.kind = 'computed'
    and printed.score is not null
    and scored.overall = 'summed'
    and (coalesce(printed.out_of, scored.full_score) = scored.full_score or scored.unrated_standard = 'bands in proportion')
),
scored as (
  select
    given.*,
    case
      when banded_score is null then null
      -- where no rating has points, every band is reached
      when max_score = 0 then cardinality(overall_scores)
      else nullif(width_bucket(banded_score * full_score / max_score, overall_scores), 0)
    end as band
  from given
)
select
  scored.service_id,
  scored.inspection_id,
  scored.kind,
  scored.edition_code,
  scored.overall,
  scored.evidence_rank,
  scored.score,
  scored.max_score,
  scored.has_unknown_standard,
  scored.not_computed_because,
  scored.least_score,
  scored.most_score,
  scored.least_max,
  scored.most_max,
  scored.limits,
  scored.overall_ranks[width_bucket(scored.least_score, scored.overall_scores)] as lowest_rank,
  scored.overall_ranks[width_bucket(scored.most_score, scored.overall_scores)] as highest_rank,
  scale.rating,
  scale.rating_rank::integer as rating_rank,
  capped.limited_by,
  capped.might_be_limited_by,
  scored.printed_rating
from scored
left join lateral (
  select
    -- the lowest ceiling; the first of several
    (array_agg(ceiling_rank order by ceiling_rank, limit_no) filter (where low >= minimum_standards))[1] as ceiling_rank,
    (array_agg(low_standards || ': overall at most ' || overall_at_most order by ceiling_rank, limit_no)
      filter (where low >= minimum_standards))[1] as limited_by,
    string_agg(unknown_standards, ', ' order by limit_no)
      filter (where low < minimum_standards and low + unknown >= minimum_standards and overall_at_most = scored.printed_rating)
      as might_be_limited_by
  from (
    select
      limit_rule.limit_no,
      limit_rule.ceiling_rank,
      limit_rule.minimum_standards,
      limit_rule.overall_at_most,
      count(*) filter (where standard.rating_rank <= limit_rule.threshold_rank) as low,
      string_agg(standard.code || ' ' || standard.rating, ', ' order by standard.place)
        filter (where standard.rating_rank <= limit_rule.threshold_rank) as low_standards,
      count(*) filter (where standard.unrated_because = 'not known') as unknown,
      string_agg(standard.code, ', ' order by standard.place) filter (where standard.unrated_because = 'not known') as unknown_standards
    from jsonb_to_recordset(scored.limits) as limit_rule (
      limit_no integer, standards text[], threshold_rank integer, minimum_standards integer, overall_at_most text, ceiling_rank integer
    )
    cross join unnest(scored.standards, scored.ratings, scored.ranks, scored.unrated_becauses)
      with ordinality as standard (code, rating, rating_rank, unrated_because, place)
    where standard.code = any (limit_rule.standards)
      and limit_rule.ceiling_rank < scored.overall_ranks[scored.band]
    group by limit_rule.limit_no, limit_rule.ceiling_rank, limit_rule.minimum_standards, limit_rule.overall_at_most
  ) as limited
) as capped on true
left join core.rating as scale
  on scale.edition_code = scored.edition_code
  and scale.rating_rank = least(scored.overall_ranks[scored.band], capped.ceiling_rank);

comment on view rating.overall_band is 'An inspection and a score of it, computed, without discretion, or printed, with the overall rating that the rules give.';
comment on column rating.overall_band.kind is 'computed, without discretion, or printed.';
comment on column rating.overall_band.evidence_rank is 'The weakest evidence of a key question, by its rank in core.evidence; NULL when there is none.';
comment on column rating.overall_band.score is 'Points; NULL when they are not known.';
comment on column rating.overall_band.might_be_limited_by is 'Codes of standards whose rating is not known and that might have limited it to what is printed; NULL when there is none.';
comment on column rating.overall_band.printed_rating is 'The overall rating that the report prints; NULL when it prints none.';
comment on column rating.overall_band.lowest_rank is 'Rank of the overall rating of the fewest points that its known ratings allow, before any limiting judgement; NULL where the edition has no overall band.';
comment on column rating.overall_band.highest_rank is 'Rank of the overall rating of the most points that its known ratings allow, before any limiting judgement; NULL where the edition has no overall band.';
