-- What is rated of an inspection
-- One row: an inspection and a standard of its edition, or 'overall', that has a rating.
-- Rule: ratings that stand (after discretion, or as judged or published), with the score where there is one.
-- score and max_score are NULL for a standard that does not count, and for an overall rating that is only published.
create view rating.rated_subject as
select
  standard.service_id,
  standard.inspection_id,
  standard.edition_code,
  standard.standard_code,
  standard.rating,
  standard.rating_rank::integer,
  standard.rating_source,
  standard.score::integer,
  case when standard.score is not null then rules.highest_score * standard.weight end as max_score
from kept.standard_result as standard
join kept.rule_period as rules using (rule_set_id)
where standard.rating is not null
union all
select
  service_id,
  inspection_id,
  edition_code,
  'overall',
  rating,
  rating_rank,
  rating_source,
  score,
  max_score
from kept.overall_result
where rating is not null;

comment on view rating.rated_subject is 'An inspection and a standard of its edition, or overall, with the rating that stands.';
comment on column rating.rated_subject.standard_code is 'Code of the standard; overall for the overall rating.';
comment on column rating.rated_subject.rating_source is 'One of: panel decision, judgement, computed, published.';
comment on column rating.rated_subject.score is 'Points of the rating, or the score; NULL where there is none.';
