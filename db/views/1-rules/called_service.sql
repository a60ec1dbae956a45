-- Services by everything that they may be called
-- One row: a service.
-- names and authorities are lists: a name, or the names and the code of a local authority, from when until when it held, as exactly as
-- that is known (null where it is not).
-- Never NULL.
create view rating.called_service as
select service_id, service_code as code, area, is_synthetic, names, authorities
from core.service
cross join lateral (
  select array(
    select json_build_object(
      'name', name, 'from', rating.known_date(lower(valid), from_precision), 'until', rating.known_date(upper(valid), until_precision))
    from core.service_name
    where service_name.service_id = service.service_id
  ) as names
) as own
cross join lateral (
  select array(
    select json_build_object(
      'names', array[authority.name, ons_code] || array(
        select other.name from core.local_authority_name as other where other.local_authority_id = authority.local_authority_id),
      'from', rating.known_date(lower(works.valid), from_precision),
      'until', rating.known_date(upper(works.valid), until_precision))
    from core.service_authority as works
    join core.local_authority as authority using (local_authority_id)
    where works.service_id = service.service_id
  ) as authorities
) as governing;

comment on view rating.called_service is 'A service by everything that it may be called: names, area, code, local authorities.';
comment on column rating.called_service.code is 'Short, stable name of the service: barnet.';
comment on column rating.called_service.is_synthetic is 'Whether the service is invented: then all its inspections are.';
comment on column rating.called_service.names is 'Its names: name, from, until.';
comment on column rating.called_service.authorities is
  'Local authorities that it works or worked for, each with all of its names and its code: names, from, until.';
