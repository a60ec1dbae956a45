-- Standards of a service over its inspections
-- One row: an inspection and a standard of its edition, among the inspections of the same service.
-- Rule: the rating that stands, beside the one of the same standard in the inspection before. After a change of edition that is the
-- standard which it continues, by its key questions (see crosswalk of questions); where there is none, the series begins anew.
-- previous_rating is NULL for the first inspection, where the standard continues none of the edition before, and where that one was
-- not rated; rating_change is NULL where one of the two is. continues is NULL for the first inspection.
create view analytics.standard_history as
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
  series.standard_series,
  result.rating,
  result.rating_rank::integer as rating_rank,
  earlier.rating as previous_rating,
  earlier.rating_rank::integer as previous_rating_rank,
  (result.rating_rank - earlier.rating_rank)::integer as rating_change,
  before.previous_inspection_id,
  before.previous_edition_code as previous_edition,
  continued.from_standard_code as previous_standard,
  before.days_since,
  case when before.previous_inspection_id is not null then continued.from_standard_code is not null end as continues,
  key.as_of
from rating.inspection_key as key
join kept.standard_result as result using (service_id, inspection_id)
join rating.standard_key as standard
  on standard.edition_code = result.edition_code and standard.standard_code = result.standard_code
left join rating.standard_series as series
  on series.edition_code = result.edition_code and series.standard_code = result.standard_code
left join rating.inspection_before as before on before.service_id = key.service_id and before.inspection_id = key.inspection_id
left join rating.standard_continuation as continued
  on continued.edition_code = result.edition_code
  and continued.standard_code = result.standard_code
  and continued.from_edition_code = before.previous_edition_code
-- of other inspections: by itself, it is brought together before it is joined where tables are distributed
left join (select inspection_id, standard_code, rating, rating_rank from kept.standard_result) as earlier
  on earlier.inspection_id = before.previous_inspection_id
  and earlier.standard_code = continued.from_standard_code;

comment on view analytics.standard_history is
  'One row an inspection and standard: its rating beside that of the inspection before, also where the edition changed.';
