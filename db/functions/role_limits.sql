-- The limits of the roles, brought to what core.role_limit says
-- The program calls it at each start of the owner's. What he may not set is left, and not tried either, which would be an error in the
-- server's log each time: only an administrator sets temp_file_limit, and only who may create roles sets any.
create function rating.may_alter_role(role oid) returns boolean
language sql stable
return (
  select
    own.rolsuper
    or own.rolcreaterole
      and (current_setting('server_version_num')::integer < 160000 or pg_has_role(role, 'member with admin option'))
  from pg_roles as own
  where own.rolname = current_user
);
comment on function rating.may_alter_role(oid) is 'Whether who asks may alter a role.';

create function rating.apply_role_limits() returns void
language plpgsql
as $$
declare
  statement text;
begin
  for statement in
    with wanted as (
      select
        role,
        setting,
        case setting
          when 'connections' then greatest(1, value::integer * current_setting('max_connections')::integer / 100)::text
          else value
        end as value
      from core.role_limit
    )
    select
      case setting
        when 'connections' then format('alter role %I connection limit %s', role, wanted.value)
        else format('alter role %I in database %I set %I = %L', role, current_database(), setting, wanted.value)
      end
    from wanted
    join pg_roles on rolname = role
    left join pg_db_role_setting
      on setrole = pg_roles.oid
      and setdatabase = (select oid from pg_database where datname = current_database())
    where
      case setting
        when 'connections' then rolconnlimit::text <> wanted.value
        else
          not coalesce(setting || '=' || wanted.value = any (setconfig), false)
          and (
            has_parameter_privilege(setting, 'set')
            or exists (select from pg_settings where name = setting and context = 'user')
          )
      end
      and rating.may_alter_role(pg_roles.oid)
  loop
    begin
      execute statement;
    exception
      -- another program does the same just now (and was first), or it may not be done after all
      when unique_violation or insufficient_privilege then null;
      when internal_error then
        if sqlerrm not like '%concurrently updated%' then raise; end if;
    end;
  end loop;
end
$$;
comment on function rating.apply_role_limits() is 'Brings the limits of the roles to what core.role_limit says.';
revoke execute on function rating.apply_role_limits() from public;
