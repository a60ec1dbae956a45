-- Answers to key questions by year
-- One row: a year and a key question with all that it continues in earlier editions; real and invented inspections apart.
-- Rule: a series goes on where the crosswalk says 'continues', and goes by its newest question. Yes and relevant cases of all
-- inspections of the year whose counts are known are summed, and the percentage is taken of relevant cases under every
-- edition: counts of two editions are comparable, the percentages that they print are not. The intervals are Wilson's, at the
-- levels of display_rule.
-- series_break is true in the first year of an edition's inspections in the series, where the edition before takes its
-- percentages of other cases or has no question that is continued.
-- percent and the ends of intervals are NULL when no case is relevant (relevant is 0).
create view analytics.key_question_trend as
with counted as (
  select
    inspection.year,
    inspection.is_synthetic,
    inspection.service_id,
    series.series_question_id,
    series.question_id,
    result.yes,
    result.relevant
  from rating.question_evidence as result
  join core.inspection using (inspection_id)
  join rating.question_series as series using (question_id)
  where result.level = 'key question'
    and result.yes is not null
    and result.relevant is not null
),
by_edition as (
  select
    year,
    is_synthetic,
    series_question_id,
    question_id,
    count(*) as inspections,
    sum(yes) as yes,
    sum(relevant) as relevant,
    year = min(year) over (partition by is_synthetic, question_id) as is_first
  from counted
  group by year, is_synthetic, series_question_id, question_id
),
served as (
  select year, is_synthetic, series_question_id, count(*)::integer as services
  from (select distinct year, is_synthetic, series_question_id, service_id from counted) as service_in_year
  group by year, is_synthetic, series_question_id
),
pooled as (
  select
    year,
    is_synthetic,
    by_edition.series_question_id,
    string_agg(series.edition_code, ', ' order by series.edition_code) as editions,
    sum(inspections)::integer as inspections,
    sum(yes)::integer as yes,
    sum(relevant)::integer as relevant,
    bool_or(series.is_broken and by_edition.is_first) as series_break
  from by_edition
  join rating.question_series as series using (question_id)
  group by year, is_synthetic, by_edition.series_question_id
)
select
  pooled.year,
  pooled.is_synthetic,
  question.edition_code as edition,
  standard.domain,
  standard.domain_title,
  question.standard_code as standard,
  standard.title,
  question.question_code as key_question,
  question.text,
  pooled.editions,
  served.services,
  pooled.inspections,
  pooled.yes,
  pooled.relevant,
  rating.percentage(pooled.yes, pooled.relevant, display.rounding) as percent,
  'relevant' as base,
  rating.wilson_low(pooled.yes, pooled.relevant, display.z) as low,
  rating.wilson_high(pooled.yes, pooled.relevant, display.z) as high,
  rating.wilson_low(pooled.yes, pooled.relevant, display.z_95) as low_95,
  rating.wilson_high(pooled.yes, pooled.relevant, display.z_95) as high_95,
  pooled.series_break
from pooled
join served using (year, is_synthetic, series_question_id)
join core.question on question.question_id = pooled.series_question_id
join rating.standard_key as standard on standard.edition_code = question.edition_code and standard.standard_code = question.standard_code
cross join rating.display_rule as display;

comment on view analytics.key_question_trend is
  'One row a year and key question, with what it continues in earlier editions: pooled counts, percentage of relevant cases, interval. Key: year, is_synthetic, edition, key_question.';
comment on column analytics.key_question_trend.year is 'Year of fieldwork; of publication where fieldwork is not known.';
comment on column analytics.key_question_trend.edition is 'Edition of the newest question of the series, which names it (see editions for those that are pooled).';
comment on column analytics.key_question_trend.standard is 'Code of the standard in that edition.';
comment on column analytics.key_question_trend.key_question is 'Code of the key question in that edition, such as 2.3.1.';
comment on column analytics.key_question_trend.text is 'Wording of the question in that edition.';
comment on column analytics.key_question_trend.yes is 'Relevant cases answered yes, over all inspections counted.';
comment on column analytics.key_question_trend.relevant is 'Relevant cases, yes + no, over all inspections counted.';
comment on column analytics.key_question_trend.percent is
  'Yes in percent of relevant cases, under every edition, a whole number rounded half up; NULL when no case is relevant.';
comment on column analytics.key_question_trend.low is
  'Lower end of the Wilson interval of the pooled counts at the confidence_level of display_rule, in percent; NULL when no case is relevant.';
comment on column analytics.key_question_trend.high is
  'Upper end of the Wilson interval of the pooled counts at the confidence_level of display_rule, in percent; NULL when no case is relevant.';
comment on column analytics.key_question_trend.low_95 is 'Lower end of the 95% Wilson interval of the pooled counts, in percent; NULL when no case is relevant.';
comment on column analytics.key_question_trend.high_95 is 'Upper end of the 95% Wilson interval of the pooled counts, in percent; NULL when no case is relevant.';
