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

comment on view analytics.finding is 'One row a strength or an area for improvement, in one line. Key: inspection_id, finding_no.';
comment on column analytics.finding.finding_no is 'Order of the finding within its inspection.';
comment on column analytics.finding.kind is 'One of: strength, area for improvement.';
comment on column analytics.finding.domain is 'Domain it is about, or that of its standard; NULL when neither is said.';
comment on column analytics.finding.standard is 'Standard it is about; NULL when it is about a whole domain.';
comment on column analytics.finding.summary is 'One line of what was found, in words of this database.';
comment on column analytics.finding.domain_title is 'Title of the domain; NULL where that is.';
comment on column analytics.finding.standard_title is 'Title of the standard; NULL where that is.';
