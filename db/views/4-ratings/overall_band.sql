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
  -- values, not a union: of the ratings below there is one already, and a union of unions can't go to where the inspections are
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
    scored.most_points,
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
    score.kind,
    score.score,
    score.max_score,
    score.banded_score
  from rating.overall_score as scored
  left join core.published_overall as printed using (inspection_id)
  cross join lateral (
    values
      (scored.kind, scored.score, scored.max_score, case when scored.not_computed_because is null then scored.score end),
      ('printed', printed.score::integer, coalesce(printed.out_of, scored.full_score)::integer, printed.score::integer)
  ) as score (kind, score, max_score, banded_score)
  where score.kind <> 'printed'
    or (
      scored.kind = 'computed'
      and printed.score is not null
      and scored.overall = 'summed'
      and (coalesce(printed.out_of, scored.full_score) = scored.full_score or scored.unrated_standard = 'bands in proportion')
    )
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
  scored.most_points,
  scored.standards,
  scored.ranks,
  scored.unrated_becauses,
  scored.limits,
  scored.overall_ranks[width_bucket(scored.least_score, scored.overall_scores)] as lowest_rank,
  scored.overall_ranks[width_bucket(scored.most_score, scored.overall_scores)] as highest_rank,
  scale.rating,
  scale.rating_rank::integer as rating_rank,
  capped.limited_by,
  capped.might_be_limited_by,
  scored.printed_rating
from scored
left join lateral rating.limits_reached(
  scored.limits,
  scored.overall_ranks[scored.band],
  scored.printed_rating,
  scored.standards,
  scored.ratings,
  scored.ranks,
  scored.unrated_becauses
) as capped on true
left join core.rating as scale
  on scale.edition_code = scored.edition_code
  and scale.rating_rank = least(scored.overall_ranks[scored.band], capped.ceiling_rank);

comment on view rating.overall_band is 'An inspection and a score of it, computed, without discretion, or printed, with the overall rating that the rules give.';
comment on column rating.overall_band.kind is 'computed, without discretion, or printed.';
comment on column rating.overall_band.evidence_rank is 'The weakest evidence of a key question, by its rank in core.evidence; NULL when there is none.';
comment on column rating.overall_band.most_points is 'The most points that the standards of the inspection could have had; NULL where none counts.';
comment on column rating.overall_band.standards is 'Codes of the edition''s standards, in its order.';
comment on column rating.overall_band.ranks is 'The ranks of their ratings on the edition''s scale, in step; NULL among them for a standard that is not rated.';
comment on column rating.overall_band.unrated_becauses is 'Why they have no rating, in step; NULL among them for a standard that has one.';
comment on column rating.overall_band.score is 'Points; NULL when they are not known.';
comment on column rating.overall_band.might_be_limited_by is 'Codes of standards whose rating is not known and that might have limited it to what is printed; NULL when there is none.';
comment on column rating.overall_band.printed_rating is 'The overall rating that the report prints; NULL when it prints none.';
comment on column rating.overall_band.lowest_rank is 'Rank of the overall rating of the fewest points that its known ratings allow, before any limiting judgement; NULL where the edition has no overall band.';
comment on column rating.overall_band.highest_rank is 'Rank of the overall rating of the most points that its known ratings allow, before any limiting judgement; NULL where the edition has no overall band.';
