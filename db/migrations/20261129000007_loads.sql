-- migrate:up
create table core.load (
  load_id bigint generated always as identity primary key,
  kind text not null check (
    kind in (
      'views', 'register', 'edition', 'inspection', 'ratings table', 'published totals', 'groups'
    )
  ),
  subject text not null,
  content_hash text not null,
  loaded_at timestamptz not null default clock_timestamp(),
  loaded_by text not null default session_user,
  program text not null,
  inspection_id bigint,
  transaction_id xid8 not null default pg_current_xact_id()
);
comment on table core.load is
  'A load that was done: of which subject, with which content, when, by whom. The newest of a subject is what the tables hold.';
comment on column core.load.inspection_id is
  'The inspection that was loaded; NULL for other kinds. Not a foreign key: the record outlives the inspection.';
comment on column core.load.transaction_id is 'The transaction that recorded it: what belongs to a load is recorded in that one, or not at all.';
create index load_of_subject on core.load (kind, subject, load_id);
create index load_of_content on core.load (content_hash, load_id);

create table core.load_file (
  load_id bigint not null references core.load on delete cascade,
  file text not null,
  sha256 text not null,
  bytes bigint not null check (bytes >= 0),
  rows integer check (rows >= 0),
  encoding text,
  primary key (load_id, file)
);
comment on table core.load_file is 'A file that was read by a load.';
comment on column core.load_file.rows is 'Data rows of a table; NULL for a file that is no table.';
comment on column core.load_file.encoding is 'Encoding in which a table''s text was read.';

create table core.replaced_rating (
  load_id bigint not null references core.load on delete cascade,
  code text not null,
  rating text,
  score integer,
  primary key (load_id, code)
);
comment on table core.replaced_rating is
  'What an inspection''s ratings were before a load replaced it: of a standard, by its code, or overall (code ''overall'').';

create table core.load_remark (
  load_id bigint not null references core.load on delete cascade,
  remark_no smallint not null,
  file text not null,
  line integer,
  message text not null,
  primary key (load_id, remark_no)
);
comment on table core.load_remark is
  'Something that a load noticed and kept as published: a score that contradicts its rating, for one.';

create table core.made_object (
  kind text not null check (kind in ('view', 'function')),
  name text not null,
  primary key (kind, name)
);
comment on table core.made_object is
  'A view or function in rating or analytics that this program made, and makes anew when its file changes. Whatever else is there is somebody else''s and stays.';

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

-- Loaders queue by rows of a table, not by advisory locks: those could be held by whoever may connect.
create table core.load_queue (
  queue integer primary key,
  mark boolean not null default false
);
comment on table core.load_queue is
  'A row is locked by who loads an inspection that falls to it, row 1024 by a bulk load; the whole table by who loads reference data. Nothing is ever written.';
comment on column core.load_queue.mark is 'Whoever may update it may lock the row.';
insert into core.load_queue (queue) select generate_series(0, 1024);

create table core.role_limit (
  role text not null check (role in ('yot_ratings_loader', 'yot_ratings_analyst', 'yot_ratings_reader')),
  setting text not null check (
    setting in (
      'connections', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout', 'temp_file_limit'
    )
  ),
  value text not null,
  primary key (role, setting),
  check (setting <> 'connections' or value ~ '^[1-9][0-9]{0,3}$')
);
comment on table core.role_limit is
  'What a role may ask of the server. The owner may change it; it holds from the next time that the owner starts the program.';
comment on column core.role_limit.value is
  'As the server writes it (60s, 1GB). Of connections: how many of every hundred that the server takes.';
-- Of a hundred connections these leave twenty for the owner, and for what the server keeps to its administrator.
insert into core.role_limit (role, setting, value)
values
  ('yot_ratings_reader', 'connections', '60'),
  ('yot_ratings_reader', 'statement_timeout', '60s'),
  ('yot_ratings_reader', 'idle_in_transaction_session_timeout', '60s'),
  ('yot_ratings_reader', 'lock_timeout', '10s'),
  ('yot_ratings_reader', 'temp_file_limit', '1GB'),
  ('yot_ratings_analyst', 'connections', '10'),
  ('yot_ratings_analyst', 'statement_timeout', '15min'),
  ('yot_ratings_analyst', 'idle_in_transaction_session_timeout', '10min'),
  ('yot_ratings_analyst', 'lock_timeout', '10s'),
  ('yot_ratings_analyst', 'temp_file_limit', '10GB'),
  ('yot_ratings_loader', 'connections', '10');

-- migrate:down
drop table core.role_limit, core.load_queue, core.applied_migration, core.made_object, core.load_remark, core.replaced_rating, core.load_file, core.load;
