-- migrate:up
-- The views stand on the tables that change here. They are made anew after the migrations.
do $$
declare
  made text;
begin
  for made in
    select format('drop %s %s', kind, string_agg(name, ', ')) from core.made_object group by kind order by kind desc
  loop
    execute made;
  end loop;
  delete from core.made_object;
  delete from core.load where kind = 'views';
end
$$;

-- A case's characteristics are coded values. As columns of an enumerated type they cost a load no key check of their own.
drop table core.case_attribute, core.attribute_value, core.attribute;

create type core.gender as enum ('female', 'male', 'another gender', 'not known');
create type core.age_band as enum ('10 to 14', '15 to 17', '18 and over', 'not known');
create type core.ethnicity as enum ('Asian', 'Black', 'Mixed', 'Other', 'White', 'not known');
create type core.risk_classification as enum ('low', 'medium', 'high', 'very high', 'not known');
create type core.looked_after as enum ('yes', 'no', 'not known');

alter table core.inspected_case
  add column gender core.gender not null default 'not known',
  add column age_band core.age_band not null default 'not known',
  add column ethnicity core.ethnicity not null default 'not known',
  add column risk_of_serious_harm core.risk_classification not null default 'not known',
  add column safety_and_wellbeing core.risk_classification not null default 'not known',
  add column looked_after core.looked_after not null default 'not known';
comment on column core.inspected_case.age_band is 'Age in years at the start of the disposal.';
comment on column core.inspected_case.risk_of_serious_harm is 'The case''s classification of risk of serious harm to others.';
comment on column core.inspected_case.safety_and_wellbeing is 'The case''s classification of risk to the child''s safety and wellbeing.';
comment on column core.inspected_case.looked_after is 'Whether the child is looked after by a local authority.';

-- Answers lie in parts by ranges of the inspection's key. Inspections that come one at a time share the first part; a
-- bulk load takes a block of a million keys, fills a part of its own without keys, adds the keys to it whole, and attaches it:
-- no reader waits, and what it costs does not depend on what is there already.
create schema core_answer;
comment on schema core_answer is 'The parts of core.answer: one for inspections loaded one at a time, one for each bulk load.';

create table core.answer_unparted as select * from core.answer;
drop table core.answer;
create table core.answer (
  inspection_id bigint not null,
  question_id integer not null,
  case_no smallint not null,
  questionnaire_id smallint not null,
  answer core.answer_value not null,
  primary key (inspection_id, question_id, case_no),
  foreign key (inspection_id, case_no, questionnaire_id)
    references core.inspected_case (inspection_id, case_no, questionnaire_id) on delete cascade,
  foreign key (question_id, questionnaire_id) references core.question (question_id, questionnaire_id)
) partition by range (inspection_id);
comment on table core.answer is
  'The inspector''s judgement of one case on one key question or prompt. A key question''s answer is its own, never derived from its prompts.';
create table core_answer.one_at_a_time partition of core.answer for values from (minvalue) to (1000000);
-- so that what the server says of a wrong answer names the key of core.answer
alter index core_answer.one_at_a_time_pkey rename to answer_pkey;
comment on table core_answer.one_at_a_time is 'Answers of inspections that were loaded one at a time.';
insert into core.answer select * from core.answer_unparted;
drop table core.answer_unparted;

alter table core.inspection alter column inspection_id set maxvalue 999999;
create sequence core.inspection_block as bigint;
comment on sequence core.inspection_block is
  'Blocks of a million inspection keys: block n begins at n million, belongs to one bulk load, and has a part of core.answer to itself.';

-- migrate:down
do $$
declare
  made text;
begin
  for made in
    select format('drop %s %s', kind, string_agg(name, ', ')) from core.made_object group by kind order by kind desc
  loop
    execute made;
  end loop;
  delete from core.made_object;
  delete from core.load where kind = 'views';
end
$$;

alter table core.inspection alter column inspection_id set maxvalue 9223372036854775807;
drop sequence core.inspection_block;
create table core.answer_unparted as select * from core.answer;
drop table core.answer;
drop schema core_answer;
create table core.answer (
  inspection_id bigint not null,
  question_id integer not null,
  case_no smallint not null,
  questionnaire_id smallint not null,
  answer core.answer_value not null,
  primary key (inspection_id, question_id, case_no),
  foreign key (inspection_id, case_no, questionnaire_id)
    references core.inspected_case (inspection_id, case_no, questionnaire_id) on delete cascade,
  foreign key (question_id, questionnaire_id) references core.question (question_id, questionnaire_id)
);
comment on table core.answer is
  'The inspector''s judgement of one case on one key question or prompt. A key question''s answer is its own, never derived from its prompts.';
insert into core.answer select * from core.answer_unparted;
drop table core.answer_unparted;

alter table core.inspected_case
  drop column gender, drop column age_band, drop column ethnicity, drop column risk_of_serious_harm,
  drop column safety_and_wellbeing, drop column looked_after;
drop type core.gender, core.age_band, core.ethnicity, core.risk_classification, core.looked_after;

create table core.attribute (
  attribute text primary key
);
comment on table core.attribute is 'A characteristic of a case by which results may be split.';
create table core.attribute_value (
  attribute text not null references core.attribute,
  value text not null,
  position smallint not null,
  primary key (attribute, value),
  unique (attribute, position)
);
comment on table core.attribute_value is 'A coded value of an attribute, "not known" among them.';
create table core.case_attribute (
  inspection_id bigint not null,
  case_no smallint not null,
  attribute text not null,
  value text not null,
  primary key (inspection_id, case_no, attribute),
  foreign key (inspection_id, case_no) references core.inspected_case on delete cascade,
  foreign key (attribute, value) references core.attribute_value
);
comment on table core.case_attribute is 'A characteristic of an inspected case; no row when it was not recorded.';
