-- migrate:up
-- What the ratings of an inspection were, each time that they became others. Nothing here refers to the inspection: its history
-- outlives it, and so do the names that tell which one it was.
create table core.rating_record (
  record_id bigint generated always as identity primary key,
  inspection_id bigint not null,
  load_id bigint references core.load on delete cascade,
  why text not null check (why in ('loaded', 'replaced', 'rules changed', 'computed anew', 'removed')),
  recorded_at timestamptz not null default statement_timestamp(),
  recorded_by text not null default session_user,
  service text not null,
  area text not null,
  edition_code text not null,
  fieldwork_start date,
  year integer not null,
  published date,
  is_synthetic boolean not null
);
comment on table core.rating_record is
  'An inspection whose ratings became others than they were, or were there for the first time, or went with it. Only ever added to.';
comment on column core.rating_record.record_id is 'Tells what came after what: the clock may have been set back between two records.';
comment on column core.rating_record.load_id is
  'The load that made the ratings what they are, of the inspection or of its edition; NULL when no load did.';
comment on column core.rating_record.why is
  'What made the ratings others; computed anew: recorded by rating.record_ratings after a change past the program.';
comment on column core.rating_record.recorded_by is 'The database user.';
create index rating_record_of_inspection on core.rating_record (inspection_id, record_id);

create table core.recorded_rating (
  record_id bigint not null references core.rating_record on delete cascade,
  inspection_id bigint not null,
  code text not null,
  rating text,
  score integer,
  is_revision boolean not null,
  primary key (record_id, code)
);
comment on table core.recorded_rating is
  'A rating of a record: of a standard, by its code, or overall (code ''overall''). A record has all ratings of its inspection, and none when that was removed.';
comment on column core.recorded_rating.is_revision is 'Whether its rating or score was another one in an earlier record.';
create index recorded_rating_of_inspection on core.recorded_rating (inspection_id, code);
create index recorded_revision on core.recorded_rating (inspection_id, code) where is_revision;

-- Rights would do for everybody but the owner, who has them all: a trigger stops him as well, until he says outright that he
-- means it (alter table ... disable trigger).
create function core.refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception using
    errcode = 'restrict_violation',
    message = format('%s.%s is a record of what was done: rows are only ever added to it', tg_table_schema, tg_table_name),
    hint = format('If it has to be, its owner may: alter table %s.%s disable trigger %s', tg_table_schema, tg_table_name, tg_name);
end
$$;
comment on function core.refuse_rewriting is 'Refuses whatever statement it is called for.';

do $$
declare
  name text;
begin
  foreach name in array array['load_file', 'load_remark', 'replaced_rating', 'rating_record', 'recorded_rating'] loop
    execute format('create trigger append_only before update or truncate on core.%I
      for each statement execute function core.refuse_rewriting()', name);
    -- For each row: what goes with a row of core.load that may go is no row of these, and yet a statement.
    execute format('create trigger append_only_delete before delete on core.%I
      for each row execute function core.refuse_rewriting()', name);
  end loop;
end
$$;
-- Rows of views say which views the schema has, not what was loaded: they go when views have to be made anew.
create trigger append_only before update or truncate on core.load
  for each statement execute function core.refuse_rewriting();
create trigger append_only_delete before delete on core.load
  for each row when (old.kind <> 'views') execute function core.refuse_rewriting();

-- What a load read, noticed and replaced is recorded by who did it, in the transaction in which it was done: else a loader could put
-- words into the owner's mouth. The owner restores records of others.
create function core.is_own_load(id bigint) returns boolean
language sql stable
as $$
  select exists (
    select
    from core.load
    where load_id = id and transaction_id = pg_current_xact_id_if_assigned() and loaded_by = session_user
  )
$$;
comment on function core.is_own_load is 'Whether a load was recorded in this very transaction, by this very user.';

create function core.refuse_others_load() returns trigger language plpgsql as $$
begin
  if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage')
    and not core.is_own_load(new.load_id)
  then
    raise exception using
      errcode = 'insufficient_privilege',
      message = format('load %s is not recorded in this transaction by %s: what belongs to it is not for %s to say',
        new.load_id, session_user, session_user);
  end if;
  return new;
end
$$;
comment on function core.refuse_others_load is 'Refuses a row that belongs to somebody else''s load, or to an earlier one.';

do $$
declare
  name text;
begin
  foreach name in array array['load_file', 'load_remark', 'replaced_rating'] loop
    execute format('create trigger of_own_load before insert on core.%I
      for each row execute function core.refuse_others_load()', name);
  end loop;
end
$$;

-- A replaced inspection is deleted and written again in one transaction. Only at its end is it known whether one is gone.
-- With its owner's rights: a record is made of what was, and nobody writes one by hand.
create function core.record_removal() returns trigger
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
comment on function core.record_removal is 'Records that the ratings of an inspection went with it.';

create constraint trigger record_removal after delete on core.inspection
  deferrable initially deferred
  for each row execute function core.record_removal();
create trigger record_removal_of_all after truncate on core.inspection
  for each statement execute function core.record_removal();

-- Triggers call these; nobody else has a reason to.
revoke execute on function core.refuse_rewriting(), core.record_removal(), core.refuse_others_load() from public;

-- migrate:down
drop trigger record_removal on core.inspection;
drop trigger record_removal_of_all on core.inspection;
drop trigger append_only on core.load;
drop trigger append_only_delete on core.load;
drop trigger of_own_load on core.load_file;
drop trigger of_own_load on core.load_remark;
drop trigger of_own_load on core.replaced_rating;
drop trigger append_only on core.load_file;
drop trigger append_only_delete on core.load_file;
drop trigger append_only on core.load_remark;
drop trigger append_only_delete on core.load_remark;
drop trigger append_only on core.replaced_rating;
drop trigger append_only_delete on core.replaced_rating;
drop table core.recorded_rating, core.rating_record;
drop function core.record_removal, core.refuse_rewriting, core.refuse_others_load, core.is_own_load;
