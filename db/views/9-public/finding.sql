-- Findings
-- One row: a strength or an area for improvement.
create view analytics.finding as
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
  finding.finding_no::integer as finding_no,
  finding.kind,
  domain.domain_code as domain,
  domain.title as domain_title,
  finding.standard_code as standard,
  standard.title as standard_title,
  finding.summary,
  finding.place
from core.finding
join rating.inspection_key as key using (inspection_id)
left join core.standard on standard.edition_code = finding.edition_code and standard.standard_code = finding.standard_code
left join core.domain
  on domain.edition_code = finding.edition_code and domain.domain_code = coalesce(finding.domain_code, standard.domain_code);

comment on view analytics.finding is 'One row a strength or an area for improvement, in one line.';
