-- Groups of cases
-- One row: an inspection, one of its samples, and a value of an attribute that a case of it has.
-- Rule: a bit for each case of the sample, in the order of case numbers. Every attribute of the edition splits the sample whole: where a
-- case has no value it is not known. The kind of case is an attribute too, by the name that the edition has for it, where it names kinds.
-- What table kept.case_group keeps. Never NULL.
create view rating.case_group as
with split as (
  select edition_code, attribute, false as is_kind
  from core.case_attribute
  union all
  select edition_code, kind_of_case, true
  from core.edition
)
select
  case_bit.inspection_id,
  case_bit.sample_id,
  split.attribute,
  valued.value,
  bit_or(case_bit.case_bit)::bit varying as cases
from rating.case_bit
join core.sample using (sample_id)
join split using (edition_code)
cross join lateral (
  select coalesce(case when split.is_kind then case_bit.kind else case_bit.attributes ->> split.attribute end, 'not known') as value
) as valued
where not split.is_kind or case_bit.sample_id in (select sample_id from core.case_kind)
group by case_bit.inspection_id, case_bit.sample_id, split.attribute, valued.value;

comment on view rating.case_group is 'A group of cases of a sample that share a characteristic.';
comment on column rating.case_group.sample_id is 'Key of the sample.';
comment on column rating.case_group.attribute is 'Attribute of a case, or what the edition calls the kind of a case.';
comment on column rating.case_group.value is 'Coded value of the attribute.';
comment on column rating.case_group.cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the case has the value.';
