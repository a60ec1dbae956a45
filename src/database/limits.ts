import { type Kysely, sql } from 'kysely';
import { mayAlterRole } from './roles.js';
import type { DB } from './schema.js';

/**
 * Brings the limits of the roles to what core.role_limit says. What this user may not set is left, and not tried either,
 * which would be an error in the server's log at each start: only an administrator sets temp_file_limit, and only who may create roles sets any.
 */
export async function applyLimits(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ statement: string }>`
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
      end as statement
    from wanted
    join pg_roles on rolname = role
    left join pg_db_role_setting on setrole = pg_roles.oid
      and setdatabase = (select oid from pg_database where datname = current_database())
    where
      case setting
        when 'connections' then rolconnlimit::text <> wanted.value
        else not coalesce(setting || '=' || wanted.value = any(setconfig), false)
          and (
            has_parameter_privilege(setting, 'set')
            or exists (select from pg_settings where name = setting and context = 'user')
          )
      end
      and ${mayAlterRole(sql`pg_roles.oid`)}`.execute(db);
  for (const { statement } of rows) {
    await sql
      .raw(statement)
      .execute(db)
      .catch((error: { code?: string; message?: string }) => {
        // Another program that does the same just now will do (unique_violation: it was first).
        const isDone = error.code === '23505' || error.message?.includes('concurrently updated');
        if (!isDone && error.code !== '42501') throw error;
      });
  }
}
