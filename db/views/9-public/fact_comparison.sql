-- Contextual facts beside ratings
-- One row: an inspection and a fact of its report that has a figure.
-- Rule: the figure beside the overall rating, and beside the national figure that the report prints for it, where it prints one
-- (for England and Wales, or one of them). Differences are in the fact's own unit: percentage points where that is percent.
-- national_value and difference are NULL when no national figure is printed, or it is lost.
create view analytics.fact_comparison as
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
  fact.fact_no::integer as fact_no,
  case
    -- the whole of what reports give in parts
    when fact.measure = 'current caseload' and fact.breakdown is null and fact.category = 'total' then 'caseload'
    when fact.breakdown is not null or fact.category is not null then null
    when fact.measure = 'total population' then 'population'
    when fact.measure = 'youth population (10-17 years)' and fact.unit <> 'percent' then 'youth population'
    when fact.measure = 'current caseload' then 'caseload'
    when fact.measure in ('total staff headcount', 'total staff headcount (full-time equivalent)') then 'staff'
    when fact.measure = 'first-time entrant rate' then 'first-time entrants'
    when fact.measure = 'reoffending rate' and fact.unit = 'percent' then 'reoffending'
  end as comparable,
  fact.measure,
  fact.breakdown,
  fact.category,
  fact.value,
  fact.unit,
  fact.period,
  fact.source,
  national.national_value,
  fact.value - national.national_value as difference,
  overall.rating,
  overall.rating_rank,
  overall.score,
  overall.max_score
from core.context_fact as fact
join rating.inspection_key as key using (inspection_id)
join kept.overall_result as overall on overall.service_id = key.service_id and overall.inspection_id = key.inspection_id
cross join lateral (
  select case when fact.comparator in ('England and Wales', 'England', 'Wales') then fact.comparator_value end as national_value
) as national
where fact.value is not null;

comment on view analytics.fact_comparison is
  'One row an inspection and contextual fact that has a figure: the figure, the national one and the difference, beside the overall rating.';
