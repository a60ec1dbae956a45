-- migrate:up
create extension if not exists btree_gist;

create schema core;
comment on schema core is 'Evidence: what was read, judged and decided, and the editions it is held against. Not open to readers; query analytics instead.';

create schema core_answer;
comment on schema core_answer is 'The parts of core.answer: one for inspections loaded one at a time, one for each bulk load.';

create schema kept;
comment on schema kept is
  'What SQL has counted and rated of each inspection, filled from the views of schema rating that have the same names. Not open to readers.';

create schema rating;
comment on schema rating is 'How a rating comes about, one view a step. Not open to readers; its results are in analytics.';

create schema analytics;
comment on schema analytics is 'The public face: commented views only, for analysts and BI tools.';

-- A role belongs to the whole server: another database on it may have made it already, or be making it now.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'yot_ratings_reader') then
    create role yot_ratings_reader nologin;
    comment on role yot_ratings_reader is
      'Reads the views of schema analytics of a yot-ratings database, and nothing else.';
  end if;
  if not exists (select 1 from pg_roles where rolname = 'yot_ratings_analyst') then
    create role yot_ratings_analyst nologin;
    comment on role yot_ratings_analyst is
      'Reads the views of schema analytics of a yot-ratings database, also those whose small numbers are not protected, and the tables below them.';
  end if;
  if not exists (select 1 from pg_roles where rolname = 'yot_ratings_loader') then
    create role yot_ratings_loader nologin;
    comment on role yot_ratings_loader is
      'Loads inspections into a yot-ratings database, and replaces them. It makes and drops nothing, and changes no rule, no register and no record of a load.';
  end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'this user may not create roles: have an administrator run "create role ... login password ''...''" for yot_ratings_reader, yot_ratings_analyst and yot_ratings_loader first';
end
$$;

-- migrate:down
drop schema analytics, rating, kept, core_answer, core;
-- The roles stay: other databases on this server may use them.
