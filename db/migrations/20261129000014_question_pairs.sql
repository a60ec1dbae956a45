-- migrate:up
create table core.question_pair (
  edition_code text not null,
  first_question_id integer not null,
  second_question_id integer not null,
  note text,
  primary key (first_question_id, second_question_id),
  foreign key (first_question_id, edition_code) references core.question (question_id, edition_code) on delete cascade,
  foreign key (second_question_id, edition_code) references core.question (question_id, edition_code) on delete cascade,
  constraint question_is_no_pair_with_itself check (first_question_id <> second_question_id)
);
create index question_pair_by_second on core.question_pair (second_question_id);
comment on table core.question_pair is
  'Two key questions of an edition that ask the same of two samples, such as court and out-of-court disposals: their answers can be compared.';

alter table core.load drop constraint load_kind_check;
alter table core.load add constraint load_kind_check check (
  kind in (
    'views', 'register', 'edition', 'crosswalk', 'question pairs', 'inspection', 'ratings table', 'published totals', 'groups'
  )
);

-- migrate:down
alter table core.load drop constraint load_kind_check;
alter table core.load add constraint load_kind_check
  check (kind in ('views', 'register', 'edition', 'crosswalk', 'inspection', 'ratings table', 'published totals', 'groups'));
drop table core.question_pair;
