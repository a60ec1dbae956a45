-- migrate:up
revoke create on schema public from public;
-- With a function of his own, in a temporary schema, a reader could look at rows that a view leaves out.
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

grant usage on schema analytics to yot_ratings_reader, yot_ratings_analyst;

-- Analysts and loaders read what is there, and what later migrations add; readers nothing but the views that are granted one by one.
grant usage on schema core, kept, rating to yot_ratings_analyst, yot_ratings_loader;
grant usage on schema analytics, core_answer to yot_ratings_loader;
grant select on all tables in schema core, kept to yot_ratings_analyst, yot_ratings_loader;
alter default privileges in schema core grant select on tables to yot_ratings_analyst, yot_ratings_loader;
alter default privileges in schema kept grant select on tables to yot_ratings_analyst, yot_ratings_loader;

-- What goes with an inspection goes by cascade, for which no right on the other tables is needed.
grant insert, delete on core.inspection, core.answer, core.listed_figure to yot_ratings_loader;
grant insert on core.inspection_sample, core.sample_kind, core.inspected_case, core.published_result, core.prose_count,
  core.published_standard_rating, core.qualitative_rating, core.judged_question, core.published_overall, core.panel_decision,
  core.context_fact, core.recommendation, core.finding, core.printed_contradiction to yot_ratings_loader;
grant usage on sequence core.inspection_inspection_id_seq to yot_ratings_loader;
-- What is kept of an inspection; what is kept of the rules is changed with these, by their owner.
grant insert, delete on all tables in schema kept to yot_ratings_loader;
revoke insert, delete on kept.rule_period from yot_ratings_loader;
-- A service that was not met before, or another name of one; what the register says of it is not the loader's to change.
grant insert on core.service, core.service_name, core.service_authority to yot_ratings_loader;

-- As of the beginning of a statement: one that adds a service may give it several authorities.
create function core.is_named(bigint) returns boolean
language sql stable security definer
set search_path = pg_catalog, pg_temp
return exists (select from core.service_name where service_id = $1 and usage = 'official');
comment on function core.is_named(bigint) is 'Whether a service has an official name already: another one would rename it.';
create function core.has_authorities(bigint) returns boolean
language sql stable security definer
set search_path = pg_catalog, pg_temp
return exists (select from core.service_authority where service_id = $1);
comment on function core.has_authorities(bigint) is 'Whether it is said already which local authorities a service works for.';
revoke execute on function core.is_named(bigint), core.has_authorities(bigint) from public;
grant execute on function core.is_named(bigint), core.has_authorities(bigint) to yot_ratings_loader;

alter table core.service_name enable row level security;
create policy everybody_sees_all on core.service_name for select using (true);
create policy loaders_rename_nothing on core.service_name for insert to yot_ratings_loader
  with check (usage = 'alias' or not core.is_named(service_id));
alter table core.service_authority enable row level security;
create policy everybody_sees_all on core.service_authority for select using (true);
create policy loaders_move_nothing on core.service_authority for insert to yot_ratings_loader
  with check (not core.has_authorities(service_id));
grant update (mark) on core.load_queue to yot_ratings_loader;

-- A load is recorded by whom and when it was done: neither is the loader's to say, and no record is the loader's to change.
grant insert (kind, subject, content_hash, program, inspection_id) on core.load to yot_ratings_loader;
grant insert on core.load_file, core.load_remark, core.replaced_rating to yot_ratings_loader;
alter table core.load enable row level security;
create policy everybody_sees_all on core.load for select using (true);
create policy loaders_record_inspections on core.load for insert to yot_ratings_loader with check (kind = 'inspection');

-- A part of core.answer has to be its owner's. A loader can have one made, fill it, and have it keyed and attached, nothing else.
create function core.new_answer_part() returns bigint
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

create function core.attach_answer_part(block bigint) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
-- Each check is one look at all rows.
set enable_seqscan = on
as $$
declare
  part constant text := format('core_answer.block_%s', block);
  first_key constant bigint := block * 1000000;
  last_key constant bigint := first_key + 999999;
  primary_key text;
begin
  if to_regclass(part) is null or exists (select from pg_inherits where inhrelid = to_regclass(part)) then
    raise exception 'there is no block % to be attached', block using errcode = 'invalid_parameter_value';
  end if;
  select pg_get_constraintdef(oid) into strict primary_key
  from pg_constraint
  where conrelid = 'core.answer'::regclass and contype = 'p';
  execute format('alter table %s add %s', part, primary_key);
  execute format(
    'alter table %s add constraint bounds check (inspection_id is not null and inspection_id >= %s and inspection_id < %s)',
    part, first_key, last_key + 1
  );
  execute format(
    'alter table core.answer attach partition %s for values from (%s) to (%s)', part, first_key, last_key + 1
  );
  execute format('alter table %s drop constraint bounds', part);
  execute format('revoke insert on %s from yot_ratings_loader', part);
  execute format('analyze %s', part);
end
$$;
comment on function core.attach_answer_part(bigint) is
  'Gives a filled part its primary key and makes it a part of core.answer, which gives it the foreign keys, each checked over all rows at once. Readers go on meanwhile: with foreign keys of its own, these and core.answer''s would be put together, and the tables that they refer to locked.';

create function core.analyze_loaded() returns void
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
comment on function core.analyze_loaded() is
  'Has the server look at the tables that a bulk load has filled, and at the small ones of editions, which nobody else looks at: the views join them, and would be planned as if there were one row in each.';

revoke execute on function core.new_answer_part(), core.attach_answer_part(bigint), core.analyze_loaded() from public;
grant execute on function core.new_answer_part(), core.attach_answer_part(bigint), core.analyze_loaded() to yot_ratings_loader;

-- Whoever may connect could fill the server's table of locks, its log of changes or its queue of notifications with these. Only who
-- owns the functions, the server's administrator, can take the right away.
do $$
declare
  call regprocedure;
begin
  if pg_has_role((select proowner from pg_proc where oid = 'pg_advisory_lock(bigint)'::regprocedure), 'usage') then
    for call in
      select oid from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace
        and proname ~ '^(pg_(try_)?advisory_(xact_)?lock(_shared)?|pg_logical_emit_message|pg_notify)$'
    loop
      execute format('revoke execute on function %s from public', call);
    end loop;
  end if;
end
$$;

-- A large object belongs to whoever makes it, and nothing but this keeps a reader from making some. Only who owns the functions, the
-- server's administrator, can take the right away; elsewhere it stays, and what a reader makes is his own alone.
do $$
begin
  if pg_has_role((select proowner from pg_proc where oid = 'lo_create(oid)'::regprocedure), 'usage') then
    revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;
  end if;
end
$$;

-- migrate:down
do $$
begin
  if pg_has_role((select proowner from pg_proc where oid = 'lo_create(oid)'::regprocedure), 'usage') then
    grant execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) to public;
  end if;
end
$$;
do $$
declare
  call regprocedure;
begin
  if pg_has_role((select proowner from pg_proc where oid = 'pg_advisory_lock(bigint)'::regprocedure), 'usage') then
    for call in
      select oid from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace
        and proname ~ '^(pg_(try_)?advisory_(xact_)?lock(_shared)?|pg_logical_emit_message|pg_notify)$'
    loop
      execute format('grant execute on function %s to public', call);
    end loop;
  end if;
end
$$;
drop function core.new_answer_part(), core.attach_answer_part(bigint), core.analyze_loaded();
drop policy everybody_sees_all on core.service_name;
drop policy loaders_rename_nothing on core.service_name;
alter table core.service_name disable row level security;
drop policy everybody_sees_all on core.service_authority;
drop policy loaders_move_nothing on core.service_authority;
alter table core.service_authority disable row level security;
drop function core.is_named(bigint), core.has_authorities(bigint);
drop policy everybody_sees_all on core.load;
drop policy loaders_record_inspections on core.load;
alter table core.load disable row level security;
alter default privileges in schema core revoke select on tables from yot_ratings_analyst, yot_ratings_loader;
alter default privileges in schema kept revoke select on tables from yot_ratings_analyst, yot_ratings_loader;
revoke all on all tables in schema core, core_answer, kept from yot_ratings_analyst, yot_ratings_loader;
revoke insert (kind, subject, content_hash, program, inspection_id) on core.load from yot_ratings_loader;
revoke update (valid) on core.service_name, core.service_authority from yot_ratings_loader;
revoke all on all sequences in schema core from yot_ratings_loader;
revoke usage on schema core, kept, rating from yot_ratings_analyst, yot_ratings_loader;
revoke usage on schema analytics, core_answer from yot_ratings_loader;
revoke usage on schema analytics from yot_ratings_reader, yot_ratings_analyst;
do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$;
