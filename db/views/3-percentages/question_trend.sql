-- Answers to questions by year, with percentages and intervals
-- One row: as in question_in_year.
-- Rule: the percentage is taken of relevant cases under every edition: counts of two editions are comparable, the percentages that they
-- print are not. The intervals allow for answers of one inspection being alike (functions/pooled.sql), at the levels of display_rule.
-- series_break_because says in the first year of an edition's inspections in the series, where the edition before asks the question of
-- other cases, publishes its percentages of other cases, or has no question that is continued, which of these it is.
-- percent and the ends of intervals are NULL where no inspection has counts, or no case is relevant.
create view rating.question_trend as
select
  pooled.year,
  pooled.is_synthetic,
  pooled.level,
  question.edition_code as edition,
  standard.domain,
  standard.domain_title,
  question.standard_code as standard,
  standard.title,
  question.question_code,
  question.parent_question_id,
  question.text,
  series.question_series,
  pooled.services,
  pooled.inspections,
  pooled.inspections_without_counts,
  pooled.percentages_only,
  pooled.yes,
  pooled.relevant,
  rating.percentage(pooled.yes, pooled.relevant, display.rounding) as percent,
  'relevant' as base,
  pooled.relevant / coalesce(alike.design_effect, 1) as effective_relevant,
  alike.design_effect,
  rating.pooled_low(
    pooled.yes, pooled.relevant, alike.design_effect, pooled.inspections, display.confidence_level, display.z
  ) as low,
  rating.pooled_high(
    pooled.yes, pooled.relevant, alike.design_effect, pooled.inspections, display.confidence_level, display.z
  ) as high,
  rating.pooled_low(
    pooled.yes, pooled.relevant, alike.design_effect, pooled.inspections, display.wider_confidence_level, display.z_95
  ) as low_95,
  rating.pooled_high(
    pooled.yes, pooled.relevant, alike.design_effect, pooled.inspections, display.wider_confidence_level, display.z_95
  ) as high_95,
  case
    when
      pooled.year = min(pooled.year) filter (where pooled.inspections > 0)
        -- the level of a question is its own: it stands here so that a filter on it goes through
        over (partition by pooled.level, pooled.is_synthetic, pooled.question_id)
      then series.broken_because
  end as series_break_because
from rating.question_in_year as pooled
cross join lateral (
  select rating.design_effect(
    pooled.inspections, pooled.yes, pooled.relevant, pooled.yes_squares, pooled.products, pooled.relevant_squares
  ) as design_effect
) as alike
join core.question using (question_id)
join rating.standard_key as standard using (edition_code, standard_code)
join kept.question_series as series on series.question_id = pooled.question_id
cross join rating.display_rule as display;

comment on view rating.question_trend is 'A year and a question with its answers, percentage and intervals.';
comment on column rating.question_trend.parent_question_id is 'Key of the key question that a prompt stands below; NULL for a key question.';
comment on column rating.question_trend.percent is 'Yes in percent of relevant cases, a whole number; NULL when no case is relevant or no inspection is counted.';
comment on column rating.question_trend.series_break_because is 'Why the series breaks in this year; NULL where it does not.';
comment on column rating.question_trend.low is 'Lower end of the interval of percent at the confidence_level of display_rule, in percent.';
comment on column rating.question_trend.high is 'Upper end of the same.';
comment on column rating.question_trend.low_95 is 'Lower end of the 95% interval of percent, in percent.';
comment on column rating.question_trend.high_95 is 'Upper end of the same.';
