-- What has no rating
-- One row: an inspection and a standard that its programme inspects, or 'overall', without a rating.
-- Rule: not rated where no case is relevant, the report says so, or the rules of a whole set of ratings give none; else not known.
-- Never NULL.
create view rating.unrated_subject as
select
  service_id,
  inspection_id,
  edition_code,
  standard_code,
  case unrated_because when 'not known' then 'not known' else 'not rated' end as state
from kept.standard_result
where rating is null
union all
select
  result.service_id,
  result.inspection_id,
  result.edition_code,
  'overall',
  case when published.not_rated or not result.has_unknown_standard then 'not rated' else 'not known' end
from kept.overall_result as result
left join core.published_overall as published on published.inspection_id = result.inspection_id
where result.rating is null;

comment on view rating.unrated_subject is 'An inspection and a standard of its edition, or overall, that has no rating.';
comment on column rating.unrated_subject.standard_code is 'Code of the standard; overall for the overall rating.';
comment on column rating.unrated_subject.state is 'not rated, or not known.';
