-- Overall ratings
-- One row: an inspection.
-- Rule: scores of the counting standards summed, banded and limited by the edition's rules. Where ratings of standards are
-- not known at all, the published overall rating is kept and nothing is computed (rating_source says so): no score either,
-- because the points of the known standards are no score.
-- rating is NULL when neither gives one; not_rated_because says why.
create view analytics.overall_rating as
select
  key.inspection_id,
  key.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  scored.score,
  scored.max_score,
  scored.rating,
  scored.rating_rank,
  case
    when scored.computed_rating is not null then 'computed'
    when scored.rating is not null then 'published'
  end as rating_source,
  scored.computed_rating,
  scored.limited_by,
  scored.not_rated_because,
  published.score::integer as published_score,
  published.score_percent as published_score_percent,
  published.out_of::integer as published_out_of,
  published.rating as published_rating,
  case when revised.inspection_id is not null then '[r]' end as marker
from rating.overall_result as scored
join rating.inspection_key as key using (service_id, inspection_id)
left join core.published_overall as published using (inspection_id)
left join (select inspection_id from core.recorded_rating where is_revision and code = 'overall' group by inspection_id) as revised
  on revised.inspection_id = key.inspection_id;

comment on view analytics.overall_rating is 'One row an inspection: score, maximum, overall rating, and what was published. Key: inspection_id.';
comment on column analytics.overall_rating.score is
  'Points of the standards that count, of max_score; NULL when none is rated or the rating of one is not known (see published_score then).';
comment on column analytics.overall_rating.max_score is
  'The most points that there could have been: fewer where a standard had no relevant case (not_rated_because); NULL where score is.';
comment on column analytics.overall_rating.rating is 'Overall rating by the edition''s rules, or as published where standards'' ratings are not known; NULL when not rated.';
comment on column analytics.overall_rating.rating_rank is 'Rank of rating on the edition''s scale, 0 the lowest, for sorting; NULL when not rated.';
comment on column analytics.overall_rating.computed_rating is 'The overall rating by the edition''s rules; NULL when they give none.';
comment on column analytics.overall_rating.rating_source is 'One of: computed, published; NULL when not rated.';
comment on column analytics.overall_rating.marker is '[r] revised: rating or score was another one before (see rating_version); NULL otherwise.';
comment on column analytics.overall_rating.published_rating is 'Overall rating as the report prints it; NULL when it prints none.';
