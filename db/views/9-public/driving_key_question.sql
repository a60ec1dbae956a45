-- Key questions that set ratings
-- One row: an inspection, a case-based standard with a computed rating, and a key question at its lowest percentage.
-- Rule: the computed rating, before discretion, is the lowest band among the standard's key questions; where several tie, each has a row.
-- Never NULL but for what the inspection's own columns say.
create view analytics.driving_key_question as
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
  standard.domain,
  standard.domain_title,
  result.standard_code as standard,
  standard.title,
  driving.key_question,
  result.tied_key_questions is not null as is_tied,
  result.computed_rating,
  scale.rating_rank::integer as computed_rating_rank
from kept.standard_result as result
join rating.inspection_key as key using (service_id, inspection_id)
join rating.standard_key as standard on standard.edition_code = result.edition_code and standard.standard_code = result.standard_code
join core.rating as scale on scale.edition_code = result.edition_code and scale.rating = result.computed_rating
cross join lateral unnest(result.driving_key_question || result.tied_key_questions) as driving (key_question);

comment on view analytics.driving_key_question is
  'One row an inspection, case-based standard and key question that set its computed rating; several where they tie.';
