-- migrate:up
-- What SQL keeps between the evidence and the public views: counts of the answers, and how the standards are rated. Each table holds
-- the rows of the view of schema rating that has its name, and is filled from that view alone, by functions of that schema:
-- rating.renew after a change of evidence, rating.rate_edition after a change of rules. rating.kept_difference shows what was left out.

create table kept.answer_count (
  inspection_id bigint not null references core.inspection on delete cascade,
  question_id integer not null,
  level text not null check (level in ('key question', 'prompt')),
  yes smallint not null,
  no smallint not null,
  not_applicable smallint not null,
  primary key (inspection_id, question_id, level)
) partition by list (level);
comment on table kept.answer_count is 'An inspection and a question that has case answers, with these counted.';
comment on column kept.answer_count.level is 'That of the question. Key questions lie by themselves: four rows in five are prompts, and trends read none of them.';
create table kept.key_question_count partition of kept.answer_count for values in ('key question');
comment on table kept.key_question_count is 'Counts of the answers to key questions.';
create table kept.prompt_count partition of kept.answer_count for values in ('prompt');
comment on table kept.prompt_count is 'Counts of the answers to prompts.';

-- All that a trend sums and groups by, in rows as narrow as can be: reading them is most of its cost.
create table kept.standard_count (
  inspection_id bigint not null references core.inspection on delete cascade,
  standard_code text not null,
  edition_code text not null,
  year smallint not null,
  is_synthetic boolean not null,
  yes integer not null,
  relevant integer not null,
  primary key (inspection_id, standard_code)
);
comment on table kept.standard_count is
  'An inspection and a standard of which the counts of every key question are known: answers summed.';
comment on column kept.standard_count.year is 'Year of the inspection, as core.inspection has it.';
comment on column kept.standard_count.is_synthetic is 'Whether the inspection is invented, as core.inspection has it.';
comment on column kept.standard_count.yes is 'Answers of yes to its key questions.';
comment on column kept.standard_count.relevant is 'Relevant cases of its key questions, summed.';

-- Answers as bits: how many cases of a group said yes is then one operation, whatever the group.
create table kept.answer_bits (
  inspection_id bigint not null references core.inspection on delete cascade,
  question_id integer not null,
  sample_id smallint not null,
  yes_cases bit varying not null,
  no_cases bit varying not null,
  primary key (inspection_id, question_id)
);
comment on table kept.answer_bits is 'An inspection and a key question with case answers: which cases were answered yes, and which no.';
comment on column kept.answer_bits.yes_cases is 'A bit for each case of the sample, in the order of its case numbers: 1 where the answer is yes.';
comment on column kept.answer_bits.no_cases is 'The same for no.';

create table kept.case_group (
  inspection_id bigint not null references core.inspection on delete cascade,
  sample_id smallint not null,
  attribute text not null,
  value text not null,
  cases bit varying not null,
  primary key (inspection_id, sample_id, attribute, value)
);
comment on table kept.case_group is 'The cases of a sample that share a characteristic.';
comment on column kept.case_group.cases is 'A bit for each case of the sample, in the order of its case numbers: 1 where the case has the value.';

-- A rule set as one row, so that a step of a rating joins one table for all that it needs of the rules.
create table kept.rule_period (
  rule_set_id integer primary key,
  edition_code text not null,
  programme text not null,
  is_first_programme boolean not null,
  in_force daterange not null,
  rounding text,
  band_on text,
  z double precision not null,
  key_question_base text,
  prompt_base text,
  band_percents integer[],
  band_ratings text[],
  band_ranks integer[],
  lowest_score integer,
  highest_score integer,
  full_score integer,
  overall text,
  overall_scores integer[],
  overall_ranks integer[],
  limits jsonb,
  unrated_standard text,
  discretion_points integer,
  discretion_judgements integer,
  discretion_sample integer
);
comment on table kept.rule_period is
  'The rules of an edition, with the time for which they hold. What the columns mean is said at view rating.rule_period.';

-- Planning the steps to a standard's rating takes longer than the steps: they are done when the evidence or the rules change.
create table kept.standard_result (
  service_id integer not null,
  inspection_id bigint not null references core.inspection on delete cascade,
  edition_code text not null,
  rule_set_id integer not null,
  standard_code text not null,
  evidence text,
  evidence_rank smallint,
  computed_rating text,
  lowest_percent smallint,
  driving_key_question text,
  tied_key_questions text[],
  not_computed_because text,
  discretion_from text,
  discretion_to text,
  rating text,
  rating_rank smallint,
  rating_source text,
  weight smallint,
  score smallint,
  unrated_because text,
  near_boundary boolean,
  one_case_flips boolean,
  small_sample boolean,
  primary key (inspection_id, standard_code)
);
create index standard_result_of_service on kept.standard_result (service_id);
-- few: a trend says how many it leaves out
create index standard_result_of_percentages on kept.standard_result (inspection_id) where evidence_rank = 2;
comment on table kept.standard_result is
  'An inspection and a standard of its edition: what was computed, what it is rated and why, what it scores. What the columns mean is said at view rating.standard_result.';

-- Whoever changes a rule sees ratings under it in the same transaction. An edition that is loaded changes many rules at once, and has
-- its inspections rated when it is done: it says so by the setting.
create function core.rate_under_changed_rules() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed text;
begin
  if coalesce(current_setting('yot_ratings.loads_edition', true), '') = '' then
    for changed in execute format('select distinct edition_code from %s', case tg_op when 'DELETE' then 'before' else 'after' end) loop
      perform rating.rate_edition(changed);
    end loop;
  end if;
  return null;
end
$$;
comment on function core.rate_under_changed_rules is 'Rates the inspections of the editions of which a rule was changed.';
revoke execute on function core.rate_under_changed_rules from public;

do $$
declare
  name text;
begin
  foreach name in array array[
    'rating', 'standard', 'programme_standard', 'question', 'rule_set', 'percentage_base', 'band', 'rating_score', 'overall_band',
    'counting_standard', 'limiting_judgement', 'limiting_judgement_standard'
  ] loop
    execute format('create trigger rate_after_insert after insert on core.%I
      referencing new table as after for each statement execute function core.rate_under_changed_rules()', name);
    execute format('create trigger rate_after_update after update on core.%I
      referencing new table as after for each statement execute function core.rate_under_changed_rules()', name);
    execute format('create trigger rate_after_delete after delete on core.%I
      referencing old table as before for each statement execute function core.rate_under_changed_rules()', name);
  end loop;
end
$$;

-- migrate:down
do $$
declare
  trigger record;
begin
  for trigger in
    select tgname, tgrelid::regclass as on_table from pg_trigger where tgfoid = 'core.rate_under_changed_rules'::regproc
  loop
    execute format('drop trigger %I on %s', trigger.tgname, trigger.on_table);
  end loop;
end
$$;
drop function core.rate_under_changed_rules;
drop table kept.standard_result, kept.rule_period, kept.case_group, kept.answer_bits, kept.standard_count, kept.answer_count;
