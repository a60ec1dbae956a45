-- migrate:up
create table core.inspection (
  inspection_id bigint generated always as identity primary key,
  inspection_code text not null unique check (inspection_code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  service_id integer not null references core.service,
  edition_code text not null references core.edition,
  service_at_inspection text not null,
  title text,
  isbn text,
  lead_inspector text,
  fieldwork_start date not null,
  fieldwork_end date,
  fieldwork_precision text not null check (fieldwork_precision in ('day', 'month')),
  published date,
  published_year smallint,
  published_precision text check (published_precision in ('day', 'month', 'year')),
  is_synthetic boolean not null default false,
  recommendations_made smallint check (recommendations_made >= 0),
  about text,
  unique (service_id, fieldwork_start),
  unique (inspection_id, edition_code),
  check (fieldwork_end >= fieldwork_start),
  check (published_precision is distinct from 'day' or published is not null),
  check (published_precision is distinct from 'month' or extract(day from published) = 1),
  check (published_precision is distinct from 'year' or (published is null and published_year is not null)),
  check ((published_precision is null) = (published_year is null)),
  check (published_year = extract(year from published))
);
comment on table core.inspection is 'One inspection of one service under one edition.';
comment on column core.inspection.fieldwork_start is 'First day of fieldwork; the first of the month when only the month is known.';
comment on column core.inspection.published is 'Publication; the first of the month when only that is known, NULL when only the year is.';

create table core.inspection_sample (
  inspection_id bigint not null,
  questionnaire_id smallint not null,
  edition_code text not null,
  sample text not null,
  cases smallint check (cases >= 0),
  case_manager_interviews smallint check (case_manager_interviews >= 0),
  place text,
  primary key (inspection_id, questionnaire_id),
  unique (inspection_id, sample),
  unique (inspection_id, questionnaire_id, sample),
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (questionnaire_id, edition_code, sample)
    references core.questionnaire (questionnaire_id, edition_code, sample)
);
comment on table core.inspection_sample is 'A sample that an inspection drew; cases is the number inspected, NULL when it is not known.';

create table core.sample_disposal (
  inspection_id bigint not null,
  sample text not null,
  disposal text not null,
  cases smallint not null check (cases >= 0),
  primary key (inspection_id, sample, disposal),
  foreign key (inspection_id, sample) references core.inspection_sample (inspection_id, sample) on delete cascade,
  foreign key (sample, disposal) references core.disposal
);
comment on table core.sample_disposal is 'Sample make-up: inspected cases of a disposal type.';

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

create table core.inspected_case (
  inspection_id bigint not null,
  case_no smallint not null check (case_no > 0),
  questionnaire_id smallint not null,
  sample text not null,
  pseudonym text not null check (pseudonym <> ''),
  disposal text not null,
  primary key (inspection_id, case_no),
  unique (inspection_id, pseudonym),
  unique (inspection_id, case_no, questionnaire_id),
  foreign key (inspection_id, questionnaire_id, sample)
    references core.inspection_sample (inspection_id, questionnaire_id, sample) on delete cascade,
  foreign key (sample, disposal) references core.disposal
);
comment on table core.inspected_case is 'A case that was inspected, in exactly one sample, under a pseudonym.';

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

create type core.answer_value as enum ('yes', 'no', 'not applicable');

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

-- migrate:down
drop table core.answer;
drop type core.answer_value;
drop table core.case_attribute, core.inspected_case, core.attribute_value, core.attribute, core.sample_disposal,
  core.inspection_sample, core.inspection;
