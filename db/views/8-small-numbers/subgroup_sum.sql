-- Answers of groups of cases over all inspections of a year, and what of them is protected
-- One row: a year, real and invented apart, a key question, a characteristic, and a value that an inspection of the year lists.
-- Rule: all inspections with case answers are summed. Whoever takes from the sum what is open inspection by inspection is left with the
-- sum over the hidden inspections, whose totals are published one by one. So of these:
--   1. values with too few cases among them are protected, and the next smallest with them, until they are two or more and have
--      together no fewer cases than that; equal sizes go together, so that no order tells one from the other;
--   2. each answer that there is has to be found in so many of the hidden inspections, in each value that is shown, and in the
--      protected ones together; and each of these has to have so many relevant cases. Otherwise all values are protected: then it is
--      not told which of them lacked it. Not applicable counts, though it is not shown: the sizes of values follow from other questions;
--   3. of two values nothing is shown where sizes are protected: each of the hidden inspections is known to have cases of both.
-- How many is too few says core.disclosure_control: of inspections and of relevant cases its number, of cases of a value, which are those
-- of many inspections, that number times itself.
-- Where no answer is hidden, or none of the hidden cases was relevant, there is nothing to protect.
-- The design effect is that of all cases of these inspections, whose totals are published: it tells nothing of a group.
-- design_effect is NULL where it can't be estimated.
create view rating.subgroup_sum as
with summed as (
  select
    inspection.year,
    inspection.is_synthetic,
    one.question_id,
    one.attribute,
    one.value,
    count(*) filter (where one.is_first) as inspections,
    -- none where readers know, by sizes that are shown, that no hidden case has the value
    count(*) filter (where one.are_answers_protected) > 0 as is_among_hidden,
    bool_or(one.is_size_protected) as has_protected_size,
    sum(one.yes)::integer as yes,
    sum(one.no)::integer as no,
    coalesce(sum(one.cases) filter (where one.are_answers_protected), 0)::integer as hidden_cases,
    coalesce(sum(one.yes) filter (where one.are_answers_protected), 0)::integer as hidden_yes,
    coalesce(sum(one.no) filter (where one.are_answers_protected), 0)::integer as hidden_no,
    coalesce(sum(one.not_applicable) filter (where one.are_answers_protected), 0)::integer as hidden_not_applicable,
    count(*) filter (where one.is_first and one.are_answers_protected and one.all_yes > 0) as yes_inspections,
    count(*) filter (where one.is_first and one.are_answers_protected and one.all_no > 0) as no_inspections,
    count(*) filter (where one.is_first and one.are_answers_protected and one.all_not_applicable > 0) as not_applicable_inspections,
    sum(one.all_yes) filter (where one.is_first) as first_yes,
    sum(one.all_yes + one.all_no) filter (where one.is_first) as first_relevant,
    sum(one.all_yes * one.all_yes) filter (where one.is_first) as first_yes_squares,
    sum(one.all_yes * (one.all_yes + one.all_no)) filter (where one.is_first) as first_products,
    sum((one.all_yes + one.all_no) * (one.all_yes + one.all_no)) filter (where one.is_first) as first_relevant_squares
  from rating.subgroup_protection as one
  join core.inspection using (inspection_id)
  group by inspection.year, inspection.is_synthetic, one.question_id, one.attribute, one.value
),
placed as (
  select
    summed.*,
    control.fewest_cases,
    control.fewest_cases * control.fewest_cases as fewest_summed,
    sum(summed.inspections) over split as all_inspections,
    sum(hidden_yes) over split as all_hidden_yes,
    sum(hidden_no) over split as all_hidden_no,
    sum(hidden_not_applicable) over split as all_hidden_not_applicable,
    sum(yes_inspections) over split as all_yes_inspections,
    sum(no_inspections) over split as all_no_inspections,
    sum(not_applicable_inspections) over split as all_not_applicable_inspections,
    sum(first_relevant) over split as all_relevant,
    rating.design_effect(
      (sum(inspections) over split)::integer,
      (sum(first_yes) over split)::integer,
      (sum(first_relevant) over split)::integer,
      (sum(first_yes_squares) over split)::bigint,
      (sum(first_products) over split)::bigint,
      (sum(first_relevant_squares) over split)::bigint
    ) as design_effect,
    sum(hidden_cases) over smallest_first as cases_so_far,
    count(*) filter (where is_among_hidden) over smallest_first as values_so_far,
    max(hidden_cases) filter (where is_among_hidden and hidden_cases < control.fewest_cases * control.fewest_cases) over split as largest_small
  from summed
  cross join (select fewest_cases from core.disclosure_control where is_only limit 1) as control
  window
    split as (partition by year, is_synthetic, question_id, attribute),
    smallest_first as (split order by hidden_cases)
),
apart as (
  select
    placed.*,
    is_among_hidden
    and largest_small is not null
    and hidden_cases <= coalesce(
      min(hidden_cases) filter (
        where hidden_cases >= largest_small and cases_so_far >= fewest_summed and values_so_far > 1
      ) over split,
      hidden_cases
    ) as is_small
  from placed
  window split as (partition by year, is_synthetic, question_id, attribute)
),
together as (
  select
    apart.*,
    case when is_small then sum(hidden_yes) over alike else hidden_yes end as block_yes,
    case when is_small then sum(hidden_no) over alike else hidden_no end as block_no,
    case when is_small then sum(hidden_not_applicable) over alike else hidden_not_applicable end as block_not_applicable
  from apart
  window alike as (partition by year, is_synthetic, question_id, attribute, is_small)
)
select
  year,
  is_synthetic,
  question_id,
  attribute,
  value,
  all_inspections::integer as inspections,
  yes,
  no,
  all_relevant::integer as all_relevant,
  design_effect,
  all_hidden_yes + all_hidden_no > 0
  and (
    is_small
    or (bool_or(has_protected_size) over split and count(*) filter (where is_among_hidden) over split < 3)
    or (all_hidden_yes > 0 and (all_yes_inspections < fewest_cases or min(block_yes) filter (where is_among_hidden) over split = 0))
    or (all_hidden_no > 0 and (all_no_inspections < fewest_cases or min(block_no) filter (where is_among_hidden) over split = 0))
    or (
      all_hidden_not_applicable > 0
      and (all_not_applicable_inspections < fewest_cases or min(block_not_applicable) filter (where is_among_hidden) over split = 0)
    )
    or min(block_yes + block_no) filter (where is_among_hidden) over split < fewest_cases
  ) as is_protected
from together
window split as (partition by year, is_synthetic, question_id, attribute);

comment on view rating.subgroup_sum is
  'A year, key question, characteristic and value with the answers of all inspections, and whether they are protected.';
comment on column rating.subgroup_sum.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.subgroup_sum.value is 'Coded value of the characteristic.';
comment on column rating.subgroup_sum.inspections is 'Inspections of the year with case answers to the question (number).';
comment on column rating.subgroup_sum.yes is 'Cases of the value answered yes, in all of these.';
comment on column rating.subgroup_sum.no is 'Cases of the value answered no, in all of these.';
comment on column rating.subgroup_sum.all_relevant is 'Relevant cases of all values, in all of these.';
comment on column rating.subgroup_sum.design_effect is
  'How many times the variance of yes in relevant cases of all values between these inspections is that of as many independent answers.';
comment on column rating.subgroup_sum.is_protected is 'Whether the answers are protected.';
