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

-- Trends read key questions only, and splits their bits only: each lies by itself, so that neither reads past the prompts,
-- which are four rows in five.
drop table result.question;

create table result.key_question (
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
  primary key (inspection_id, question_id)
);
comment on table result.key_question is
  'An inspection and a key question of which anything is known or printed: counts, percentages, band.';

create table result.prompt (
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
  primary key (inspection_id, question_id)
);
comment on table result.prompt is 'An inspection and a prompt of which anything is known or printed: counts, percentages.';

create table result.answer_bits (
  inspection_id bigint not null references core.inspection on delete cascade,
  question_id integer not null,
  questionnaire_id smallint not null,
  yes_cases bit varying not null,
  no_cases bit varying not null,
  primary key (inspection_id, question_id)
);
comment on table result.answer_bits is 'An inspection and a key question with case answers: which cases were answered yes, and which no.';
comment on column result.answer_bits.yes_cases is 'A bit for each case of the sample, in the order of its case numbers: 1 where the answer is yes.';
comment on column result.answer_bits.no_cases is 'The same for no.';

-- All that a trend sums and groups by, in rows as narrow as can be: reading them is most of its cost.
create table result.standard_count (
  inspection_id bigint not null references core.inspection on delete cascade,
  standard_code text not null,
  edition_code text not null,
  year smallint not null,
  is_synthetic boolean not null,
  yes integer not null,
  relevant integer not null,
  primary key (inspection_id, standard_code)
);
comment on table result.standard_count is
  'An inspection and a standard of which the counts of every key question are known: answers summed.';
comment on column result.standard_count.year is 'Year of the inspection, as core.inspection has it.';
comment on column result.standard_count.is_synthetic is 'Whether the inspection is invented, as core.inspection has it.';
comment on column result.standard_count.yes is 'Answers of yes to its key questions.';
comment on column result.standard_count.relevant is 'Relevant cases of its key questions, summed.';
alter table result.standard
  drop column yes,
  drop column relevant;

-- An inspection without an overall result gets all its results anew at the next start.
truncate result.standard, result.overall, result.case_group;

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

drop table result.key_question, result.prompt, result.answer_bits, result.standard_count;

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

alter table result.standard
  add column yes integer,
  add column relevant integer;
comment on column result.standard.yes is 'Answers of yes to its key questions; NULL when a count of one is not known.';
comment on column result.standard.relevant is 'Relevant cases of its key questions, summed; NULL when a count of one is not known.';

truncate result.standard, result.overall, result.case_group;
