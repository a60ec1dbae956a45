-- migrate:up
create extension if not exists btree_gist;

create schema core;
comment on schema core is 'Base tables: what was read, judged and decided. Not open to readers; query analytics instead.';

create schema rating;
comment on schema rating is 'How a rating comes about, one view a step. Not open to readers; its results are in analytics.';

create schema analytics;
comment on schema analytics is 'The public face: commented views only, for analysts and BI tools.';

-- A role belongs to the whole server: another database on it may have made it already, or be making it now.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'yot_ratings_reader') then
    create role yot_ratings_reader nologin;
    comment on role yot_ratings_reader is 'Reads the views of schema analytics of a yot-ratings database, and nothing else.';
  end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'this user may not create roles: have an administrator run "create role yot_ratings_reader login password ''...''" first';
end
$$;

revoke create on schema public from public;

-- With a function of his own, in a temporary schema, a reader could look at rows that a view leaves out.
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

grant usage on schema analytics to yot_ratings_reader;

-- migrate:down
do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$;
revoke usage on schema analytics from yot_ratings_reader;
drop schema analytics;
drop schema rating;
drop schema core;
-- The role stays: other databases on this server may use it.
