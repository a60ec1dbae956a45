-- The register is written from its document: local authorities, services with those that they work for, and who followed whom
-- What is there already is brought to what is given. Authorities and services keep their keys, and services the names that were
-- learnt from bundles.

create function rating.write_authorities(authorities jsonb) returns void
language plpgsql
as $$
begin
  insert into core.local_authority (name, ons_code, dfe_la_code, authority_type, region, nation, police_area, valid)
  select
    one ->> 'name', one ->> 'ons_code', one ->> 'dfe_la_code', one ->> 'type', one ->> 'region', one ->> 'nation', one ->> 'police_area',
    daterange((one ->> 'from')::date, (one ->> 'until')::date)
  from jsonb_array_elements(authorities) as one
  on conflict (ons_code) do update set
    name = excluded.name, dfe_la_code = excluded.dfe_la_code, authority_type = excluded.authority_type, region = excluded.region,
    nation = excluded.nation, police_area = excluded.police_area, valid = excluded.valid;
  delete from core.local_authority_name
  using core.local_authority as named, jsonb_array_elements(authorities) as one
  where named.local_authority_id = local_authority_name.local_authority_id and named.ons_code = one ->> 'ons_code';
  insert into core.local_authority_name (local_authority_id, name)
  select local_authority_id, jsonb_array_elements_text(one -> 'other_names')
  from jsonb_array_elements(authorities) as one
  join core.local_authority on ons_code = one ->> 'ons_code';
end
$$;
comment on function rating.write_authorities(jsonb) is 'Brings local authorities to what a list of the register says.';

create function rating.write_register(document jsonb) returns void
language plpgsql
as $$
declare
  ids bigint[];
begin
  perform rating.write_authorities(document -> 'local_authorities');

  insert into core.service (service_code, area, region, nation, note)
  select
    one ->> 'code', one ->> 'area', coalesce(one ->> 'region', common.region), coalesce(one ->> 'nation', common.nation), one ->> 'note'
  from jsonb_array_elements(document -> 'services') as one
  -- what all of its authorities have in common
  cross join lateral (
    select
      case when min(region) = max(region) then min(region) end as region,
      case when min(nation) = max(nation) then min(nation) end as nation
    from jsonb_array_elements(one -> 'authorities') as works
    join core.local_authority on ons_code = works ->> 'ons_code'
  ) as common
  on conflict (service_code) do update set
    area = excluded.area, region = excluded.region, nation = excluded.nation, note = excluded.note;
  ids := array(
    select service_id
    from core.service
    join jsonb_array_elements(document -> 'services') as one on service_code = one ->> 'code'
  );

  delete from core.service_name
  where service_id = any (ids)
    and (
      usage = 'official'
      or lower(name) in (
        select lower(own ->> 'name')
        from jsonb_array_elements(document -> 'services') as one
        cross join jsonb_array_elements(one -> 'names') as own
      )
    );
  insert into core.service_name (service_id, name, usage, kind, valid, from_precision, until_precision)
  select
    service_id, own ->> 'name', own ->> 'usage', own ->> 'kind',
    daterange(rating.first_day(own ->> 'from'), rating.first_day(own ->> 'until')),
    rating.precision_of(own ->> 'from'), rating.precision_of(own ->> 'until')
  from jsonb_array_elements(document -> 'services') as one
  join core.service on service_code = one ->> 'code'
  cross join jsonb_array_elements(one -> 'names') as own;

  delete from core.service_authority where service_id = any (ids);
  insert into core.service_authority (service_id, local_authority_id, valid, from_precision, until_precision)
  select
    service_id, local_authority_id, daterange(rating.first_day(works ->> 'from'), rating.first_day(works ->> 'until')),
    rating.precision_of(works ->> 'from'), rating.precision_of(works ->> 'until')
  from jsonb_array_elements(document -> 'services') as one
  join core.service on service_code = one ->> 'code'
  cross join jsonb_array_elements(one -> 'authorities') as works
  join core.local_authority on ons_code = works ->> 'ons_code';

  delete from core.service_succession where successor_id = any (ids);
  insert into core.service_succession (predecessor_id, successor_id, succeeded_on, precision, note)
  select
    predecessor.service_id, successor.service_id, rating.first_day(one ->> 'on'), rating.precision_of(one ->> 'on'), one ->> 'note'
  from jsonb_array_elements(document -> 'successions') as one
  join core.service as predecessor on predecessor.service_code = one ->> 'predecessor'
  join core.service as successor on successor.service_code = one ->> 'successor';
end
$$;
comment on function rating.write_register(jsonb) is
  'Brings local authorities, services and successions to what the register says (src/import/register/files.ts has the shape of its document).';
