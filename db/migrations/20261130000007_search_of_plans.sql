-- migrate:up
-- Views stand on views: the order in which a question of one inspection joins some twenty tables took longer to look for than to go
-- through. They name tables in an order that is a good one, and all of many inspections is found as fast in it.
alter table core.role_limit drop constraint role_limit_setting_check;
alter table core.role_limit add constraint role_limit_setting_check check (
  setting in (
    'connections', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout', 'temp_file_limit', 'search_path',
    'join_collapse_limit', 'from_collapse_limit'
  )
);
comment on table core.role_limit is
  'What a role may ask of the server, where it looks for names, and how far it looks for a plan. The owner may change it; it holds from the next time that the owner starts the program.';
insert into core.role_limit (role, setting, value)
select role, setting, '6'
from unnest(array['yot_ratings_reader', 'yot_ratings_analyst', 'yot_ratings_loader']) as role
cross join unnest(array['join_collapse_limit', 'from_collapse_limit']) as setting;

-- migrate:down
delete from core.role_limit where setting in ('join_collapse_limit', 'from_collapse_limit');
alter table core.role_limit drop constraint role_limit_setting_check;
alter table core.role_limit add constraint role_limit_setting_check check (
  setting in (
    'connections', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout', 'temp_file_limit', 'search_path'
  )
);
comment on table core.role_limit is
  'What a role may ask of the server, and where it looks for names. The owner may change it; it holds from the next time that the owner starts the program.';
