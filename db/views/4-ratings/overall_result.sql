-- Overall ratings
-- One row: an inspection.
-- Rule: the overall rating that the rules give for the computed score. Where they give none, the published one is kept, and
-- rating_source says so: it is the judgement where the edition has overall judged. No score where ratings of standards are not known at
-- all, because the points of the known standards are no score.
-- rating is NULL when there is none; not_rated_because says why the rules give none.
create view rating.overall_result as
select
  banded.service_id,
  banded.inspection_id,
  banded.edition_code,
  coalesce(evidence.evidence, 'ratings only') as evidence,
  case when not banded.has_unknown_standard then banded.score end as score,
  case when not banded.has_unknown_standard then banded.max_score end as max_score,
  coalesce(banded.rating, banded.printed_rating) as rating,
  coalesce(banded.rating_rank, scale.rating_rank)::integer as rating_rank,
  case
    when banded.rating is not null then 'computed'
    when banded.printed_rating is not null then case banded.overall when 'judged' then 'judgement' else 'published' end
  end as rating_source,
  banded.has_unknown_standard,
  banded.limited_by,
  banded.not_rated_because
from rating.overall_band as banded
left join core.rating as scale on scale.edition_code = banded.edition_code and scale.rating = banded.printed_rating
left join core.evidence using (evidence_rank)
where banded.kind = 'computed';

comment on view rating.overall_result is 'An inspection with its score and its overall rating.';
comment on column rating.overall_result.score is 'Points of the standards that count; NULL when none is rated, or the rating of one is not known.';
comment on column rating.overall_result.rating_source is 'One of: computed, judgement, published; NULL when not rated.';
comment on column rating.overall_result.has_unknown_standard is 'Whether the rating of a standard that counts is not known at all.';
