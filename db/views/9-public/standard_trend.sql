-- Answers to the key questions of standards by year
-- One row: a year, an edition, and a standard of it that is judged on cases; real and invented inspections apart.
-- Rule: yes and relevant cases of all key questions of the standard are summed over the year's inspections whose counts are all
-- known, and the percentage is taken of relevant cases under every edition. It is a measure of the answers, not of the rating,
-- which is set by the lowest key question. Editions are not pooled. Intervals are Wilson's, at the levels of display_rule.
-- percent and the ends of intervals are NULL when no case is relevant (relevant is 0).
create view analytics.standard_trend as
with summed as (
  select
    year,
    is_synthetic,
    edition_code,
    standard_code,
    count(*)::integer as inspections,
    sum(yes)::integer as yes,
    sum(relevant)::integer as relevant
  from kept.standard_count
  group by year, is_synthetic, edition_code, standard_code
)
select
  summed.year::integer as year,
  summed.is_synthetic,
  summed.edition_code as edition,
  standard.domain,
  standard.domain_title,
  summed.standard_code as standard,
  standard.title,
  summed.inspections,
  summed.yes,
  summed.relevant,
  rating.percentage(summed.yes, summed.relevant, display.rounding) as percent,
  'relevant' as base,
  rating.wilson_low(summed.yes, summed.relevant, display.z) as low,
  rating.wilson_high(summed.yes, summed.relevant, display.z) as high,
  rating.wilson_low(summed.yes, summed.relevant, display.z_95) as low_95,
  rating.wilson_high(summed.yes, summed.relevant, display.z_95) as high_95
from summed
join rating.standard_key as standard using (edition_code, standard_code)
cross join rating.display_rule as display;

comment on view analytics.standard_trend is
  'One row a year, edition and case-based standard: answers to its key questions, pooled over the inspections, percentage of relevant cases, interval. Key: year, is_synthetic, edition, standard.';
comment on column analytics.standard_trend.year is 'Year of fieldwork.';
comment on column analytics.standard_trend.inspections is 'Inspections whose counts are known for every key question of the standard.';
comment on column analytics.standard_trend.yes is 'Relevant cases answered yes, over all key questions and inspections.';
comment on column analytics.standard_trend.relevant is 'Relevant cases, yes + no, over all key questions and inspections.';
comment on column analytics.standard_trend.percent is
  'Yes in percent of relevant cases, under every edition, a whole number rounded half up; NULL when no case is relevant.';
comment on column analytics.standard_trend.low is
  'Lower end of the Wilson interval of the pooled counts at the confidence_level of display_rule, in percent; NULL when no case is relevant.';
comment on column analytics.standard_trend.high is
  'Upper end of the Wilson interval of the pooled counts at the confidence_level of display_rule, in percent; NULL when no case is relevant.';
comment on column analytics.standard_trend.low_95 is 'Lower end of the 95% Wilson interval of the pooled counts, in percent; NULL when no case is relevant.';
comment on column analytics.standard_trend.high_95 is 'Upper end of the 95% Wilson interval of the pooled counts, in percent; NULL when no case is relevant.';
