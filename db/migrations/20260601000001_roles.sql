-- migrate:up
-- A role belongs to the whole server: another database on it may have made it already, or be making it now.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'yot_ratings_loader') then
    create role yot_ratings_loader nologin;
    comment on role yot_ratings_loader is
      'Loads inspections into a yot-ratings database, and replaces them. It makes and drops nothing, and changes no rule, no register and no record of a load.';
  end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'this user may not create roles: have an administrator run "create role yot_ratings_loader login password ''...''" first';
end
$$;

-- Loaders queue by rows of a table, not by advisory locks: those could be held by whoever may connect.
create table core.load_queue (
  queue integer primary key,
  mark boolean not null default false
);
comment on table core.load_queue is
  'A row is locked by who loads an inspection that falls to it, row 1024 by a bulk load; the whole table by who loads reference data. Nothing is ever written.';
comment on column core.load_queue.mark is 'Whoever may update it may lock the row.';
insert into core.load_queue (queue) select generate_series(0, 1024);

create table core.role_limit (
  role text not null check (role in ('yot_ratings_loader', 'yot_ratings_analyst', 'yot_ratings_reader')),
  setting text not null check (
    setting in (
      'connections', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout', 'temp_file_limit'
    )
  ),
  value text not null,
  primary key (role, setting),
  check (setting <> 'connections' or value ~ '^[1-9][0-9]{0,3}$')
);
comment on table core.role_limit is
  'What a role may ask of the server. The owner may change it; it holds from the next time that the owner starts the program.';
comment on column core.role_limit.value is
  'As the server writes it (60s, 1GB). Of connections: how many of every hundred that the server takes.';
-- Of a hundred connections these leave twenty for the owner, and for what the server keeps to its administrator.
insert into core.role_limit (role, setting, value)
values
  ('yot_ratings_reader', 'connections', '60'),
  ('yot_ratings_reader', 'statement_timeout', '60s'),
  ('yot_ratings_reader', 'idle_in_transaction_session_timeout', '60s'),
  ('yot_ratings_reader', 'lock_timeout', '10s'),
  ('yot_ratings_reader', 'temp_file_limit', '1GB'),
  ('yot_ratings_analyst', 'connections', '10'),
  ('yot_ratings_analyst', 'statement_timeout', '15min'),
  ('yot_ratings_analyst', 'idle_in_transaction_session_timeout', '10min'),
  ('yot_ratings_analyst', 'lock_timeout', '10s'),
  ('yot_ratings_analyst', 'temp_file_limit', '10GB'),
  ('yot_ratings_loader', 'connections', '10');

-- Analysts and loaders read what is there, and what later migrations add; readers nothing but the views that are granted one by one.
grant usage on schema core, result, rating to yot_ratings_analyst, yot_ratings_loader;
grant usage on schema analytics, core_answer to yot_ratings_loader;
grant select on all tables in schema core, result to yot_ratings_analyst, yot_ratings_loader;
alter default privileges in schema core grant select on tables to yot_ratings_analyst, yot_ratings_loader;
alter default privileges in schema result grant select on tables to yot_ratings_analyst, yot_ratings_loader;

-- What goes with an inspection goes by cascade, for which no right on the other tables is needed.
grant insert, delete on core.inspection, core.answer to yot_ratings_loader;
grant insert on core.inspection_sample, core.sample_disposal, core.inspected_case, core.published_result, core.prose_count,
  core.published_standard_rating, core.qualitative_rating, core.published_overall, core.panel_decision, core.context_fact,
  core.recommendation, core.finding to yot_ratings_loader;
grant usage on sequence core.inspection_inspection_id_seq to yot_ratings_loader;
grant insert, delete on all tables in schema result to yot_ratings_loader;
-- A service that was not met before, and the dates from which it is known.
grant insert on core.service, core.service_name, core.service_authority to yot_ratings_loader;
grant update (valid) on core.service_name, core.service_authority to yot_ratings_loader;
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

create function core.analyze_results() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  kept regclass;
begin
  for kept in select oid from pg_class where relnamespace = 'result'::regnamespace and relkind = 'r' loop
    execute format('analyze %s', kept);
  end loop;
end
$$;
comment on function core.analyze_results() is
  'Has the server look at the kept results after a bulk load: the views join them, and would be planned as if they were still small.';

revoke execute on function core.new_answer_part(), core.attach_answer_part(bigint), core.analyze_results() from public;
grant execute on function core.new_answer_part(), core.attach_answer_part(bigint), core.analyze_results() to yot_ratings_loader;

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

-- migrate:down
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
drop function core.new_answer_part(), core.attach_answer_part(bigint), core.analyze_results();
drop policy everybody_sees_all on core.load;
drop policy loaders_record_inspections on core.load;
alter table core.load disable row level security;
alter default privileges in schema core revoke select on tables from yot_ratings_analyst, yot_ratings_loader;
alter default privileges in schema result revoke select on tables from yot_ratings_analyst, yot_ratings_loader;
drop table core.load_queue, core.role_limit;
revoke all on all tables in schema core, core_answer, result from yot_ratings_analyst, yot_ratings_loader;
revoke insert (kind, subject, content_hash, program, inspection_id) on core.load from yot_ratings_loader;
revoke update (valid) on core.service_name, core.service_authority from yot_ratings_loader;
revoke all on all sequences in schema core from yot_ratings_loader;
revoke usage on schema core, result, rating from yot_ratings_analyst, yot_ratings_loader;
revoke usage on schema analytics, core_answer from yot_ratings_loader;
-- The roles stay: other databases on this server may use them.
