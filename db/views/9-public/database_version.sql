-- The database itself
-- One row: this database.
-- schema_version is the newest migration that it has, views_version tells its views from those of another version.
create view analytics.database_version as
select
  (select max(version)::text from public.schema_migrations) as schema_version,
  (select content_hash from core.load where kind = 'views' order by load_id desc limit 1) as views_version,
  (select program from core.load where kind = 'views' order by load_id desc limit 1) as program;

comment on view analytics.database_version is
  'This database, one row: of which version of the program its schema and its views are.';
