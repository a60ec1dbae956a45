-- migrate:up
create schema result;
comment on schema result is
  'Results of each inspection, kept when it is loaded: what the views of schema rating compute, at the cost of a look-up. Not open to readers.';

create table result.question (
  inspection_id bigint not null references core.inspection on delete cascade,
  question_id integer not null,
  evidence text not null,
  yes integer,
  no integer,
  not_applicable integer,
  relevant integer,
  inspected integer,
  percent_of_relevant integer,
  percent_of_inspected integer,
  percent integer,
  base_count integer,
  counted_yes integer,
  rating text,
  rating_rank smallint,
  low double precision,
  high double precision,
  rounding_matters boolean,
  yes_cases bit varying,
  no_cases bit varying,
  primary key (inspection_id, question_id)
);
comment on table result.question is 'An inspection and a question of which anything is known or printed: counts, percentages, band.';
comment on column result.question.yes_cases is
  'A bit for each case of the sample, in the order of its case numbers: 1 where the answer is yes. NULL without case answers.';
comment on column result.question.no_cases is 'The same for no.';

create table result.standard (
  inspection_id bigint not null references core.inspection on delete cascade,
  standard_code text not null,
  edition_code text not null,
  evidence text,
  computed_rating text,
  lowest_percent integer,
  driving_key_question text,
  tied_key_questions text,
  not_computed_because text,
  rating text,
  rating_rank smallint,
  rating_source text,
  score integer,
  near_boundary boolean,
  one_case_flips boolean,
  small_sample boolean,
  yes integer,
  relevant integer,
  primary key (inspection_id, standard_code)
);
comment on table result.standard is 'An inspection and a standard of its edition: what was computed, what it is rated and why, what it scores.';
comment on column result.standard.yes is 'Answers of yes to its key questions; NULL when a count of one is not known.';
comment on column result.standard.relevant is 'Relevant cases of its key questions, summed; NULL when a count of one is not known.';

create table result.overall (
  inspection_id bigint primary key references core.inspection on delete cascade,
  evidence text not null,
  score integer,
  max_score integer,
  computed_rating text,
  has_unknown_standard boolean not null,
  limited_by text,
  not_rated_because text
);
comment on table result.overall is 'An inspection with its score, the overall rating that the rules give, and the weakest evidence of a key question.';

create table result.case_group (
  inspection_id bigint not null references core.inspection on delete cascade,
  questionnaire_id smallint not null,
  attribute text not null,
  value text not null,
  cases bit varying not null,
  primary key (inspection_id, questionnaire_id, attribute, value)
);
comment on table result.case_group is 'The cases of a sample that share a characteristic.';
comment on column result.case_group.cases is 'A bit for each case of the sample, in the order of its case numbers: 1 where the case has the value.';

-- migrate:down
drop schema result cascade;
