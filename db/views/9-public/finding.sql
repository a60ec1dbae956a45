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
  finding.domain_code as domain,
  finding.standard_code as standard,
  finding.summary,
  finding.place
from core.finding
join rating.inspection_key as key using (inspection_id);

comment on view analytics.finding is 'One row a strength or an area for improvement, in one line. Key: inspection_id, finding_no.';
comment on column analytics.finding.finding_no is 'Order of the finding within its inspection.';
comment on column analytics.finding.kind is 'One of: strength, area for improvement.';
comment on column analytics.finding.domain is 'Domain it is about; NULL when it is about one standard.';
comment on column analytics.finding.standard is 'Standard it is about; NULL when it is about a whole domain.';
comment on column analytics.finding.summary is 'One line of what was found, in words of this database.';
