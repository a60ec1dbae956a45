-- Which figures of groups of cases are protected
-- One row: as in rating.subgroup_count, with the same figures: whoever asks for both has them counted once.
-- Rule: core.disclosure_control says how few cases are too few. The figures of a whole sample are published, so what is left when
-- the groups that are shown are taken from it must not give a protected group away:
--   1. the size of a group that is too small is protected, and so are its answers;
--   2. so are the answers of a group that has too few relevant cases;
--   3. if there is any, the next smallest groups of the characteristic are protected with them, until they are two or more, have
--      together no fewer cases than that number and more than one each, and have every answer among them that the sample has;
--   4. a characteristic that no two cases share is not split at all: the list of its values alone would tell the sizes;
--   5. neither is a sample of fewer cases than that number.
-- A characteristic that all cases of the sample share is not split, and has nothing to protect beyond what is published.
-- Never NULL.
create view rating.subgroup_protection as
with by_size as (
  select
    service_id,
    inspection_id,
    sample_id,
    attribute,
    value,
    members,
    cases,
    fewest_cases,
    count(*) over characteristic as groups,
    sum(cases) over characteristic as all_cases,
    count(*) filter (where cases < fewest_cases) over characteristic as small_groups,
    row_number() over smallest_first as place,
    sum(cases) over smallest_first as cases_so_far
  from (
    select
      service_id,
      inspection_id,
      sample_id,
      attribute,
      value,
      cases as members,
      bit_count(cases)::integer as cases
    from kept.case_group
    join core.inspection using (inspection_id)
  ) as case_group
  cross join (select fewest_cases from core.disclosure_control where is_only limit 1) as control
  window
    characteristic as (partition by service_id, inspection_id, sample_id, attribute),
    smallest_first as (characteristic order by cases, value rows unbounded preceding)
),
sized as (
  select
    by_size.*,
    small_groups > 0
    and groups > 1
    and place <= min(place) filter (
      where place = groups
        or (place >= small_groups and place >= 2 and cases_so_far >= fewest_cases and cases_so_far > place)
    ) over (partition by service_id, inspection_id, sample_id, attribute) as is_size_protected
  from by_size
),
answered as (
  select
    bits.question_id,
    sized.*,
    counted.yes,
    counted.no,
    sized.cases - counted.yes - counted.no as not_applicable,
    bit_count(bits.yes_cases) as all_yes,
    bit_count(bits.no_cases) as all_no,
    counted.yes + counted.no between 1 and sized.fewest_cases - 1 as has_small_base
  from sized
  join kept.answer_bits as bits using (inspection_id, sample_id)
  cross join lateral (
    select
      bit_count(bits.yes_cases & sized.members)::integer as yes,
      bit_count(bits.no_cases & sized.members)::integer as no
  ) as counted
),
ordered as (
  select
    answered.*,
    row_number() over needful_first as order_no,
    sum(cases) over needful_first as cases_with,
    sum(yes) over needful_first as yes_with,
    sum(no) over needful_first as no_with,
    is_size_protected or has_small_base as is_needful,
    lead(is_size_protected or has_small_base, 1, false) over needful_first as is_next_needful
  from answered
  window needful_first as (
    partition by service_id, inspection_id, question_id, attribute
    order by is_size_protected desc, has_small_base desc, cases, value
    rows unbounded preceding
  )
),
enough as (
  select
    ordered.*,
    (
      not is_next_needful
      and order_no >= 2
      and cases_with >= fewest_cases
      and (yes_with > 0 or all_yes = 0)
      and (no_with > 0 or all_no = 0)
      and (cases_with > yes_with + no_with or all_cases = all_yes + all_no)
    )
    or order_no = groups as is_enough
  from ordered
)
select
  service_id,
  inspection_id,
  question_id,
  sample_id,
  attribute,
  value,
  cases,
  yes,
  no,
  not_applicable,
  is_size_protected,
  bool_or(is_needful) over characteristic
  and groups > 1
  and order_no <= min(order_no) filter (where is_enough) over characteristic as are_answers_protected,
  (groups > 1 and groups = all_cases) or bit_length(members) < fewest_cases as is_not_split
from enough
window characteristic as (partition by service_id, inspection_id, question_id, attribute);

comment on view rating.subgroup_protection is
  'An inspection, key question, characteristic and value with its figures, as in rating.subgroup_count, and what of them is protected.';
comment on column rating.subgroup_protection.sample_id is 'Key of the sample.';
comment on column rating.subgroup_protection.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.subgroup_protection.value is 'Coded value of the characteristic.';
comment on column rating.subgroup_protection.cases is 'Cases of the sample that have the value.';
comment on column rating.subgroup_protection.yes is 'Cases of the group answered yes.';
comment on column rating.subgroup_protection.no is 'Cases of the group answered no.';
comment on column rating.subgroup_protection.not_applicable is 'Cases of the group to which the question did not apply.';
comment on column rating.subgroup_protection.is_size_protected is 'Whether the number of cases is protected.';
comment on column rating.subgroup_protection.are_answers_protected is 'Whether the answers are protected.';
comment on column rating.subgroup_protection.is_not_split is 'Whether readers see no row of the characteristic at all.';
