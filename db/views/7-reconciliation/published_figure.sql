-- What was published of inspections, figure by figure
-- One row: an inspection and a rating that was published of it, of a standard or overall, or its score.
-- rating is NULL of the score, and where it was published that there is no rating; the columns of the score are NULL of ratings.
create view rating.published_figure as
select
  inspection_id,
  'overall' as code,
  rating,
  not_rated,
  null::smallint as score,
  null::smallint as out_of,
  null::numeric as score_percent
from core.published_overall
where rating is not null or not_rated
union all
select inspection_id, 'score', null, false, score, out_of, score_percent
from core.published_overall
where coalesce(score, score_percent) is not null
union all
select inspection_id, standard_code, rating, not_rated, null, null, null
from core.published_standard_rating
where rating is not null or not_rated;

comment on view rating.published_figure is 'A rating that was published of an inspection, or its score.';
comment on column rating.published_figure.code is 'Code of the standard; overall, or score.';
comment on column rating.published_figure.rating is 'Rating as published; NULL of the score, and where it was published that there is none.';
comment on column rating.published_figure.not_rated is 'Whether it was published that there is no rating.';
comment on column rating.published_figure.score is 'Score as published (points); NULL of ratings, and where only its percentage was published.';
comment on column rating.published_figure.out_of is 'Maximum beside the published score (points); NULL of ratings, and when not said.';
comment on column rating.published_figure.score_percent is 'Score as published in percent of the maximum; NULL of ratings, and when not said.';
