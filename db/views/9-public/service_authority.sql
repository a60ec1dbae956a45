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
  'One row a service, local authority and time in which it worked for it, with the codes by which others know the authority. Key: service_id, ons_code, valid_from.';
comment on column analytics.service_authority.service is 'Current name of the service: the official one, or its area''s where none is known.';
comment on column analytics.service_authority.region is 'Region of England in which the authority lies, or Wales.';
comment on column analytics.service_authority.nation is 'One of: England, Wales.';
comment on column analytics.service_authority.authority is 'Name of the local authority.';
comment on column analytics.service_authority.ons_code is 'Its code of the Office for National Statistics, such as E09000003.';
comment on column analytics.service_authority.dfe_la_code is 'Its number at the Department for Education, such as 302; NULL in Wales, which has none.';
comment on column analytics.service_authority.authority_type is 'What kind of authority it is: London borough, county, principal area, ….';
comment on column analytics.service_authority.police_area is 'The police area that it lies in.';
comment on column analytics.service_authority.valid_from is 'First day of the time (date); NULL when not known.';
comment on column analytics.service_authority.valid_from_precision is
  'How exactly valid_from is known, one of: day, month, year; the first day of a month or year stands for it. NULL where that is.';
comment on column analytics.service_authority.valid_until is 'First day after the time (date); NULL when it has no end or none is known.';
comment on column analytics.service_authority.valid_until_precision is 'How exactly valid_until is known, one of: day, month, year. NULL where that is.';
comment on column analytics.service_authority.is_current is 'Whether the service works for the authority today.';
comment on column analytics.service_authority.is_synthetic is 'Whether the service is invented.';
