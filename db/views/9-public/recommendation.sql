-- Recommendations
-- One row: a recommendation whose addressee was read.
-- An inspection of which only the number of recommendations is known has none here (see inspection.recommendations_made).
create view analytics.recommendation as
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
  recommendation.recommendation_no::integer as recommendation_no,
  recommendation.addressed_to,
  recommendation.summary,
  recommendation.domain_code as domain,
  domain.title as domain_title,
  recommendation.place
from core.recommendation
join rating.inspection_key as key using (inspection_id)
left join core.domain on domain.edition_code = recommendation.edition_code and domain.domain_code = recommendation.domain_code;

comment on view analytics.recommendation is 'One row a recommendation: to whom it is addressed, and one line of what.';
