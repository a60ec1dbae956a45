-- Which figures of groups of cases are protected
-- One row: an inspection, a key question, a characteristic, and a value of it that readers may know to be there, with its figures.
-- Rule: core.disclosure_control says how few cases are too few. The figures of a whole sample are published, so what is hidden must
-- not follow from them, from what is shown, nor from what the rule chose to hide. So nothing is chosen group by group, nor by answers:
--   1. all groups of a characteristic have their sizes shown, or none: none where a group has too few cases, and none where the sample
--      has too few for two groups: nothing but one value, or few, could be shown then. A question that is asked
--      of some values only bounds the sizes of these by its total: such a characteristic is always protected;
--   2. the sizes of kinds of case are shown, however small, where the report prints the make-up of the sample;
--   3. all groups have their answers to a question shown, or none: none where sizes are protected, and none where the smallest group
--      could have too few relevant cases, for all that the sizes and the total of not applicable say. Where that total, or one group's
--      being the sample, tells every answer, there is nothing to protect;
--   4. where sizes are protected every value is there, also those that no case has: a list of values would tell which are none;
--   5. a question that is asked of some values only has no row for that characteristic: the published total is the group's.
-- Rule 3 looks only at what is published: what is hidden by it says nothing more. Rule 1 treats all values alike: which of them is the
-- small one stays open.
-- Never NULL.
create view rating.subgroup_protection as
with printed as (
  select distinct inspection_id, sample_id
  from core.sample_kind
),
sized as (
  select
    inspection.service_id,
    case_group.inspection_id,
    case_group.sample_id,
    case_group.attribute,
    case_group.value,
    case_group.cases as members,
    bit_count(case_group.cases)::integer as cases,
    control.fewest_cases,
    case_group.attribute = edition.kind_of_case and printed.sample_id is not null as is_make_up_printed,
    (case_group.sample_id, case_group.attribute) in (select sample_id, attribute from rating.asked_of_some) as is_bounded
  from kept.case_group
  join core.inspection using (inspection_id)
  join core.edition using (edition_code)
  left join printed using (inspection_id, sample_id)
  cross join (select fewest_cases from core.disclosure_control where is_only limit 1) as control
),
split as (
  select
    sized.*,
    count(*) over characteristic as possible_groups,
    count(*) filter (where cases > 0) over characteristic as groups,
    min(cases) filter (where cases > 0) over characteristic as smallest,
    row_number() over (characteristic order by cases = 0, value) = 1 as is_first
  from sized
  window characteristic as (partition by service_id, inspection_id, sample_id, attribute)
),
shown as (
  select
    split.*,
    not is_make_up_printed
    and possible_groups > 1
    and (is_bounded or smallest < fewest_cases or bit_length(members) < 2 * fewest_cases) as is_size_protected
  from split
)
select
  shown.service_id,
  shown.inspection_id,
  bits.question_id,
  shown.sample_id,
  shown.attribute,
  shown.value,
  shown.cases,
  counted.yes,
  counted.no,
  shown.cases - counted.yes - counted.no as not_applicable,
  counted.all_yes,
  counted.all_no,
  counted.all_not_applicable,
  shown.is_first,
  shown.is_size_protected,
  shown.is_size_protected
  or (
    shown.groups > 1
    and greatest(counted.all_yes, counted.all_no, counted.all_not_applicable) < counted.all_cases
    and shown.smallest - counted.all_not_applicable < shown.fewest_cases
  ) as are_answers_protected
from shown
join kept.answer_bits as bits using (inspection_id, sample_id)
cross join lateral (
  select
    bit_count(bits.yes_cases & shown.members)::integer as yes,
    bit_count(bits.no_cases & shown.members)::integer as no,
    bit_length(shown.members) as all_cases,
    bit_count(bits.yes_cases)::integer as all_yes,
    bit_count(bits.no_cases)::integer as all_no,
    bit_length(shown.members) - bit_count(bits.yes_cases)::integer - bit_count(bits.no_cases)::integer as all_not_applicable
) as counted
where (shown.is_size_protected or shown.cases > 0)
  and (bits.question_id, shown.attribute) not in (select question_id, attribute from rating.asked_of_some);

comment on view rating.subgroup_protection is
  'An inspection, key question, characteristic and value with its figures, and what of them is protected.';
comment on column rating.subgroup_protection.sample_id is 'Key of the sample.';
comment on column rating.subgroup_protection.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.subgroup_protection.value is 'Coded value of the characteristic.';
comment on column rating.subgroup_protection.cases is 'Cases of the sample that have the value; 0 where none has it, and readers must not know.';
comment on column rating.subgroup_protection.yes is 'Cases of the group answered yes.';
comment on column rating.subgroup_protection.no is 'Cases of the group answered no.';
comment on column rating.subgroup_protection.not_applicable is 'Cases of the group to which the question did not apply.';
comment on column rating.subgroup_protection.all_yes is 'Cases of the whole sample answered yes.';
comment on column rating.subgroup_protection.all_no is 'Cases of the whole sample answered no.';
comment on column rating.subgroup_protection.all_not_applicable is 'Cases of the whole sample to which the question did not apply.';
comment on column rating.subgroup_protection.is_first is 'Whether it is the first value of the characteristic: counts each inspection once.';
comment on column rating.subgroup_protection.is_size_protected is 'Whether the number of cases is protected.';
comment on column rating.subgroup_protection.are_answers_protected is 'Whether the answers are protected.';
