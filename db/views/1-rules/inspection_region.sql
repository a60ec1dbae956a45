-- Regions of inspections
-- One row: an inspection.
-- Rule: the region and the nation of the local authorities that the service worked for at the time (nine regions of England, and
-- Wales), where they all lie in one; else those that the service itself is given as.
-- region and nation are NULL when neither is known.
create view rating.inspection_region as
select
  inspection.service_id,
  inspection.inspection_id,
  coalesce(at_the_time.region, service.region) as region,
  coalesce(at_the_time.nation, service.nation) as nation
from core.inspection
join core.service using (service_id)
-- looked up for each inspection, however many rows it is asked for with
cross join lateral (
  select
    case when min(local_authority.region) = max(local_authority.region) then min(local_authority.region) end as region,
    case when min(local_authority.nation) = max(local_authority.nation) then min(local_authority.nation) end as nation
  from core.service_authority
  join core.local_authority using (local_authority_id)
  where service_authority.service_id = inspection.service_id
    and rating.holds(service_authority.valid, inspection.as_of)
) as at_the_time;

comment on view rating.inspection_region is 'An inspection with the region and the nation that its service works in.';
comment on column rating.inspection_region.region is 'A region of England, or Wales; for an invented service one of its own. NULL when not known.';
comment on column rating.inspection_region.nation is 'England or Wales; NULL when not known, as of an invented service.';
