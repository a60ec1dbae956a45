-- What is rated of an inspection
-- One row: an inspection and a standard, or 'overall', that has a rating.
-- Rule: ratings that stand (after discretion, or as judged or published), with the score where there is one.
-- score and max_score are NULL for a standard that does not count, and for an overall rating that is only published.
create view rating.rated_subject as
select
  kept.inspection_id,
  kept.edition_code,
  kept.standard_code,
  kept.rating,
  kept.rating_rank::integer as rating_rank,
  kept.score,
  case when kept.score is not null then points.most end as max_score
from result.standard as kept
join rating.inspection_rule using (inspection_id)
join (select rule_set_id, max(score)::integer as most from core.rating_score group by rule_set_id) as points using (rule_set_id)
where kept.rating is not null
union all
select
  overall.inspection_id,
  inspection.edition_code,
  'overall',
  overall.rating,
  scale.rating_rank::integer,
  case when not scored.has_unknown_standard then scored.score end,
  case when not scored.has_unknown_standard then scored.max_score end
from rating.overall_kept as overall
join result.overall as scored using (inspection_id)
join core.inspection using (inspection_id)
join core.rating as scale on scale.edition_code = inspection.edition_code and scale.rating = overall.rating;

comment on view rating.rated_subject is 'An inspection and a standard of its edition, or overall, with the rating that stands.';
comment on column rating.rated_subject.standard_code is 'Code of the standard; overall for the overall rating.';
comment on column rating.rated_subject.score is 'Points of the rating, or the score; NULL where there is none.';
