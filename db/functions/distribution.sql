-- How a database lies over the workers of Citus
-- Statements to be run by its owner, in order: rating.distribution_statements gives those that spread it (command db distribute), and
-- rating.distribution_rights those that make functions and rights what they have to be there, whenever the views were made anew.
-- Both are only called on a coordinator: elsewhere there is no catalogue of Citus to look at.
--
-- Where the tables go, as the catalogue has it: evidence and counts have the inspection in their primary key, and are distributed by it,
-- those of one inspection to one shard. core.inspection hands these keys out: it is copied, a row an inspection, so that its code, its
-- service and its day stay unique whoever writes them, and a trigger there still notices what is taken away. Records of loads and what
-- the program keeps of itself stay on the coordinator, with their triggers and policies: no view joins them to evidence row by row. All
-- else is copied to every server.
create function rating.distribution_statements(shards integer) returns setof text
language plpgsql
as $$
declare
  here text := quote_ident(current_database());
  by_inspection text[];
  copied text[];
  drop_keys text[];
  add_keys text[];
  drop_triggers text[];
  with_triggers text[];
begin
  with recursive own as (
    select oid, relnamespace
    from pg_class
    where relnamespace in ('core'::regnamespace, 'kept'::regnamespace)
      and relkind in ('r', 'p')
      and not relispartition
  ),
  tied as (
    select conrelid as one, confrelid as other from pg_constraint where contype = 'f'
    union
    select confrelid, conrelid from pg_constraint where contype = 'f'
  ),
  recorded as (
    select 'core.load'::regclass::oid as oid
    union
    select other from recorded join tied on one = recorded.oid
  ),
  read as (
    select own.oid
    from own
    join pg_depend as depend on depend.refobjid = own.oid and depend.refclassid = 'pg_class'::regclass
    where depend.classid = 'pg_rewrite'::regclass
    union
    select other from read join tied on one = read.oid
  ),
  placed as (
    select
      own.oid::regclass::text as name,
      exists (
        select
        from pg_index
        join pg_attribute on attrelid = indrelid and attnum = any (indkey)
        where indrelid = own.oid and indisprimary and attname = 'inspection_id' and attidentity = ''
      ) as has_inspection
    from own
    where oid in (select oid from read) and oid not in (select oid from recorded)
  )
  select
    array_agg(name order by name) filter (where has_inspection),
    array_agg(name order by name) filter (where not has_inspection)
  into by_inspection, copied
  from placed;

  -- put back when both ends are where they go
  select
    array_agg(format('alter table %s drop constraint %I', conrelid::regclass, conname) order by conrelid::regclass::text, conname),
    array_agg(
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      order by conrelid::regclass::text, conname
    )
  into drop_keys, add_keys
  from pg_constraint
  where contype = 'f' and conparentid = 0 and conrelid = any ((copied || by_inspection)::regclass[]);

  select
    array_agg(format('drop trigger %I on %s', tgname, tgrelid::regclass) order by tgrelid::regclass::text, tgname),
    array_agg(distinct tgrelid::regclass::text)
  into drop_triggers, with_triggers
  from pg_trigger
  where not tgisinternal
    and coalesce(tgnewtable, tgoldtable) is not null
    and tgrelid = any ((copied || by_inspection)::regclass[]);

  -- What goes to a table that every server has a copy of is seen by what comes after it in the same transaction only on the same
  -- connection; and the triggers below belong to such tables, where their function knows that it is called on each server.
  return query
  select unnest(array[format('alter database %s set ', here), 'set local ']) || setting
  from unnest(array['citus.multi_shard_modify_mode = ''sequential''', 'citus.enable_unsafe_triggers = on']) as setting;
  return next format('alter role yot_ratings_reader in database %s set citus.task_assignment_policy = ''round-robin''', here);
  return query select format('set local citus.shard_count = %s', shards) where shards is not null;
  -- Their functions look at tables of which each server has its own copy.
  return query
  select format('alter function %s set citus.allow_nested_distributed_execution = on', function)
  from unnest(array['core.look_up_quantiles()', 'core.is_named(bigint)', 'core.has_authorities(bigint)']) as function;
  return query select unnest(drop_triggers || drop_keys);
  return query select format('select create_reference_table(%L)', name) from unnest(copied) as name;
  return next format('select create_distributed_table(%L, ''inspection_id'')', by_inspection[1]);
  return query
  select format('select create_distributed_table(%L, ''inspection_id'', colocate_with => %L)', name, by_inspection[1])
  from unnest(by_inspection[2:]) as name;
  return query select unnest(add_keys);
  return query
  select format(statement, name)
  from unnest(with_triggers) as name
  cross join unnest(array[
    'create trigger note_changed_rules after insert or update or delete on %s
      for each row execute function core.note_changed_rules()',
    'create constraint trigger rate_noted_editions after insert or update or delete on %s
      deferrable initially deferred for each row execute function core.rate_noted_editions()'
  ]) as statement;
  -- Records of ratings are written as whoever loads: see below. A loader writes those of his own load alone; db check shows what is not
  -- what the views give.
  return query
  select unnest(array[
    'grant insert (inspection_id, load_id, why, service, area, edition_code, fieldwork_start, year, published, is_synthetic)
      on core.rating_record to yot_ratings_loader',
    'grant insert on core.recorded_rating to yot_ratings_loader',
    'alter table core.rating_record enable row level security',
    'create policy everybody_sees_all on core.rating_record for select using (true)',
    'alter table core.recorded_rating enable row level security',
    'create policy everybody_sees_all on core.recorded_rating for select using (true)',
    'create policy loaders_record_their_loads on core.rating_record for insert to yot_ratings_loader
      with check (why in (''loaded'', ''replaced'') and core.is_own_load(load_id))',
    'create policy loaders_record_their_loads on core.recorded_rating for insert to yot_ratings_loader
      with check (core.is_own_load((select load_id from core.rating_record as record where record.record_id = recorded_rating.record_id)))'
  ]);
  -- What has workers run any text is the owner's.
  return query
  select format('revoke execute on function %s from public', pg_proc.oid::regprocedure)
  from pg_proc
  join pg_depend on objid = pg_proc.oid and classid = 'pg_proc'::regclass and deptype = 'e'
  join pg_extension on pg_extension.oid = refobjid and extname = 'citus'
  where proname ~ '^(run_command_on_|master_run_on_worker$)'
  order by 1;
end
$$;
comment on function rating.distribution_statements(integer) is
  'Statements that spread the database over the workers of Citus, in so many shards (NULL: as many as Citus is set to).';
revoke execute on function rating.distribution_statements(integer) from public;

-- A reader's queries go to the workers as the reader, who may read there what the public views are made of; where he logs in, on the
-- coordinator, he may read nothing else than on a single server. With round-robin no query of his is answered from the coordinator's own
-- copies. A statement that has others do something returns what they refuse.
create function rating.distribution_rights() returns setof text
language plpgsql
as $rights$
declare
  on_workers text :=
    'select result from run_command_on_workers($run$do $do$ begin set local citus.enable_ddl_propagation = off; %s; end $do$$run$) where not success';
begin
  -- a plan for any inspections is one for no shard in particular
  return query
  select format('alter function %s reset plan_cache_mode', oid::regprocedure)
  from pg_proc
  where pronamespace = 'rating'::regnamespace
    and exists (select from unnest(proconfig) as setting where setting like 'plan_cache_mode=%')
  order by 1;
  -- as its owner it would not see on the workers what the loader has just written there
  return next 'alter function rating.record_ratings(bigint[], text, bigint[]) security invoker';
  -- To write a row that refers to a copied table, Citus locks that by a worker's own name of it, and asks whether the loader may write to
  -- it. There is no row behind that name, and on the coordinator, and to the copies themselves, he still may not.
  return query
  select format(on_workers, format('grant insert, update, delete on %s to yot_ratings_loader', names))
  from (
    select string_agg(distinct confrelid::regclass::text, ', ') as names
    from pg_constraint
    join pg_dist_partition on logicalrelid = conrelid and partmethod = 'n'
    where contype = 'f' and has_table_privilege('yot_ratings_loader', conrelid, 'insert')
  ) as referred
  where names is not null;
  return next format(on_workers, 'grant usage on schema core, kept, rating to yot_ratings_reader');
  return query
  with recursive seen as (
    select c.oid
    from pg_class as c
    where c.relnamespace = 'analytics'::regnamespace
      and c.relkind = 'v'
      and has_table_privilege('yot_ratings_reader', c.oid, 'select')
    union
    select depend.refobjid
    from seen
    join pg_rewrite on ev_class = seen.oid
    join pg_depend as depend
      on depend.classid = 'pg_rewrite'::regclass
      and depend.objid = pg_rewrite.oid
      and depend.refclassid = 'pg_class'::regclass
  ),
  read as (
    select seen.oid from seen join pg_dist_partition on logicalrelid = seen.oid
  )
  select
    format(
      'select result from run_command_on_placements(%L, ''grant select on %%s to yot_ratings_reader'') where not success',
      oid::regclass
    )
  from (
    select oid from read
    union
    select inhrelid from pg_inherits join read on inhparent = read.oid
  ) as granted
  order by 1;
end
$rights$;
comment on function rating.distribution_rights() is
  'Statements that make functions and rights what they have to be where the evidence is distributed.';
revoke execute on function rating.distribution_rights() from public;
