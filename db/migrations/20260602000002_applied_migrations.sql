-- migrate:up
-- dbmate keeps which migrations were applied, not what they said.
create table core.applied_migration (
  version text primary key,
  sha256 text not null,
  noted_at timestamptz not null default clock_timestamp(),
  program text not null
);
comment on table core.applied_migration is
  'What the file of an applied migration said when this program applied it, or first saw it applied: it may not change after that.';
comment on column core.applied_migration.sha256 is 'Digest of the file''s text, its lines ended by a line feed alone.';

-- migrate:down
drop table core.applied_migration;
