-- Local authorities of services
-- One row: a service, a local authority that it works or worked for, and a time in which it did.
-- Rule: codes are those that the authority has or had then; a change of boundary that gave a new code is a row of its own. What others
-- have by local authority is joined by ons_code or dfe_la_code, and by date: a day is within when it is at or after valid_from, or
-- that is NULL, and before valid_until, or that is NULL.
-- valid_from is NULL where no beginning is known, valid_until where it has no end or none is known.
create view analytics.service_authority as
select
  key.service_id,
  key.service,
  key.area,
  authority.region,
  authority.nation,
  authority.name as authority,
  authority.ons_code,
  authority.dfe_la_code,
  authority.authority_type,
  authority.police_area,
  lower(works.valid) as valid_from,
  case when not lower_inf(works.valid) then works.from_precision end as valid_from_precision,
  upper(works.valid) as valid_until,
  case when not upper_inf(works.valid) then works.until_precision end as valid_until_precision,
  rating.holds(works.valid, rating.present_day()) as is_current,
  key.is_synthetic
from core.service_authority as works
join core.local_authority as authority using (local_authority_id)
join rating.service_key as key using (service_id);

comment on view analytics.service_authority is
  'One row a service, local authority and time in which it worked for it, with the codes by which others know the authority.';
