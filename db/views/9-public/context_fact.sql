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
  'One row a contextual fact: value, unit, period, source, and the figure beside it. Key: inspection_id, fact_no.';
comment on column analytics.context_fact.fact_no is 'Order of the fact within its inspection.';
comment on column analytics.context_fact.measure is 'What is measured.';
comment on column analytics.context_fact.breakdown is 'By what the measure is split: age, gender, ethnicity, …; NULL when it is not split.';
comment on column analytics.context_fact.category is 'Which part of the split; NULL when the measure is not split.';
comment on column analytics.context_fact.value is 'The figure, in unit; NULL when the source lost it.';
comment on column analytics.context_fact.unit is 'Unit of value and comparator_value: percent, people, cases, pounds, …';
comment on column analytics.context_fact.marker is '[x] not available: the source lost the figure; NULL otherwise.';
comment on column analytics.context_fact.comparator is 'Whose figure stands beside it, such as England and Wales; NULL when none does.';
comment on column analytics.context_fact.comparator_value is 'The figure beside it, in unit; NULL when none is printed or it is lost.';
comment on column analytics.context_fact.period is 'The period or year the figure is about, as the source words it; NULL when not said.';
comment on column analytics.context_fact.as_at is 'The day the figure is of (date); NULL when not said.';
comment on column analytics.context_fact.source is 'Where the report has the figure from; NULL when not said.';
comment on column analytics.context_fact.domain is 'Domain whose section prints it, or that of the standard; NULL when neither is said.';
comment on column analytics.context_fact.standard is 'Standard whose section prints it; NULL when none.';
comment on column analytics.context_fact.domain_title is 'Title of the domain; NULL where that is.';
comment on column analytics.context_fact.standard_title is 'Title of the standard; NULL where that is.';
comment on column analytics.context_fact.comparable is
  'Name of the measure where it is the same in every report, one of: population, youth population, caseload, staff, first-time entrants, reoffending; NULL for a measure of one report, and for a part of one.';
