-- Overall ratings that stand
-- One row: an inspection.
-- Rule: the computed rating; the published one where ratings of standards are not known at all.
-- rating is NULL when neither gives one.
create view rating.overall_kept as
select
  scored.inspection_id,
  coalesce(scored.computed_rating, case when scored.has_unknown_standard then published.rating end) as rating
from result.overall as scored
left join core.published_overall as published using (inspection_id);

comment on view rating.overall_kept is 'An inspection with the overall rating that stands.';
comment on column rating.overall_kept.rating is 'Overall rating by the edition''s rules, or as published where standards'' ratings are not known; NULL when not rated.';
