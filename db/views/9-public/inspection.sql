-- Inspections
-- One row: an inspection.
-- evidence is the weakest that any of its key questions rests on; 'ratings only' where there are no figures.
-- The cases of samples of three names have columns, where an edition has samples of these names; all samples are in inspection_sample.
-- A number of cases is NULL when the source does not give it.
create view analytics.inspection as
with named as (
  select inspection_sample.inspection_id, replace(sample.sample, ' ', '_') || '_cases' as column_name, inspection_sample.cases
  from core.inspection_sample
  join core.sample using (sample_id)
),
sample as (
  select
    inspection_id,
    max(cases) filter (where column_name = 'court_cases')::integer as court_cases,
    max(cases) filter (where column_name = 'out_of_court_cases')::integer as out_of_court_cases,
    max(cases) filter (where column_name = 'resettlement_cases')::integer as resettlement_cases
  from named
  group by inspection_id
),
recommended as (
  select inspection_id, count(*)::integer as recommendations
  from core.recommendation
  group by inspection_id
),
found as (
  select inspection_id, count(*)::integer as findings
  from core.finding
  group by inspection_id
),
stated as (
  select inspection_id, count(*)::integer as facts
  from core.context_fact
  group by inspection_id
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
  inspection.inspection_code,
  inspection.programme,
  inspection.service_at_inspection,
  inspection.title,
  inspection.isbn,
  inspection.report_url,
  inspection.inspection_type,
  inspection.lead_inspector,
  inspection.fieldwork_end,
  inspection.fieldwork_precision,
  inspection.published_year::integer as published_year,
  inspection.published_precision,
  key.as_of,
  inspection.as_of_precision,
  case when inspection.as_of_precision <> 'year' then rating.financial_year(key.as_of) end as financial_year,
  case when not key.is_synthetic then counted.inspectorate_year end as inspectorate_year,
  case when inspection.as_of_precision <> 'year' then rating.present_day() - key.as_of end as days_since,
  sample.court_cases,
  sample.out_of_court_cases,
  sample.resettlement_cases,
  inspection.is_listed_only,
  inspection.recommendations_made::integer as recommendations_made,
  -- none of a number that is not 0 is none that is recorded
  coalesce(recommended.recommendations, case when inspection.recommendations_made = 0 then 0 end) as recommendations_listed,
  found.findings as findings_listed,
  stated.facts as facts_listed,
  coalesce(evidence.evidence, 'ratings only') as evidence
from rating.inspection_key as key
join core.inspection using (inspection_id)
left join sample using (inspection_id)
left join core.inspectorate_year as counted
  on coalesce(inspection.published, make_date(inspection.published_year, 1, 1)) >= counted.published_from
  and coalesce(inspection.published, make_date(inspection.published_year, 1, 1)) < counted.published_until
left join (
  select service_id, inspection_id, max(evidence_rank) as evidence_rank
  from kept.standard_result
  group by service_id, inspection_id
) as weakest on weakest.service_id = key.service_id and weakest.inspection_id = key.inspection_id
left join core.evidence using (evidence_rank)
left join recommended on recommended.inspection_id = key.inspection_id
left join found on found.inspection_id = key.inspection_id
left join stated on stated.inspection_id = key.inspection_id;

comment on view analytics.inspection is 'One row an inspection: which service, when, under which edition, how many cases, on what evidence.';
