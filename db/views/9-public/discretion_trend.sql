-- Professional discretion by year
-- One row: a year, an edition, a case-based standard, and a direction in which a panel may decide: up or down; real and
-- invented inspections apart.
-- Rule: decisions over a computed rating, of all inspections in which the standard has a computed one; also 0 of them. A
-- decision over a rating that could not be computed is counted by itself (not_computed). Grounds are those that the computed
-- figures give: a decision may have several. One is in no_ground when none is met, and in ground_unknown when none is met as far
-- as counts are known, and some are not. Intervals are Wilson's, at the levels of display_rule.
-- percent and the ends of intervals are NULL when the standard is computed in no inspection.
create view analytics.discretion_trend as
with counted as (
  select
    inspection.year,
    inspection.is_synthetic,
    result.edition_code,
    result.standard_code,
    toward.direction,
    count(result.computed_rating)::integer as computed,
    (count(*) filter (where decided.is_so and result.computed_rating is not null))::integer as decisions,
    (count(*) filter (where decided.is_so and result.computed_rating is null))::integer as not_computed,
    (count(*) filter (where decided.is_so and result.computed_rating is not null and result.near_boundary))::integer as near_boundary,
    (count(*) filter (where decided.is_so and result.computed_rating is not null and result.one_case_flips))::integer as one_case_flips,
    (count(*) filter (where decided.is_so and result.computed_rating is not null and result.small_sample))::integer as small_sample,
    (count(*) filter (
      where decided.is_so
        and result.computed_rating is not null
        and not (result.near_boundary or result.one_case_flips or result.small_sample)
    ))::integer as no_ground,
    (count(*) filter (
      where decided.is_so
        and result.computed_rating is not null
        and (result.near_boundary or result.one_case_flips or result.small_sample) is null
    ))::integer as ground_unknown
  from kept.standard_result as result
  join core.inspection using (inspection_id, edition_code)
  left join core.rating as before
    on before.edition_code = result.edition_code and before.rating = result.discretion_from
  left join core.rating as after
    on after.edition_code = result.edition_code and after.rating = result.discretion_to
  cross join (values ('up'), ('down')) as toward (direction)
  cross join lateral (
    select coalesce((after.rating_rank > before.rating_rank) = (toward.direction = 'up'), false) as is_so
  ) as decided
  where result.computed_rating is not null or result.discretion_to is not null
  group by inspection.year, inspection.is_synthetic, result.edition_code, result.standard_code, toward.direction
)
select
  counted.year,
  counted.is_synthetic,
  counted.edition_code as edition,
  standard.domain,
  standard.domain_title,
  counted.standard_code as standard,
  standard.title,
  counted.direction,
  counted.decisions,
  counted.computed as inspections,
  rating.percentage(counted.decisions, counted.computed, display.rounding) as percent,
  rating.wilson_low(counted.decisions, counted.computed, display.z) as low,
  rating.wilson_high(counted.decisions, counted.computed, display.z) as high,
  rating.wilson_low(counted.decisions, counted.computed, display.z_95) as low_95,
  rating.wilson_high(counted.decisions, counted.computed, display.z_95) as high_95,
  counted.near_boundary,
  counted.one_case_flips,
  counted.small_sample,
  counted.no_ground,
  counted.ground_unknown,
  counted.not_computed
from counted
join rating.standard_key as standard using (edition_code, standard_code)
cross join rating.display_rule as display;

comment on view analytics.discretion_trend is
  'One row a year, edition, case-based standard and direction (up, down): how often a ratings panel replaced the computed rating, and on which grounds it might. Key: year, is_synthetic, edition, standard, direction.';
comment on column analytics.discretion_trend.year is 'Year of fieldwork; of publication where fieldwork is not known.';
comment on column analytics.discretion_trend.direction is 'up when the panel decided on a higher rating, down on a lower one.';
comment on column analytics.discretion_trend.decisions is 'Decisions in the direction over a computed rating (number).';
comment on column analytics.discretion_trend.inspections is 'Inspections in which the standard has a computed rating (number); what percent is taken of.';
comment on column analytics.discretion_trend.percent is 'decisions in percent of inspections, a whole number; NULL when the standard is never computed.';
comment on column analytics.discretion_trend.low is
  'Lower end of the Wilson interval of percent at the confidence_level of display_rule, in percent; NULL where that is.';
comment on column analytics.discretion_trend.high is
  'Upper end of the Wilson interval of percent at the confidence_level of display_rule, in percent; NULL where that is.';
comment on column analytics.discretion_trend.low_95 is 'Lower end of the 95% Wilson interval of percent, in percent; NULL where that is.';
comment on column analytics.discretion_trend.high_95 is 'Upper end of the 95% Wilson interval of percent, in percent; NULL where that is.';
comment on column analytics.discretion_trend.near_boundary is 'Decisions where the lowest percentage is close to a boundary (number).';
comment on column analytics.discretion_trend.one_case_flips is 'Decisions where a differing judgement in one case would change the rating (number).';
comment on column analytics.discretion_trend.small_sample is 'Decisions where the rating rests on a small sample or sub-sample (number).';
comment on column analytics.discretion_trend.no_ground is 'Decisions with none of the three grounds (number).';
comment on column analytics.discretion_trend.ground_unknown is 'Decisions with no ground as far as counts are known, where some are not (number).';
comment on column analytics.discretion_trend.not_computed is 'Decisions in the direction over a rating that can''t be computed (number); not among decisions.';
