-- Samples of inspections
-- One row: an inspection and a sample of its edition.
-- cases is NULL when it is not known how many were inspected, eligible when not known of how many, cases_by_kind when no kind is.
create view analytics.inspection_sample as
with make_up as (
  select
    sample_kind.inspection_id,
    sample_kind.sample_id,
    string_agg(sample_kind.kind || ' ' || sample_kind.cases, ', ' order by case_kind.position) as cases_by_kind
  from core.sample_kind
  join core.case_kind using (sample_id, kind)
  group by sample_kind.inspection_id, sample_kind.sample_id
)
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
  sample.sample,
  sample.position::integer as sample_order,
  drawn.cases::integer as cases,
  drawn.eligible_cases::integer as eligible,
  drawn.case_manager_interviews::integer as case_manager_interviews,
  make_up.cases_by_kind
from core.inspection_sample as drawn
join rating.inspection_key as key using (inspection_id)
join core.sample using (sample_id)
left join make_up on make_up.inspection_id = drawn.inspection_id and make_up.sample_id = drawn.sample_id;

comment on view analytics.inspection_sample is 'One row an inspection and sample: how many cases were inspected, of how many, of which kinds.';
