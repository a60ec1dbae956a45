-- migrate:up
-- What is the same where tables lie on several servers (Citus; see db distribute) and where there is but one.

create function core.is_distributed() returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  found boolean := false;
begin
  -- only where the catalogue is can it be named
  if to_regclass('pg_catalog.pg_dist_partition') is not null then
    execute 'select exists (select from pg_catalog.pg_dist_partition where logicalrelid = ''core.answer''::regclass)' into found;
  end if;
  return found;
end
$$;
comment on function core.is_distributed is 'Whether the evidence lies on several servers.';

-- A trigger of a table that every server has a copy of is called on each of them. The records are on one.
create or replace function core.record_removal() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regclass('core.rating_record') is null then
    return null;
  end if;
  if tg_op = 'DELETE' then
    if exists (select from core.inspection where inspection_id = old.inspection_id) then
      return null;
    end if;
  end if;
  insert into core.rating_record
    (inspection_id, why, service, area, edition_code, fieldwork_start, year, published, is_synthetic)
  select inspection_id, 'removed', service, area, edition_code, fieldwork_start, year, published, is_synthetic
  from (
    select distinct on (inspection_id)
      inspection_id, why, service, area, edition_code, fieldwork_start, year, published, is_synthetic
    from core.rating_record
    where tg_op = 'TRUNCATE' or inspection_id = old.inspection_id
    order by inspection_id, record_id desc
  ) as newest
  where why <> 'removed';
  return null;
end
$$;

-- Where rules lie on several servers no trigger sees all rows of a statement. There each row notes its edition, and at the end of the
-- transaction the inspections of what was noted are rated once: db distribute puts these two in the place of core.rate_under_changed_rules.
create function core.note_changed_rules() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  edition constant text := case tg_op when 'DELETE' then old.edition_code else new.edition_code end;
  noted constant text[] := coalesce(nullif(current_setting('yot_ratings.changed_editions', true), ''), '{}');
begin
  if coalesce(current_setting('yot_ratings.loads_edition', true), '') = ''
    and to_regclass('core.rating_record') is not null
    and edition <> all (noted)
  then
    perform set_config('yot_ratings.changed_editions', (noted || edition)::text, true);
  end if;
  return null;
end
$$;
comment on function core.note_changed_rules is 'Notes the edition of which a rule was changed, for core.rate_noted_editions.';

create function core.rate_noted_editions() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  noted constant text[] := coalesce(nullif(current_setting('yot_ratings.changed_editions', true), ''), '{}');
  changed text;
begin
  perform set_config('yot_ratings.changed_editions', '', true);
  foreach changed in array noted loop
    if exists (select from core.edition where edition_code = changed) then
      perform rating.rate_edition(changed);
    end if;
  end loop;
  return null;
end
$$;
comment on function core.rate_noted_editions is 'Rates the inspections of the editions that core.note_changed_rules has noted, at the end of the transaction.';
revoke execute on function core.is_distributed(), core.note_changed_rules(), core.rate_noted_editions() from public;

-- In PL/pgSQL: a table whose policy calls a function that names the table by its definition can't be copied to other servers.
create or replace function core.is_named(bigint) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from core.service_name where service_id = $1 and usage = 'official');
end
$$;
create or replace function core.has_authorities(bigint) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from core.service_authority where service_id = $1);
end
$$;

-- Where the answers lie on several servers a bulk load has no part of its own: it copies them to where their inspections are.
create or replace function core.new_answer_part() returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  block bigint;
begin
  if core.is_distributed() then
    return null;
  end if;
  block := nextval('core.inspection_block');
  execute format('create table core_answer.block_%s (like core.answer including defaults)', block);
  execute format('comment on table core_answer.block_%s is %L', block, 'Answers of one bulk load.');
  execute format('grant insert on core_answer.block_%s to yot_ratings_loader', block);
  return block;
end
$$;
comment on function core.new_answer_part() is
  'Makes a bare table core_answer.block_n for the answers of a bulk load, and returns n: keys of its inspections begin at n million. NULL where there are no such parts.';

-- The other servers look at their rows by themselves: as the owner of the tables one would not see there what a loader has just written.
create or replace function core.analyze_loaded() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  name regclass;
begin
  if core.is_distributed() then
    return;
  end if;
  for name in
    select oid from pg_class
    where relnamespace in ('core'::regnamespace, 'kept'::regnamespace)
      and relkind in ('r', 'p')
      -- views read counts of answers
      and oid <> 'core.answer'::regclass
  loop
    execute format('analyze %s', name);
  end loop;
end
$$;

-- migrate:down
create or replace function core.record_removal() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into core.rating_record
    (inspection_id, why, service, area, edition_code, fieldwork_start, year, published, is_synthetic)
  select inspection_id, 'removed', service, area, edition_code, fieldwork_start, year, published, is_synthetic
  from (
    select distinct on (inspection_id) rating_record.*
    from core.rating_record
    where tg_op = 'TRUNCATE' or inspection_id = old.inspection_id
    order by inspection_id, record_id desc
  ) as newest
  where why <> 'removed'
    and (tg_op = 'TRUNCATE' or not exists (select from core.inspection where inspection_id = old.inspection_id));
  return null;
end
$$;
create or replace function core.is_named(bigint) returns boolean
language sql stable security definer
set search_path = pg_catalog, pg_temp
return exists (select from core.service_name where service_id = $1 and usage = 'official');
create or replace function core.has_authorities(bigint) returns boolean
language sql stable security definer
set search_path = pg_catalog, pg_temp
return exists (select from core.service_authority where service_id = $1);
create or replace function core.new_answer_part() returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  block constant bigint := nextval('core.inspection_block');
begin
  execute format('create table core_answer.block_%s (like core.answer including defaults)', block);
  execute format('comment on table core_answer.block_%s is %L', block, 'Answers of one bulk load.');
  execute format('grant insert on core_answer.block_%s to yot_ratings_loader', block);
  return block;
end
$$;
comment on function core.new_answer_part() is
  'Makes a bare table core_answer.block_n for the answers of a bulk load, and returns n: keys of its inspections begin at n million.';
create or replace function core.analyze_loaded() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  name regclass;
begin
  for name in
    select oid from pg_class
    where relnamespace in ('core'::regnamespace, 'kept'::regnamespace)
      and relkind in ('r', 'p')
      -- views read counts of answers
      and oid <> 'core.answer'::regclass
  loop
    execute format('analyze %s', name);
  end loop;
end
$$;
drop function core.note_changed_rules, core.rate_noted_editions, core.is_distributed;
