-- Scores to compare services by
-- One row: an inspection.
-- Rule: the score that is computed; where that is not known because ratings of standards are not, the published one. It is of the
-- maximum that is published beside it, else of the most points that the edition's rules give. score_share is in proportion to the
-- maximum, so that a score of a smaller one can be compared; it is exact enough for ties to be ties.
-- score and max_score are NULL where neither score is known in points, score_share where it is not known at all.
create view rating.score_standing as
select
  result.service_id,
  result.inspection_id,
  result.edition_code,
  result.evidence,
  result.rating,
  result.rating_rank,
  case
    when result.score is not null then 'computed'
    when coalesce(printed.score, printed.score_percent) is not null then 'published'
  end as score_source,
  coalesce(result.score, printed.score)::integer as score,
  case
    when result.score is not null then result.max_score
    when printed.score is not null then coalesce(printed.out_of, result.most_points)
  end::integer as max_score,
  coalesce(
    result.score::numeric / nullif(result.max_score, 0),
    case when result.score is null then printed.score::numeric / nullif(coalesce(printed.out_of, result.most_points), 0) end,
    case when result.score is null then printed.score_percent / 100 end
  ) as score_share
from kept.overall_result as result
left join core.published_overall as printed on printed.inspection_id = result.inspection_id;

comment on view rating.score_standing is 'An inspection with the score by which services are compared: computed, else published.';
comment on column rating.score_standing.score_source is 'One of: computed, published; NULL when no score is known.';
comment on column rating.score_standing.score is 'Points, computed or published; NULL when not known in points.';
comment on column rating.score_standing.max_score is 'The most points there could have been; NULL where score is.';
comment on column rating.score_standing.score_share is 'The score in proportion to the maximum, between 0 and 1; NULL when no score is known.';
