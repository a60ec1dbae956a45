-- migrate:up
-- Readers see one schema: they need not name it.
alter table core.role_limit drop constraint role_limit_setting_check;
alter table core.role_limit add constraint role_limit_setting_check check (
  setting in (
    'connections', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout', 'temp_file_limit', 'search_path'
  )
);
comment on table core.role_limit is
  'What a role may ask of the server, and where it looks for names. The owner may change it; it holds from the next time that the owner starts the program.';
insert into core.role_limit (role, setting, value)
values ('yot_ratings_reader', 'search_path', 'analytics');

-- migrate:down
delete from core.role_limit where setting = 'search_path';
alter table core.role_limit drop constraint role_limit_setting_check;
alter table core.role_limit add constraint role_limit_setting_check check (
  setting in (
    'connections', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout', 'temp_file_limit'
  )
);
comment on table core.role_limit is
  'What a role may ask of the server. The owner may change it; it holds from the next time that the owner starts the program.';
