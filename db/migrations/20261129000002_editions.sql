-- migrate:up
-- An edition is data: its scale, its questions and its rules. Adding one, or amending one from a date on, is
-- inserting rows; no column and no check below names an edition, a standard or a threshold.

create table core.sample (
  sample text primary key
);
comment on table core.sample is 'A sample of cases that inspectors draw: court, out of court, resettlement.';
insert into core.sample values ('court'), ('out of court'), ('resettlement');

create table core.disposal (
  sample text not null references core.sample,
  disposal text not null,
  part_of text,
  primary key (sample, disposal),
  foreign key (sample, part_of) references core.disposal (sample, disposal),
  constraint disposal_is_not_part_of_itself check (part_of <> disposal)
);
comment on table core.disposal is 'A type of disposal within a sample; part_of names the coarser type that includes it.';
insert into core.disposal (sample, disposal, part_of) values
  ('court', 'community_sentence', null),
  ('court', 'referral_order', 'community_sentence'),
  ('court', 'youth_rehabilitation_order', 'community_sentence'),
  ('court', 'custodial_sentence', null),
  ('court', 'other', null),
  ('out of court', 'youth_conditional_caution', null),
  ('out of court', 'youth_caution', null),
  ('out of court', 'community_resolution', null),
  ('out of court', 'triage', null),
  ('out of court', 'other', null),
  ('resettlement', 'custodial_sentence', null),
  ('resettlement', 'other', null);

create table core.confidence_level (
  confidence_level smallint primary key,
  z double precision not null check (z > 0)
);
comment on table core.confidence_level is
  'Two-sided confidence levels, in percent, with the quantile z of the standard normal distribution.';
insert into core.confidence_level values (80, 1.2815515655446004), (90, 1.6448536269514722),
  (95, 1.959963984540054), (99, 2.5758293035489004);

create table core.evidence (
  evidence text primary key,
  evidence_rank smallint not null unique
);
comment on table core.evidence is 'What a computed figure may rest on, the best with the lowest rank.';
insert into core.evidence values ('case answers', 0), ('published counts', 1), ('published percentages', 2),
  ('ratings only', 3);

create table core.edition (
  edition_code text primary key check (edition_code ~ '^[0-9A-Za-z][0-9A-Za-z .-]*$'),
  title text not null,
  reports_from date,
  reports_until date,
  fieldwork_from date,
  fieldwork_until date
);
comment on table core.edition is 'A dated version of the inspection framework: its questions and its rules.';
comment on column core.edition.reports_from is
  'First day on which reports of it were published; NULL when an edition is never told by dates.';
comment on column core.edition.reports_until is
  'First day from which on no more reports of it are known to have been published; NULL when that is not known.';
comment on column core.edition.fieldwork_from is 'First day on which fieldwork may have been under it; NULL when not known.';
comment on column core.edition.fieldwork_until is 'First day from which on no fieldwork was under it; NULL when not known.';

create table core.rating (
  edition_code text not null references core.edition on delete cascade,
  rating text not null check (rating <> ''),
  rating_rank smallint not null check (rating_rank >= 0),
  primary key (edition_code, rating),
  unique (edition_code, rating_rank)
);
comment on table core.rating is 'The scale of an edition: its rating words, the lowest with rank 0.';

create table core.domain (
  edition_code text not null references core.edition on delete cascade,
  domain_code text not null,
  title text not null,
  sample text references core.sample,
  primary key (edition_code, domain_code)
);
comment on table core.domain is 'A domain of an edition; sample is the sample it is judged on, NULL when on none.';

create table core.standard (
  edition_code text not null,
  standard_code text not null,
  domain_code text not null,
  position smallint not null,
  title text not null,
  statement text,
  basis text not null check (basis in ('cases', 'qualitative')),
  primary key (edition_code, standard_code),
  unique (edition_code, standard_code, basis),
  foreign key (edition_code, domain_code) references core.domain on delete cascade
);
comment on table core.standard is
  'A standard: rated from case answers (basis cases) or by a recorded judgement (basis qualitative).';

create table core.questionnaire (
  questionnaire_id smallint generated always as identity primary key,
  edition_code text not null references core.edition on delete cascade,
  sample text not null references core.sample,
  unique (edition_code, sample),
  unique (questionnaire_id, edition_code),
  unique (questionnaire_id, edition_code, sample)
);
comment on table core.questionnaire is
  'The questions asked of every case of one sample under one edition. An answer names it, so that a case and a question of different editions or domains cannot meet.';

create table core.question (
  question_id integer generated always as identity primary key,
  edition_code text not null,
  question_code text not null,
  level text not null check (level in ('key question', 'prompt')),
  standard_code text not null,
  basis text not null,
  parent_question_id integer,
  -- a prompt stands below a key question, never below another prompt
  parent_level text not null generated always as ('key question') stored,
  questionnaire_id smallint,
  position smallint not null,
  text text not null,
  applies_when text,
  in_force daterange not null default '(,)' check (not isempty(in_force)),
  unique (edition_code, question_code),
  unique (question_id, edition_code),
  unique (question_id, questionnaire_id),
  unique (question_id, edition_code, standard_code, level),
  foreign key (edition_code, standard_code, basis) references core.standard (edition_code, standard_code, basis)
    on delete cascade,
  foreign key (parent_question_id, edition_code, standard_code, parent_level)
    references core.question (question_id, edition_code, standard_code, level),
  foreign key (questionnaire_id, edition_code) references core.questionnaire (questionnaire_id, edition_code)
    on delete cascade,
  constraint prompt_and_no_other_has_a_key_question check ((level = 'prompt') = (parent_question_id is not null)),
  constraint question_of_cases_and_no_other_has_a_questionnaire check ((basis = 'cases') = (questionnaire_id is not null))
);
comment on table core.question is
  'A key question, or a prompt below one. Its identity is its code (by position), never its text or a printed letter.';
comment on column core.question.applies_when is 'In words: the cases it is asked of, where that is not all of them.';
comment on column core.question.in_force is 'The fieldwork dates for which it is asked; bounded only by an amendment.';

create table core.question_disposal (
  question_id integer not null references core.question on delete cascade,
  sample text not null,
  disposal text not null,
  primary key (question_id, sample, disposal),
  foreign key (sample, disposal) references core.disposal
);
comment on table core.question_disposal is
  'The only disposals that a question is asked of; a question without a row is asked of all.';

create table core.rule_set (
  rule_set_id integer generated always as identity primary key,
  edition_code text not null references core.edition on delete cascade,
  effective_from date not null,
  rounding text not null check (rounding in ('half up', 'half even', 'down', 'up')),
  band_on text not null check (band_on in ('rounded', 'exact')),
  confidence_level smallint not null references core.confidence_level,
  discretion_points smallint not null check (discretion_points >= 0),
  discretion_judgements smallint not null check (discretion_judgements >= 0),
  discretion_sample smallint not null check (discretion_sample >= 0),
  unrated_standard text not null
    check (unrated_standard in ('overall not rated', 'bands in proportion', 'counts as lowest')),
  note text,
  unique (edition_code, effective_from),
  unique (rule_set_id, edition_code)
);
comment on table core.rule_set is
  'The rules of an edition from a fieldwork date on; an amendment is a further row (with its own bands, scores and so on).';
comment on column core.rule_set.rounding is 'How the exact fraction becomes the whole percentage that is published.';
comment on column core.rule_set.band_on is 'Whether bands see the rounded percentage or the exact fraction.';
comment on column core.rule_set.confidence_level is 'The level of the intervals shown beside percentages; samples are drawn for it.';
comment on column core.rule_set.discretion_points is 'Ground for discretion: the lowest percentage within so many points of a boundary.';
comment on column core.rule_set.discretion_judgements is 'Ground for discretion: so many differing judgements would change the rating.';
comment on column core.rule_set.discretion_sample is 'Ground for discretion: a sample or sub-sample of so many cases or fewer.';
comment on column core.rule_set.unrated_standard is
  'What an unrated standard means for overall: it is not rated; the bands shrink with the maximum; or the standard scores the lowest.';

create table core.percentage_base (
  rule_set_id integer not null,
  edition_code text not null,
  level text not null check (level in ('key question', 'prompt')),
  base text not null check (base in ('relevant', 'inspected')),
  primary key (rule_set_id, level),
  foreign key (rule_set_id, edition_code) references core.rule_set (rule_set_id, edition_code) on delete cascade
);
comment on table core.percentage_base is 'What the percentage of yes is taken of: the relevant cases, or all inspected cases.';

create table core.band (
  rule_set_id integer not null,
  edition_code text not null,
  rating text not null,
  from_percent smallint not null check (from_percent between 0 and 100),
  primary key (rule_set_id, rating),
  unique (rule_set_id, from_percent),
  foreign key (rule_set_id, edition_code) references core.rule_set (rule_set_id, edition_code) on delete cascade,
  foreign key (edition_code, rating) references core.rating
);
comment on table core.band is 'Banding of a key question: the rating that begins at a percentage of yes.';

create table core.rating_score (
  rule_set_id integer not null,
  edition_code text not null,
  rating text not null,
  score smallint not null check (score >= 0),
  primary key (rule_set_id, rating),
  foreign key (rule_set_id, edition_code) references core.rule_set (rule_set_id, edition_code) on delete cascade,
  foreign key (edition_code, rating) references core.rating
);
comment on table core.rating_score is 'The points that a standard''s rating adds to the score.';

create table core.overall_band (
  rule_set_id integer not null,
  edition_code text not null,
  rating text not null,
  from_score smallint not null check (from_score >= 0),
  primary key (rule_set_id, rating),
  unique (rule_set_id, from_score),
  foreign key (rule_set_id, edition_code) references core.rule_set (rule_set_id, edition_code) on delete cascade,
  foreign key (edition_code, rating) references core.rating
);
comment on table core.overall_band is 'The overall rating that begins at a score.';

create table core.counting_standard (
  rule_set_id integer not null,
  edition_code text not null,
  standard_code text not null,
  primary key (rule_set_id, standard_code),
  foreign key (rule_set_id, edition_code) references core.rule_set (rule_set_id, edition_code) on delete cascade,
  foreign key (edition_code, standard_code) references core.standard
);
comment on table core.counting_standard is 'A standard whose points count towards the score.';

create table core.limiting_judgement (
  rule_set_id integer not null,
  edition_code text not null,
  limit_no smallint not null,
  at_or_below text not null,
  minimum_standards smallint not null default 1 check (minimum_standards > 0),
  overall_at_most text not null,
  primary key (rule_set_id, limit_no),
  unique (rule_set_id, limit_no, edition_code),
  foreign key (rule_set_id, edition_code) references core.rule_set (rule_set_id, edition_code) on delete cascade,
  foreign key (edition_code, at_or_below) references core.rating (edition_code, rating),
  foreign key (edition_code, overall_at_most) references core.rating (edition_code, rating)
);
comment on table core.limiting_judgement is
  'Overall is at most overall_at_most when at least minimum_standards of the named standards are rated at_or_below or lower.';

create table core.limiting_judgement_standard (
  rule_set_id integer not null,
  limit_no smallint not null,
  edition_code text not null,
  standard_code text not null,
  primary key (rule_set_id, limit_no, standard_code),
  foreign key (rule_set_id, limit_no, edition_code)
    references core.limiting_judgement (rule_set_id, limit_no, edition_code) on delete cascade,
  foreign key (edition_code, standard_code) references core.standard
);
comment on table core.limiting_judgement_standard is 'A standard that a limiting judgement looks at.';

create table core.crosswalk (
  crosswalk_id integer generated always as identity primary key,
  from_question_id integer,
  from_edition_code text,
  to_question_id integer,
  to_edition_code text,
  relation text not null check (relation in ('continues', 'split', 'merged', 'replaced', 'ended', 'new')),
  note text,
  unique nulls not distinct (from_question_id, to_question_id),
  foreign key (from_question_id, from_edition_code) references core.question (question_id, edition_code) on delete cascade,
  foreign key (to_question_id, to_edition_code) references core.question (question_id, edition_code) on delete cascade,
  constraint new_and_nothing_else_comes_from_nowhere check ((from_question_id is null) = (relation = 'new')),
  constraint ended_and_nothing_else_leads_nowhere check ((to_question_id is null) = (relation = 'ended')),
  constraint crosswalk_names_editions_with_questions check (
    (from_question_id is null) = (from_edition_code is null) and (to_question_id is null) = (to_edition_code is null)
  ),
  constraint question_is_followed_in_another_edition check (from_edition_code <> to_edition_code)
);
comment on table core.crosswalk is
  'What became of a question in the next edition. Only ''continues'' carries a series on; every other relation breaks it.';
create unique index crosswalk_continues_from on core.crosswalk (from_question_id) where relation = 'continues';
create unique index crosswalk_continues_to on core.crosswalk (to_question_id) where relation = 'continues';

create table core.display_rule (
  is_only boolean primary key default true check (is_only),
  rounding text not null check (rounding in ('half up', 'half even', 'down', 'up')),
  confidence_level smallint not null references core.confidence_level,
  wider_confidence_level smallint not null references core.confidence_level,
  z double precision,
  z_95 double precision,
  constraint wider_level_is_wider check (wider_confidence_level > confidence_level),
  constraint wider_level_is_in_names_of_columns check (wider_confidence_level = 95)
);
comment on table core.display_rule is
  'One row: how figures are shown that belong to no edition, such as trends: rounding, and levels of the intervals beside percentages.';
comment on column core.display_rule.rounding is 'How a percentage that belongs to no edition becomes a whole number.';
comment on column core.display_rule.confidence_level is 'Level of the intervals low to high.';
comment on column core.display_rule.wider_confidence_level is
  'Level of the intervals low_95 to high_95; another one takes other names of columns.';
comment on column core.display_rule.z is 'Quantile of confidence_level, looked up when that is set: every view needs it.';
comment on column core.display_rule.z_95 is 'Quantile of wider_confidence_level, looked up when that is set.';

create function core.look_up_quantiles() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.z := (select z from core.confidence_level where confidence_level = new.confidence_level);
  new.z_95 := (select z from core.confidence_level where confidence_level = new.wider_confidence_level);
  return new;
end
$$;
comment on function core.look_up_quantiles is 'Looks up the quantiles of the confidence levels of core.display_rule.';
revoke execute on function core.look_up_quantiles from public;
create trigger look_up_quantiles before insert or update on core.display_rule
  for each row execute function core.look_up_quantiles();
insert into core.display_rule (rounding, confidence_level, wider_confidence_level) values ('half up', 80, 95);

-- migrate:down
drop table core.display_rule, core.crosswalk, core.limiting_judgement_standard, core.limiting_judgement, core.counting_standard,
  core.overall_band, core.rating_score, core.band, core.percentage_base, core.rule_set, core.question_disposal,
  core.question, core.questionnaire, core.standard, core.domain, core.rating, core.edition, core.evidence,
  core.confidence_level, core.disposal, core.sample;
drop function core.look_up_quantiles;
