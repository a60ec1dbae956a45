-- Answers of groups of cases over all inspections of a year, and over all years of an edition
-- One row: a key question of an edition, real and invented apart, a characteristic, and a value that is listed for an inspection; in a year,
-- and once more over all years of the edition (year is NULL then).
-- Rule: all inspections with case answers are summed; those whose answers are protected once more by themselves. What belongs to an
-- inspection and a characteristic, not to a value, is counted with the value that the inspection has first.
-- hidden figures are 0 where no inspection hides its answers.
create view rating.subgroup_period as
select
  inspection.is_synthetic,
  one.question_id,
  one.attribute,
  one.value,
  period.year,
  sum(one.yes) as yes,
  sum(one.no) as no,
  bool_or(one.is_size_protected) as has_protected_size,
  -- not where readers know, by sizes that are shown, that no hidden case has the value
  bool_or(one.are_answers_protected) as is_among_hidden,
  sum(one.yes * one.are_answers_protected::integer) as hidden_yes,
  sum(one.no * one.are_answers_protected::integer) as hidden_no,
  count(*) filter (where one.is_first and one.are_answers_protected and one.all_yes > 0) as yes_inspections,
  count(*) filter (where one.is_first and one.are_answers_protected and one.all_no > 0) as no_inspections,
  count(*) filter (where one.is_first) as inspections,
  sum(one.all_yes * one.is_first::integer) as first_yes,
  sum(one.all_relevant * one.is_first::integer) as first_relevant,
  sum(one.all_yes * one.all_yes * one.is_first::integer) as first_yes_squares,
  sum(one.all_yes * one.all_relevant * one.is_first::integer) as first_products,
  sum(one.all_relevant * one.all_relevant * one.is_first::integer) as first_relevant_squares
from (
  select protection.*, all_yes + all_no as all_relevant
  from rating.subgroup_protection as protection
) as one
join core.inspection using (inspection_id)
cross join lateral (values (inspection.year), (null::integer)) as period (year)
group by inspection.is_synthetic, one.question_id, one.attribute, one.value, period.year;

comment on view rating.subgroup_period is
  'A year or all years of an edition, key question, characteristic and value with the answers of all inspections, and of those that hide theirs.';
comment on column rating.subgroup_period.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.subgroup_period.value is 'Coded value of the characteristic.';
comment on column rating.subgroup_period.year is 'Year of the inspections; NULL for all years of the edition.';
comment on column rating.subgroup_period.yes is 'Cases of the value answered yes, in all inspections.';
comment on column rating.subgroup_period.no is 'Cases of the value answered no, in all inspections.';
comment on column rating.subgroup_period.has_protected_size is 'Whether an inspection hides how many cases have the value.';
comment on column rating.subgroup_period.is_among_hidden is 'Whether readers can''t know that no case of the value is hidden.';
comment on column rating.subgroup_period.hidden_yes is 'Cases of the value answered yes, in inspections that hide the answers.';
comment on column rating.subgroup_period.hidden_no is 'Cases of the value answered no, in inspections that hide the answers.';
comment on column rating.subgroup_period.yes_inspections is 'Inspections that hide the answers and have a yes, and this value first (number).';
comment on column rating.subgroup_period.no_inspections is 'Inspections that hide the answers and have a no, and this value first (number).';
comment on column rating.subgroup_period.inspections is 'Inspections with case answers to the question that have this value first (number).';
comment on column rating.subgroup_period.first_yes is 'Cases of all values answered yes, of inspections that have this value first.';
comment on column rating.subgroup_period.first_relevant is 'Relevant cases of all values, of inspections that have this value first.';
comment on column rating.subgroup_period.first_yes_squares is 'Sum over these inspections of the square of yes.';
comment on column rating.subgroup_period.first_products is 'Sum over these inspections of yes times relevant.';
comment on column rating.subgroup_period.first_relevant_squares is 'Sum over these inspections of the square of relevant.';
