-- Court beside out-of-court disposals, by year
-- One row: a year, an edition, and a pair of its key questions that ask the same of two samples; real and invented inspections apart.
-- Yes and relevant cases are summed over the inspections of the year in which the counts of both are known: services differ, so that a
-- difference may also be one of services that inspected more of the one sample.
-- Rule: percentages are of relevant cases under every edition; the difference is of the first less the second, in percentage points,
-- of the exact fractions. Its intervals are Newcombe's hybrid score intervals of two independent proportions (Statistics in Medicine
-- 17, 1998, 873-890, method 10) from the pooled intervals of the two, which allow for answers of one inspection being alike (see
-- functions/pooled.sql), at the levels of display_rule: one that holds 0 says that it may be chance. That one service answers for both is
-- left out of account: it would make them narrower.
-- yes, relevant and the others are NULL where no inspection has both counts, difference and its intervals also where no case of one of
-- the samples is relevant.
create view analytics.question_pair_trend as
with counted as (
  select
    inspection.year,
    inspection.is_synthetic,
    pair.edition_code,
    pair.first_question_id,
    pair.second_question_id,
    count(*)::integer as inspections,
    sum(pair.first_yes)::integer as first_yes,
    sum(pair.first_relevant)::integer as first_relevant,
    sum(pair.second_yes)::integer as second_yes,
    sum(pair.second_relevant)::integer as second_relevant,
    sum(pair.first_yes * pair.first_yes)::bigint as first_yes_squares,
    sum(pair.first_yes * pair.first_relevant)::bigint as first_products,
    sum(pair.first_relevant * pair.first_relevant)::bigint as first_relevant_squares,
    sum(pair.second_yes * pair.second_yes)::bigint as second_yes_squares,
    sum(pair.second_yes * pair.second_relevant)::bigint as second_products,
    sum(pair.second_relevant * pair.second_relevant)::bigint as second_relevant_squares
  from rating.question_pair_count as pair
  join core.inspection using (inspection_id)
  group by
    inspection.year, inspection.is_synthetic, pair.edition_code, pair.first_question_id, pair.second_question_id
)
select
  asked.year::integer as year,
  asked.is_synthetic,
  asked.edition_code as edition,
  first.question_code as key_question,
  second.question_code as other_key_question,
  first.text,
  series.question_series,
  coalesce(counted.inspections, 0) as inspections,
  asked.inspections - coalesce(counted.inspections, 0) as inspections_without_counts,
  counted.first_yes as yes,
  counted.first_relevant as relevant,
  rating.percentage(counted.first_yes, counted.first_relevant, display.rounding) as percent,
  'relevant' as base,
  counted.second_yes as other_yes,
  counted.second_relevant as other_relevant,
  rating.percentage(counted.second_yes, counted.second_relevant, display.rounding) as other_percent,
  shared.first_percent - shared.second_percent as difference,
  shared.first_effect as design_effect,
  shared.second_effect as other_design_effect,
  shared.first_percent - shared.second_percent - sqrt(
    power(shared.first_percent - rating.pooled_low(
      counted.first_yes, counted.first_relevant, shared.first_effect, counted.inspections, display.confidence_level, display.z
    ), 2) + power(shared.second_percent - rating.pooled_high(
      counted.second_yes, counted.second_relevant, shared.second_effect, counted.inspections, display.confidence_level, display.z
    ), 2)
  ) as low,
  shared.first_percent - shared.second_percent + sqrt(
    power(shared.first_percent - rating.pooled_high(
      counted.first_yes, counted.first_relevant, shared.first_effect, counted.inspections, display.confidence_level, display.z
    ), 2) + power(shared.second_percent - rating.pooled_low(
      counted.second_yes, counted.second_relevant, shared.second_effect, counted.inspections, display.confidence_level, display.z
    ), 2)
  ) as high,
  shared.first_percent - shared.second_percent - sqrt(
    power(shared.first_percent - rating.pooled_low(
      counted.first_yes, counted.first_relevant, shared.first_effect, counted.inspections, display.wider_confidence_level, display.z_95
    ), 2) + power(shared.second_percent - rating.pooled_high(
      counted.second_yes, counted.second_relevant, shared.second_effect, counted.inspections, display.wider_confidence_level, display.z_95
    ), 2)
  ) as low_95,
  shared.first_percent - shared.second_percent + sqrt(
    power(shared.first_percent - rating.pooled_high(
      counted.first_yes, counted.first_relevant, shared.first_effect, counted.inspections, display.wider_confidence_level, display.z_95
    ), 2) + power(shared.second_percent - rating.pooled_low(
      counted.second_yes, counted.second_relevant, shared.second_effect, counted.inspections, display.wider_confidence_level, display.z_95
    ), 2)
  ) as high_95
from core.question_pair as pair
join core.question as first on first.question_id = pair.first_question_id
join core.question as second on second.question_id = pair.second_question_id
join rating.standard_in_year as asked on asked.edition_code = pair.edition_code and asked.standard_code = first.standard_code
left join counted
  on counted.year = asked.year
  and counted.is_synthetic = asked.is_synthetic
  and counted.first_question_id = pair.first_question_id
  and counted.second_question_id = pair.second_question_id
join kept.question_series as series on series.question_id = first.question_id
cross join rating.display_rule as display
cross join lateral (
  select
    100.0::double precision * counted.first_yes / nullif(counted.first_relevant, 0) as first_percent,
    100.0::double precision * counted.second_yes / nullif(counted.second_relevant, 0) as second_percent,
    rating.design_effect(
      counted.inspections, counted.first_yes, counted.first_relevant, counted.first_yes_squares, counted.first_products,
      counted.first_relevant_squares
    ) as first_effect,
    rating.design_effect(
      counted.inspections, counted.second_yes, counted.second_relevant, counted.second_yes_squares, counted.second_products,
      counted.second_relevant_squares
    ) as second_effect
  offset 0
) as shared;

comment on view analytics.question_pair_trend is
  'One row a year, edition and pair of key questions that ask the same of court and of out-of-court disposals: how the answers differ over all inspections of the year.';
