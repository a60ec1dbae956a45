-- migrate:up
-- A role belongs to the whole server: another database on it may have made it already, or be making it now.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'yot_ratings_analyst') then
    create role yot_ratings_analyst nologin;
    comment on role yot_ratings_analyst is
      'Reads the views of schema analytics of a yot-ratings database, also those whose small numbers are not protected, and nothing else.';
  end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'this user may not create roles: have an administrator run "create role yot_ratings_analyst login password ''...''" first';
end
$$;

grant usage on schema analytics to yot_ratings_analyst;

-- migrate:down
revoke usage on schema analytics from yot_ratings_analyst;
-- The role stays: other databases on this server may use it.
