-- Ratings of standards
-- One row: an inspection and a standard of its edition.
-- Rule: lowest band of its key questions, unless a ratings panel used its discretion; qualitative standards as judged.
-- Computed columns and grounds are NULL for a qualitative standard and where not_computed_because says so.
create view analytics.standard_rating as
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
  standard.domain,
  standard.domain_title,
  scored.standard_code as standard,
  standard.title,
  series.standard_series,
  rules.programme,
  standard.basis,
  scored.lowest_percent::integer as lowest_percent,
  scored.driving_key_question,
  scored.tied_key_questions,
  scored.computed_rating,
  computed_scale.rating_rank::integer as computed_rating_rank,
  scored.rating,
  scored.rating_rank::integer as rating_rank,
  scored.rating_source,
  scored.weight is not null as counts,
  scored.weight::integer as weight,
  scored.score::integer as score,
  scored.discretion_to is not null as discretion,
  scored.discretion_from,
  from_scale.rating_rank::integer as discretion_from_rank,
  panel_decision.reason as discretion_reason,
  scored.near_boundary,
  scored.one_case_flips,
  scored.small_sample,
  published.rating as published_rating,
  published_scale.rating_rank::integer as published_rating_rank,
  coalesce(published.not_rated, false) as published_not_rated,
  scored.not_computed_because,
  scored.evidence,
  case
    when revised.code is not null then '[r]'
    when scored.rating is null then case scored.unrated_because when 'not known' then '[x]' else '[z]' end
  end as marker,
  key.as_of
from kept.standard_result as scored
join rating.inspection_key as key using (inspection_id)
join rating.standard_key as standard using (edition_code, standard_code)
left join rating.standard_series as series using (edition_code, standard_code)
join kept.rule_period as rules using (rule_set_id)
left join core.panel_decision using (inspection_id, standard_code)
left join core.published_standard_rating as published using (inspection_id, standard_code)
left join core.rating as computed_scale
  on computed_scale.edition_code = scored.edition_code and computed_scale.rating = scored.computed_rating
left join core.rating as from_scale on from_scale.edition_code = scored.edition_code and from_scale.rating = scored.discretion_from
left join core.rating as published_scale
  on published_scale.edition_code = scored.edition_code and published_scale.rating = published.rating
left join (select inspection_id, code from core.recorded_rating where is_revision group by inspection_id, code) as revised
  on revised.inspection_id = scored.inspection_id and revised.code = scored.standard_code;

comment on view analytics.standard_rating is
  'One row an inspection and standard: what was computed, what a panel decided, what was judged, what was published.';
