-- Regions of inspections
-- One row: an inspection.
-- Rule: the region of the local authorities that the service worked for at the time (nine regions of England, and Wales),
-- where they all lie in one; else the region that the service itself is given as.
-- region is NULL when neither is known.
create view rating.inspection_region as
with of_authorities as (
  select inspection.inspection_id, min(local_authority.region) as region
  from core.inspection
  join core.service_authority
    on service_authority.service_id = inspection.service_id
    and rating.holds(service_authority.valid, inspection.as_of)
  join core.local_authority using (local_authority_id)
  group by inspection.inspection_id
  having min(local_authority.region) = max(local_authority.region)
)
select inspection.inspection_id, coalesce(of_authorities.region, service.region) as region
from core.inspection
join core.service using (service_id)
left join of_authorities using (inspection_id);

comment on view rating.inspection_region is 'An inspection with the region that its service works in.';
comment on column rating.inspection_region.region is 'A region of England, or Wales; for an invented service one of its own. NULL when not known.';
