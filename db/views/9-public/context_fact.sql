-- Contextual facts
-- One row: a fact that a report prints about the service or its area, one value and one unit.
-- value is NULL when the source lost it (marker [x]); comparator columns are NULL when nothing is printed beside it.
create view analytics.context_fact as
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
  case when fact.lost then '[x]' end as marker,
  fact.comparator,
  fact.comparator_value,
  fact.period,
  fact.as_at,
  fact.source,
  domain.domain_code as domain,
  domain.title as domain_title,
  fact.standard_code as standard,
  standard.title as standard_title,
  fact.place
from core.context_fact as fact
join rating.inspection_key as key using (inspection_id)
left join core.standard on standard.edition_code = fact.edition_code and standard.standard_code = fact.standard_code
left join core.domain
  on domain.edition_code = fact.edition_code and domain.domain_code = coalesce(fact.domain_code, standard.domain_code);

comment on view analytics.context_fact is
  'One row a contextual fact: value, unit, period, source, and the figure beside it.';
