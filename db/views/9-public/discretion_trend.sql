-- Professional discretion by year
-- One row: a year, an edition and a case-based standard; real and invented inspections apart.
-- Rule: decisions over a computed rating, of all inspections in which the standard has a computed one; also 0 of them. A
-- decision over a rating that could not be computed is counted by itself (decisions_not_computed). Grounds are those that the computed
-- figures give: a decision may have several. One is without ground when none is met, and its ground unknown when none is met as far
-- as counts are known, and some are not. Intervals are Wilson's, at the levels of display_rule.
-- percent and the ends of intervals are NULL when the standard is computed in no inspection.
create view analytics.discretion_trend as
with decided as (
  select
    inspection.year,
    inspection.is_synthetic,
    result.edition_code,
    result.standard_code,
    result.computed_rating is not null as is_computed,
    result.discretion_to is not null as is_decided,
    after.rating_rank > before.rating_rank as is_up,
    result.near_boundary,
    result.one_case_flips,
    result.small_sample
  from kept.standard_result as result
  join core.inspection using (inspection_id, edition_code)
  left join core.rating as before
    on before.edition_code = result.edition_code and before.rating = result.discretion_from
  left join core.rating as after
    on after.edition_code = result.edition_code and after.rating = result.discretion_to
),
counted as (
  select
    year,
    is_synthetic,
    edition_code,
    standard_code,
    (count(*) filter (where is_computed))::integer as inspections,
    (count(*) filter (where not is_computed))::integer as inspections_not_computed,
    (count(*) filter (where is_decided and is_computed))::integer as decisions,
    (count(*) filter (where is_decided and is_computed and is_up))::integer as up,
    (count(*) filter (where is_decided and is_computed and not is_up))::integer as down,
    (count(*) filter (where is_decided and is_computed and near_boundary))::integer as decisions_near_boundary,
    (count(*) filter (where is_decided and is_computed and one_case_flips))::integer as decisions_one_case_flips,
    (count(*) filter (where is_decided and is_computed and small_sample))::integer as decisions_small_sample,
    (count(*) filter (where is_decided and is_computed and not (near_boundary or one_case_flips or small_sample)))::integer
      as decisions_without_ground,
    (count(*) filter (where is_decided and is_computed and (near_boundary or one_case_flips or small_sample) is null))::integer
      as decisions_ground_unknown,
    (count(*) filter (where is_decided and not is_computed))::integer as decisions_not_computed
  from decided
  group by year, is_synthetic, edition_code, standard_code
)
select
  counted.year,
  counted.is_synthetic,
  counted.edition_code as edition,
  standard.domain,
  standard.domain_title,
  counted.standard_code as standard,
  standard.title,
  series.standard_series,
  counted.inspections,
  counted.inspections_not_computed,
  counted.decisions,
  counted.up,
  counted.down,
  rating.percentage(counted.decisions, counted.inspections, display.rounding) as percent,
  rating.wilson_low(counted.decisions, counted.inspections, display.z) as low,
  rating.wilson_high(counted.decisions, counted.inspections, display.z) as high,
  rating.wilson_low(counted.decisions, counted.inspections, display.z_95) as low_95,
  rating.wilson_high(counted.decisions, counted.inspections, display.z_95) as high_95,
  counted.decisions_near_boundary,
  counted.decisions_one_case_flips,
  counted.decisions_small_sample,
  counted.decisions_without_ground,
  counted.decisions_ground_unknown,
  counted.decisions_not_computed
from counted
join rating.standard_key as standard using (edition_code, standard_code)
left join rating.standard_series as series using (edition_code, standard_code)
cross join rating.display_rule as display
where standard.basis = 'cases';

comment on view analytics.discretion_trend is
  'One row a year, edition and case-based standard: how often a ratings panel replaced the computed rating, upwards or downwards, and on which grounds it might.';
