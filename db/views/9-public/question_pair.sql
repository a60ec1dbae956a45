-- Court beside out-of-court disposals
-- One row: an inspection and a pair of key questions of its edition that ask the same of two samples, where the counts of both are known.
-- Rule: percentages are of relevant cases under every edition; the difference is of the first less the second, in percentage points,
-- of the exact fractions. Its intervals are Newcombe's hybrid score intervals of two independent proportions (Statistics in Medicine
-- 17, 1998, 873-890, method 10), at the levels of display_rule: one that holds 0 says that it may be chance.
-- difference and its intervals are NULL when no case of one of the samples is relevant.
create view analytics.question_pair as
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
  counted.first_code as key_question,
  counted.second_code as other_key_question,
  counted.text,
  counted.question_series,
  counted.first_yes as yes,
  counted.first_relevant as relevant,
  rating.percentage(counted.first_yes, counted.first_relevant, display.rounding) as percent,
  'relevant' as base,
  counted.second_yes as other_yes,
  counted.second_relevant as other_relevant,
  rating.percentage(counted.second_yes, counted.second_relevant, display.rounding) as other_percent,
  100.0::double precision * counted.first_yes / nullif(counted.first_relevant, 0)
    - 100.0::double precision * counted.second_yes / nullif(counted.second_relevant, 0) as difference,
  rating.difference_low(
    counted.first_yes, counted.first_relevant, counted.second_yes, counted.second_relevant, display.z
  ) as low,
  rating.difference_high(
    counted.first_yes, counted.first_relevant, counted.second_yes, counted.second_relevant, display.z
  ) as high,
  rating.difference_low(
    counted.first_yes, counted.first_relevant, counted.second_yes, counted.second_relevant, display.z_95
  ) as low_95,
  rating.difference_high(
    counted.first_yes, counted.first_relevant, counted.second_yes, counted.second_relevant, display.z_95
  ) as high_95
from (select distinct on (service_id, inspection_id) * from rating.inspection_key) as key
-- an inspection at a time: pairs are few, and would be begun with. Rows are distinct as they are: that it is said keeps the planner from
-- it, and lets an inspection that is asked for through
join lateral (
  select distinct on (one.service_id, one.inspection_id, one.first_question_id, one.second_question_id)
    one.*,
    first.question_code as first_code,
    first.text,
    second.question_code as second_code,
    series.question_series
  from rating.question_pair_count as one
  join core.question as first on first.question_id = one.first_question_id
  join core.question as second on second.question_id = one.second_question_id
  join kept.question_series as series on series.question_id = one.first_question_id
  where one.service_id = key.service_id and one.inspection_id = key.inspection_id
) as counted on counted.service_id = key.service_id and counted.inspection_id = key.inspection_id
cross join rating.display_rule as display;

comment on view analytics.question_pair is
  'One row an inspection and pair of key questions that ask the same of court and of out-of-court disposals: how the answers differ.';
