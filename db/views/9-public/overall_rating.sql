-- Overall ratings
-- One row: an inspection.
-- Rule: scores of the counting standards summed, banded and limited by the edition's rules. Where these give no rating, the published
-- one is shown (rating_source says so, and not_computed_because why): it is never lost. Where ratings of standards are not known at all
-- there is no score either, because the points of the known standards are no score.
-- What the score and the rating would be without discretion stands beside; where no panel decided, it is the same.
-- rating is NULL when neither gives one; not_rated_because says why, and is NULL otherwise.
create view analytics.overall_rating as
select
  key.inspection_id,
  scored.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  rules.programme,
  scored.score,
  scored.max_score,
  scored.rating,
  scored.rating_rank,
  scored.rating_source,
  scored.score_without_discretion,
  scored.rating_without_discretion,
  scored.rating_without_discretion_rank,
  scored.limited_by,
  case when scored.rating is null then scored.not_computed_because end as not_rated_because,
  scored.not_computed_because,
  published.score::integer as published_score,
  published.score_percent as published_score_percent,
  published.out_of::integer as published_out_of,
  published.rating as published_rating,
  published_scale.rating_rank::integer as published_rating_rank,
  coalesce(published.not_rated, false) as published_not_rated,
  case
    when revised.inspection_id is not null then '[r]'
    when scored.rating is null then case when published.not_rated or not scored.has_unknown_standard then '[z]' else '[x]' end
  end as marker,
  key.as_of,
  key.fieldwork_precision,
  key.is_listed_only,
  scored.evidence
from kept.overall_result as scored
join rating.inspection_key as key using (inspection_id)
join rating.inspection_rule as rules using (inspection_id)
left join core.published_overall as published on published.inspection_id = scored.inspection_id
left join core.rating as published_scale
  on published_scale.edition_code = scored.edition_code and published_scale.rating = published.rating
left join (select inspection_id from core.recorded_rating where is_revision and code = 'overall' group by inspection_id) as revised
  on revised.inspection_id = key.inspection_id;

comment on view analytics.overall_rating is 'One row an inspection: score, maximum, overall rating, and what was published.';
