-- migrate:up
create table core.load (
  load_id bigint generated always as identity primary key,
  kind text not null check (kind in ('views', 'register', 'edition', 'crosswalk', 'inspection')),
  subject text not null,
  content_hash text not null,
  loaded_at timestamptz not null default clock_timestamp(),
  loaded_by text not null default session_user,
  program text not null
);
comment on table core.load is
  'A load that was done: of which subject, with which content, when, by whom. The newest of a subject is what the tables hold.';
create index load_of_subject on core.load (kind, subject, load_id);

create table core.load_file (
  load_id bigint not null references core.load on delete cascade,
  file text not null,
  sha256 text not null,
  bytes bigint not null check (bytes >= 0),
  primary key (load_id, file)
);
comment on table core.load_file is 'A file that was read by a load.';

create table core.made_object (
  kind text not null check (kind in ('view', 'function')),
  name text not null,
  primary key (kind, name)
);
comment on table core.made_object is
  'A view or function in rating or analytics that this program made, and makes anew when its file changes. Whatever else is there is somebody else''s and stays.';

-- migrate:down
drop table core.made_object, core.load_file, core.load;
