-- Wrong rows of the records, and of what roles queue by and are limited by.

-- a load of an unknown kind: load_kind_check
insert into core.load (kind) values ('gossip');
-- a file of a load twice: load_file_pkey
insert into core.load_file select * from core.load_file limit 1;
-- a file of a load that there is not: load_file_load_id_fkey
insert into core.load_file values (-1, 'some.csv', '', 0);
-- a file of fewer than no bytes: load_file_bytes_check
insert into core.load_file (bytes) values (-1);
-- a table of fewer than no rows: load_file_rows_check
insert into core.load_file (rows) values (-1);
-- a replaced rating of no load: replaced_rating_load_id_fkey
insert into core.replaced_rating values (-1, '2.1', 'Good', 2);
-- two replaced ratings of one standard: replaced_rating_pkey
insert into core.replaced_rating select last_load(), '2.1' from generate_series(1, 2);
-- a remark of no load: load_remark_load_id_fkey
insert into core.load_remark values (-1, 1, 'some.csv', 1, 'why');
-- two remarks of one number: load_remark_pkey
insert into core.load_remark select last_load(), 1, 'some.csv', 1, 'why' from generate_series(1, 2);
-- a record of ratings for an unknown reason: rating_record_why_check
insert into core.rating_record (why) values ('gossip');
-- a record of ratings of no load: rating_record_load_id_fkey
insert into core.rating_record (load_id) values (-1);
-- a rating of no record: recorded_rating_record_id_fkey
insert into core.recorded_rating values (-1, 1, '2.1', 'Good', 2, false);
-- two ratings of one standard in a record: recorded_rating_pkey
insert into core.recorded_rating select * from core.recorded_rating limit 1;
-- two digests of one migration: applied_migration_pkey
insert into core.applied_migration (version, sha256, program)
  select 'none', '', '' from generate_series(1, 2);
-- a made object that is neither view nor function: made_object_kind_check
insert into core.made_object values ('table', 'core.answer');
-- a made object twice: made_object_pkey
insert into core.made_object select * from core.made_object limit 1;

-- a queue twice: load_queue_pkey
insert into core.load_queue values (7);
-- two limits of one thing: role_limit_pkey
insert into core.role_limit values ('yot_ratings_reader', 'statement_timeout', '1h');
-- a limit of a role that is not ours: role_limit_role_check
insert into core.role_limit values ('postgres', 'lock_timeout', '1s');
-- a setting that is no limit: role_limit_setting_check
insert into core.role_limit values ('yot_ratings_reader', 'work_mem', '64MB');
-- no connection at all: role_limit_check
update core.role_limit set value = '0' where setting = 'connections';
