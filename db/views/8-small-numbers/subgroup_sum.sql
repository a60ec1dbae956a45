-- What of the sums of groups of cases is protected
-- One row: as in subgroup_period.
-- Rule: whoever takes from a sum what is open inspection by inspection is left with the sum over the hidden inspections, whose totals are
-- published one by one. So of these:
--   1. values with too few relevant cases are protected, and the next smallest with them, until they are two or more and have together no fewer
--      cases than that; equal sizes go together, so that no order tells one from the other. Too few is the number of core.disclosure_control
--      times itself, as these are cases of many inspections; for years it is as many in each of them on average. So all years show the
--      same values, and these are shown over all years too;
--   2. all values are protected where rating.sum_tells says so of what would be told apart: each value that is shown, and the protected ones together;
--   3. of two values nothing is shown where sizes are protected: each of the hidden inspections is known to have cases of both;
--   4. a year is not shown that lacks a value: with the sum over all years too much would be told of the others;
--   5. years that are not shown leave, with the sum over all years, the sum over them, which has to be as safe. Until it is, others are hidden
--      with them, those with the fewest relevant cases first. Looking at that sum, and not at the year that goes along, tells nothing of either.
-- Where no answer is hidden, or none of the hidden cases was relevant, there is nothing to protect.
-- The design effect is that of all cases of these inspections, whose totals are published: it tells nothing of a group.
-- design_effect is NULL where it can't be estimated.
create view rating.subgroup_sum as
with sized as (
  select
    period.*,
    control.fewest_cases,
    -- relevant cases over all years
    max(hidden_yes + hidden_no) filter (where year is null) over by_value as size,
    bool_or(is_among_hidden) over by_value as is_ever_among_hidden,
    dense_rank() over (split order by year nulls first) - 1 as nth_year
  from rating.subgroup_period as period
  cross join (select fewest_cases from core.disclosure_control where is_only limit 1) as control
  window
    split as (partition by is_synthetic, question_id, attribute),
    by_value as (partition by is_synthetic, question_id, attribute, value)
),
placed as (
  select
    sized.*,
    fewest_cases * fewest_cases as fewest_summed,
    fewest_cases * fewest_cases * max(nth_year) over (partition by is_synthetic, question_id, attribute) as fewest_in_years,
    sum(size) over smallest_first as size_so_far,
    count(*) filter (where is_ever_among_hidden) over smallest_first as values_so_far
  from sized
  window smallest_first as (partition by is_synthetic, question_id, attribute, year order by size)
),
bounded as (
  select
    placed.*,
    max(size) filter (where is_ever_among_hidden and size < fewest_summed) over split as largest_small,
    max(size) filter (where is_ever_among_hidden and size < fewest_in_years) over split as largest_small_in_years
  from placed
  window split as (partition by is_synthetic, question_id, attribute)
),
apart as (
  select
    bounded.*,
    is_ever_among_hidden
    and case
      when year is null then largest_small is not null and size <= coalesce(
        min(size) filter (where year is null and size >= largest_small and size_so_far >= fewest_summed and values_so_far > 1) over split,
        size
      )
      else largest_small_in_years is not null and size <= coalesce(
        min(size) filter (
          where year is null and size >= largest_small_in_years and size_so_far >= fewest_in_years and values_so_far > 1
        ) over split,
        size
      )
    end as is_small
  from bounded
  window split as (partition by is_synthetic, question_id, attribute)
),
block as (
  select
    apart.*,
    case when is_small then sum(hidden_yes) over alike else hidden_yes end as block_yes,
    case when is_small then sum(hidden_no) over alike else hidden_no end as block_no
  from apart
  window alike as (partition by is_synthetic, question_id, attribute, year, is_small)
),
summed as (
  select
    block.*,
    (sum(inspections) over in_period)::integer as all_inspections,
    (sum(first_relevant) over in_period)::integer as all_relevant,
    (sum(hidden_yes) over in_period)::integer as all_yes,
    (sum(hidden_no) over in_period)::integer as all_no,
    count(*) filter (where is_among_hidden) over in_period as values_here,
    count(*) filter (where is_among_hidden and year is null) over split as values_of_edition,
    bool_or(has_protected_size) over split as has_any_protected_size
  from block
  window
    split as (partition by is_synthetic, question_id, attribute),
    in_period as (partition by is_synthetic, question_id, attribute, year)
),
judged as (
  select
    summed.*,
    rating.design_effect(
      all_inspections,
      (sum(first_yes) over in_period)::integer,
      all_relevant,
      (sum(first_yes_squares) over in_period)::bigint,
      (sum(first_products) over in_period)::bigint,
      (sum(first_relevant_squares) over in_period)::bigint
    ) as design_effect,
    all_yes + all_no > 0 as hides,
    values_here = values_of_edition
    and not (has_any_protected_size and values_of_edition < 3)
    and not rating.sum_tells(
      fewest_cases,
      all_yes,
      all_no,
      (sum(yes_inspections) over in_period)::integer,
      (sum(no_inspections) over in_period)::integer,
      (min(block_yes) filter (where is_among_hidden) over in_period)::integer,
      (min(block_no) filter (where is_among_hidden) over in_period)::integer,
      (min(block_yes + block_no) filter (where is_among_hidden) over in_period)::integer
    ) as is_safe
  from summed
  window
    split as (partition by is_synthetic, question_id, attribute),
    in_period as (partition by is_synthetic, question_id, attribute, year)
),
ordered as (
  select
    judged.*,
    -- years that can't be shown, then the others, the smallest first; what hides nothing, and all years, have no place
    case when year is not null and hides then case when is_safe then array[all_yes + all_no, year] else array[0, 0] end end as nth,
    count(*) filter (where year is not null and hides and not is_safe and is_among_hidden) over by_value as unsafe_years
  from judged
  window by_value as (partition by is_synthetic, question_id, attribute, value)
),
up_to as (
  select
    ordered.*,
    case when is_small then sum(hidden_yes) over small_up_to else sum(hidden_yes) over value_up_to end as up_to_yes,
    case when is_small then sum(hidden_no) over small_up_to else sum(hidden_no) over value_up_to end as up_to_no,
    bool_or(nth = array[0, 0]) over split as has_unsafe_year,
    bool_and(unsafe_years > 0 or not is_ever_among_hidden) over split as has_unsafe_all_values
  from ordered
  window
    split as (partition by is_synthetic, question_id, attribute),
    small_up_to as (partition by is_synthetic, question_id, attribute, nth is null, is_small order by nth),
    value_up_to as (partition by is_synthetic, question_id, attribute, nth is null, value order by nth)
),
tried as (
  select
    up_to.*,
    (nth > array[0, 0] or has_unsafe_all_values)
    and not (has_any_protected_size and values_of_edition < 3)
    and not rating.sum_tells(
      fewest_cases,
      (sum(hidden_yes) over all_up_to)::integer,
      (sum(hidden_no) over all_up_to)::integer,
      (sum(yes_inspections) over all_up_to)::integer,
      (sum(no_inspections) over all_up_to)::integer,
      (min(up_to_yes) filter (where is_among_hidden) over at_once)::integer,
      (min(up_to_no) filter (where is_among_hidden) over at_once)::integer,
      (min(up_to_yes + up_to_no) filter (where is_among_hidden) over at_once)::integer
    ) as is_enough
  from up_to
  window
    all_up_to as (partition by is_synthetic, question_id, attribute, nth is null order by nth),
    at_once as (partition by is_synthetic, question_id, attribute, nth)
),
decided as (
  select
    tried.*,
    min(nth) filter (where is_enough) over (partition by is_synthetic, question_id, attribute) as hidden_to
  from tried
)
select
  is_synthetic,
  question_id,
  attribute,
  value,
  year,
  all_inspections as inspections,
  yes::integer as yes,
  no::integer as no,
  all_relevant,
  design_effect,
  hides
  and (
    is_small
    or not is_safe
    or (year is not null and has_unsafe_year and nth <= coalesce(hidden_to, nth))
  ) as is_protected
from decided;

comment on view rating.subgroup_sum is
  'A year or all years of an edition, key question, characteristic and value with the answers of all inspections, and whether they are protected.';
comment on column rating.subgroup_sum.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.subgroup_sum.value is 'Coded value of the characteristic.';
comment on column rating.subgroup_sum.year is 'Year of the inspections; NULL for all years of the edition.';
comment on column rating.subgroup_sum.inspections is 'Inspections with case answers to the question (number).';
comment on column rating.subgroup_sum.yes is 'Cases of the value answered yes, in all of these.';
comment on column rating.subgroup_sum.no is 'Cases of the value answered no, in all of these.';
comment on column rating.subgroup_sum.all_relevant is 'Relevant cases of all values, in all of these.';
comment on column rating.subgroup_sum.design_effect is
  'How many times the variance of yes in relevant cases of all values between these inspections is that of as many independent answers.';
comment on column rating.subgroup_sum.is_protected is 'Whether the answers are protected.';
