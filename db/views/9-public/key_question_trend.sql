-- Answers to key questions by year
-- One row: a year, an edition, and a key question of it that is asked of cases in inspections of that year; real and invented ones apart.
-- Rule: yes and relevant cases of all inspections of the year and edition whose counts are known are summed, and the percentage is taken
-- of relevant cases under every edition: counts of two editions are comparable, the percentages that they print are not. Editions are not
-- pooled: question_series says which rows are of one series, as the crosswalk continues it; a code may name two questions.
-- The intervals allow for answers of one inspection being alike (see functions/pooled.sql), at the levels of display_rule.
-- series_break is true in the first year of an edition's inspections in the series, where the edition before asks the question of other
-- cases, publishes its percentages of other cases, or has no question that is continued; series_break_because says which.
-- yes and relevant are NULL where no inspection has counts, percent and the ends of intervals also where no case is relevant.
create view analytics.key_question_trend as
select
  trend.year,
  trend.is_synthetic,
  trend.edition,
  trend.domain,
  trend.domain_title,
  trend.standard,
  trend.title,
  trend.question_code as key_question,
  trend.text,
  trend.question_series,
  trend.services,
  trend.inspections,
  trend.inspections_without_counts,
  trend.percentages_only,
  trend.yes,
  trend.relevant,
  trend.percent,
  trend.base,
  trend.effective_relevant,
  trend.design_effect,
  trend.low,
  trend.high,
  trend.low_95,
  trend.high_95,
  trend.series_break_because is not null as series_break,
  trend.series_break_because
from rating.question_trend as trend
where trend.level = 'key question';

comment on view analytics.key_question_trend is
  'One row a year, edition and key question: counts pooled over the inspections, percentage of relevant cases, and an interval that allows for answers of one inspection being alike. An edition of which no questions are known has no rows.';
