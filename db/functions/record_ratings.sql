-- Ratings are recorded when they become others
-- A record is made where they differ from those recorded last; none is ever changed. loads are the keys of the loads that made
-- the ratings what they are, in step with the inspections.
-- With its owner's rights: what is recorded is what the views give, and nobody writes a record by hand.
create function rating.record_ratings(ids bigint[], why text, loads bigint[] default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  present_ids bigint[];
  present_codes text[];
  present_ratings text[];
  present_scores integer[];
  changed bigint[];
  changed_by bigint[];
  whys text[];
  record_ids bigint[];
  recorded bigint[];
begin
  if exists (select from unnest(loads) as made (load_id) where load_id is not null and not core.is_own_load(load_id)) then
    raise exception using
      errcode = 'insufficient_privilege',
      message = 'ratings are recorded as those of a load in its own transaction';
  end if;
  -- what is rated may lie on other servers, the records are here: each is asked by itself
  select array_agg(inspection_id), array_agg(code), array_agg(rating), array_agg(score)
  into present_ids, present_codes, present_ratings, present_scores
  from (
    select inspection_id, code, rating, score
    from rating.present_rating
    where inspection_id = any (ids)
    offset 0
  ) as present;
  with wanted as (
    select inspection_id, load_id
    from unnest(ids, coalesce(loads, array_fill(null::bigint, array[cardinality(ids)]))) as wanted (inspection_id, load_id)
  ),
  newest as (
    select distinct on (inspection_id) record.inspection_id, record.record_id, record.edition_code, record.why
    from core.rating_record as record
    where record.inspection_id = any (ids)
    order by inspection_id, record_id desc
  ),
  stated as (
    select inspection_id, array_agg(row(code, rating, score)::text order by code) as ratings
    from unnest(present_ids, present_codes, present_ratings, present_scores) as present (inspection_id, code, rating, score)
    group by inspection_id
  ),
  recorded as (
    select newest.inspection_id, array_agg(row(code, rating, score)::text order by code) as ratings
    from newest
    join core.recorded_rating using (record_id)
    group by newest.inspection_id
  )
  select
    array_agg(inspection_id order by inspection_id),
    array_agg(wanted.load_id order by inspection_id),
    array_agg(
      case
        when record_ratings.why = 'loaded' and coalesce(newest.why, 'removed') <> 'removed' then 'replaced'
        else record_ratings.why
      end
      order by inspection_id
    )
  into changed, changed_by, whys
  from wanted
  join stated using (inspection_id)
  join core.inspection using (inspection_id)
  left join newest using (inspection_id)
  left join recorded using (inspection_id)
  where newest.edition_code is distinct from inspection.edition_code
    or newest.why = 'removed'
    or recorded.ratings is distinct from stated.ratings;
  if changed is null then
    return;
  end if;
  with record as (
    insert into core.rating_record
      (inspection_id, load_id, why, service, area, edition_code, fieldwork_start, year, published, is_synthetic)
    select
      inspection_id, made.load_id, made.why,
      key.service, key.area, key.edition, key.fieldwork_start, key.year, key.published, key.is_synthetic
    from unnest(changed, changed_by, whys) as made (inspection_id, load_id, why)
    join rating.inspection_key as key using (inspection_id)
    order by inspection_id
    returning record_id, inspection_id
  )
  select array_agg(record_id), array_agg(inspection_id) into record_ids, recorded from record;
  insert into core.recorded_rating (record_id, inspection_id, code, rating, score, is_revision)
  select record_id, inspection_id, code, rating, score, exists (
    select
    from core.recorded_rating as earlier
    where earlier.inspection_id = present.inspection_id
      and earlier.code = present.code
      and (earlier.rating, earlier.score) is distinct from (present.rating, present.score)
  )
  from unnest(record_ids, recorded) as record (record_id, inspection_id)
  join unnest(present_ids, present_codes, present_ratings, present_scores) as present (inspection_id, code, rating, score) using (inspection_id);
end
$$;
comment on function rating.record_ratings(bigint[], text, bigint[]) is 'Records the ratings of inspections where they have become others.';
revoke execute on function rating.record_ratings(bigint[], text, bigint[]) from public;
grant execute on function rating.record_ratings(bigint[], text, bigint[]) to yot_ratings_loader;
