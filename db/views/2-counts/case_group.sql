-- Groups of cases
-- One row: an inspection, a sample of it that has cases, and a value of an attribute: every value that the edition has, and not known.
-- Rule: a bit for each case of the sample, in the order of case numbers. Every attribute of the edition splits the sample whole: where a
-- case has no value it is not known. The kind of case is an attribute too, by the name that the edition has for it, where it names kinds.
-- A value that no case has is there with no bit set: how many rows there are must not tell how many groups there are.
-- What table kept.case_group keeps. Never NULL.
create view rating.case_group as
with split as (
  select edition_code, attribute, false as is_kind
  from core.case_attribute
  union all
  select edition_code, kind_of_case, true
  from core.edition
),
listed as (
  select sample.sample_id, named.attribute, named.value
  from core.sample
  join (
    select edition_code, attribute, value from core.attribute_value
    union all
    select edition_code, attribute, 'not known' from core.case_attribute
  ) as named using (edition_code)
  union all
  select case_kind.sample_id, edition.kind_of_case, case_kind.kind
  from core.case_kind
  join core.sample using (sample_id)
  join core.edition using (edition_code)
)
select
  case_bit.inspection_id,
  case_bit.sample_id,
  valued.attribute,
  valued.value,
  bit_or(valued.cases)::bit varying as cases
from rating.case_bit
join core.sample using (sample_id)
cross join lateral (
  select
    split.attribute,
    coalesce(case when split.is_kind then case_bit.kind else case_bit.attributes ->> split.attribute end, 'not known') as value,
    case_bit.case_bit as cases
  from split
  where split.edition_code = sample.edition_code
    and (not split.is_kind or case_bit.sample_id in (select sample_id from core.case_kind))
  union all
  select listed.attribute, listed.value, case_bit.case_bit & ~case_bit.case_bit
  from listed
  -- once a sample: with its first case
  where listed.sample_id = case_bit.sample_id
    and get_bit(case_bit.case_bit, 0) = 1
) as valued
group by case_bit.inspection_id, case_bit.sample_id, valued.attribute, valued.value;

comment on view rating.case_group is 'A group of cases of a sample that share a characteristic; empty where no case has it.';
comment on column rating.case_group.sample_id is 'Key of the sample.';
comment on column rating.case_group.attribute is 'Attribute of a case, or what the edition calls the kind of a case.';
comment on column rating.case_group.value is 'Coded value of the attribute.';
comment on column rating.case_group.cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the case has the value.';
