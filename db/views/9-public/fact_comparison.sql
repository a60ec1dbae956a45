-- Contextual facts beside ratings
-- One row: an inspection and a fact of its report that has a figure.
-- Rule: the figure beside the overall rating, and beside the national figure that the report prints for it, where it prints one
-- (for England and Wales, or one of them). Differences are in the fact's own unit: percentage points where that is percent.
-- national_value and difference are NULL when no national figure is printed, or it is lost.
create view analytics.fact_comparison as
select
  fact.inspection_id,
  fact.service_id,
  fact.service,
  fact.area,
  fact.region,
  fact.nation,
  fact.edition,
  fact.fieldwork_start,
  fact.year,
  fact.published,
  fact.is_synthetic,
  fact.fact_no,
  fact.comparable,
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
from analytics.context_fact as fact
join kept.overall_result as overall on overall.service_id = fact.service_id and overall.inspection_id = fact.inspection_id
cross join lateral (
  select case when fact.comparator in ('England and Wales', 'England', 'Wales') then fact.comparator_value end as national_value
) as national
where fact.value is not null;

comment on view analytics.fact_comparison is
  'One row an inspection and contextual fact that has a figure: the figure, the national one and the difference, beside the overall rating.';
