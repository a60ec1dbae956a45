-- migrate:up
alter table core.load add column inspection_id bigint;
comment on column core.load.inspection_id is
  'The inspection that was loaded; NULL for other kinds. Not a foreign key: the record outlives the inspection.';
create index load_of_content on core.load (content_hash, load_id);

alter table core.load_file
  add column rows integer check (rows >= 0),
  add column encoding text;
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

-- migrate:down
drop table core.load_remark, core.replaced_rating;
alter table core.load_file drop column rows, drop column encoding;
drop index core.load_of_content;
alter table core.load drop column inspection_id;
