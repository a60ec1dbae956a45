-- Overall ratings
-- One row: an inspection.
-- Rule: the overall rating that the rules give for the computed score. Where they give none, the published one is kept, and
-- rating_source says so: it is the judgement where the edition has overall judged. No score where ratings of standards are not known at
-- all, because the points of the known standards are no score.
-- Without discretion each rating that a panel replaced is as it was computed; where no panel decided, it is the same.
-- rating is NULL when there is none; not_computed_because says why the rules give none.
create view rating.overall_result as
with banded as (
  -- both scores of an inspection in one row: joined to itself, the view would be computed anew for each inspection
  select
    service_id,
    inspection_id,
    edition_code,
    max(overall) filter (where kind = 'computed') as overall,
    max(evidence_rank) filter (where kind = 'computed') as evidence_rank,
    bool_or(has_unknown_standard) filter (where kind = 'computed') as has_unknown_standard,
    max(score) filter (where kind = 'computed') as score,
    max(max_score) filter (where kind = 'computed') as max_score,
    max(most_points) filter (where kind = 'computed') as most_points,
    max(rating) filter (where kind = 'computed') as rating,
    max(rating_rank) filter (where kind = 'computed') as rating_rank,
    max(limited_by) filter (where kind = 'computed') as limited_by,
    max(not_computed_because) filter (where kind = 'computed') as not_computed_because,
    max(printed_rating) filter (where kind = 'computed') as printed_rating,
    bool_or(kind = 'without discretion') as is_decided,
    max(score) filter (where kind = 'without discretion') as score_without,
    max(rating) filter (where kind = 'without discretion') as rating_without,
    max(rating_rank) filter (where kind = 'without discretion') as rank_without
  from rating.overall_band
  where kind in ('computed', 'without discretion')
  group by service_id, inspection_id, edition_code
)
select
  banded.service_id,
  banded.inspection_id,
  banded.edition_code,
  coalesce(evidence.evidence, 'ratings only') as evidence,
  case when not banded.has_unknown_standard then banded.score end as score,
  case when not banded.has_unknown_standard then banded.max_score end as max_score,
  banded.most_points,
  coalesce(banded.rating, banded.printed_rating) as rating,
  coalesce(banded.rating_rank, scale.rating_rank)::integer as rating_rank,
  case
    when banded.rating is not null then 'computed'
    when banded.printed_rating is not null then case when banded.overall = 'judged' then 'judgement' else 'published' end
  end as rating_source,
  case when not banded.has_unknown_standard then case when banded.is_decided then banded.score_without else banded.score end end
    as score_without_discretion,
  case when banded.is_decided then banded.rating_without else banded.rating end as rating_without_discretion,
  case when banded.is_decided then banded.rank_without else banded.rating_rank end as rating_without_discretion_rank,
  banded.has_unknown_standard,
  banded.limited_by,
  banded.not_computed_because
from banded
left join core.rating as scale on scale.edition_code = banded.edition_code and scale.rating = banded.printed_rating
left join core.evidence using (evidence_rank);

comment on view rating.overall_result is 'An inspection with its score and its overall rating.';
comment on column rating.overall_result.score is 'Points of the standards that count; NULL when none is rated, or the rating of one is not known.';
comment on column rating.overall_result.most_points is 'The most points that its standards could have had; NULL where none counts.';
comment on column rating.overall_result.rating_source is 'One of: computed, judgement, published; NULL when not rated.';
comment on column rating.overall_result.has_unknown_standard is 'Whether the rating of a standard that counts is not known at all.';
