-- Standards, with the domain that they belong to
-- One row: a standard of an edition.
-- Never NULL.
create view rating.standard_key as
select
  standard.edition_code,
  standard.standard_code,
  standard.domain_code as domain,
  domain.title as domain_title,
  standard.title,
  standard.basis,
  standard.position
from core.standard
join core.domain using (edition_code, domain_code);

comment on view rating.standard_key is 'A standard of an edition with its domain, as they stand in every public view.';
