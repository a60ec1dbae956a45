-- migrate:up
-- An edition is data: its scale, its questions and its rules. Adding one, or amending one from a date on, is
-- inserting rows; no column and no check below names an edition, a standard or a threshold.

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
  fieldwork_until date,
  kind_of_case text not null default 'disposal' check (kind_of_case <> '')
);
comment on table core.edition is 'A dated version of the inspection framework: its questions and its rules.';
comment on column core.edition.kind_of_case is
  'What the edition calls the kind of a case: the column of cases.csv, and the attribute that cases are grouped by.';
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

create table core.sample (
  sample_id smallint generated always as identity primary key,
  edition_code text not null references core.edition on delete cascade,
  sample text not null check (sample <> ''),
  position smallint not null,
  unique (edition_code, sample),
  unique (sample_id, edition_code)
);
comment on table core.sample is
  'A sample of cases that inspectors draw under an edition. Every case of it is asked the same questions: an answer names it, so that a case and a question of different editions or samples cannot meet.';

create table core.case_kind (
  sample_id smallint not null references core.sample on delete cascade,
  kind text not null check (kind <> ''),
  part_of text,
  position smallint not null,
  also_written text[] not null default '{}',
  primary key (sample_id, kind),
  foreign key (sample_id, part_of) references core.case_kind (sample_id, kind),
  constraint kind_is_not_part_of_itself check (part_of <> kind)
);
comment on table core.case_kind is
  'A kind of case within a sample, such as a type of disposal; part_of names the coarser kind that includes it.';
comment on column core.case_kind.also_written is 'Other ways in which files and reports write it.';

create table core.case_attribute (
  edition_code text not null references core.edition on delete cascade,
  attribute text not null check (attribute ~ '^[a-z][a-z0-9_]*$'),
  position smallint not null,
  about text,
  primary key (edition_code, attribute)
);
comment on table core.case_attribute is 'A characteristic of a case, or of the person in it, that an edition records.';

create table core.attribute_value (
  edition_code text not null,
  attribute text not null,
  value text not null check (value not in ('', 'not known')),
  position smallint not null,
  also_written text[] not null default '{}',
  primary key (edition_code, attribute, value),
  foreign key (edition_code, attribute) references core.case_attribute on delete cascade
);
comment on table core.attribute_value is 'A coded value of an attribute. Not known is none of them: it is that a case has no value.';
comment on column core.attribute_value.also_written is 'Other ways in which files write it.';

create table core.programme (
  edition_code text not null references core.edition on delete cascade,
  programme text not null check (programme <> ''),
  title text,
  position smallint not null,
  primary key (edition_code, programme)
);
comment on table core.programme is
  'A way of inspecting under an edition: the same standards in full or in part. Every edition has one at least.';

create table core.domain (
  edition_code text not null references core.edition on delete cascade,
  domain_code text not null,
  title text not null,
  sample text,
  primary key (edition_code, domain_code),
  foreign key (edition_code, sample) references core.sample (edition_code, sample)
);
comment on table core.domain is 'A domain of an edition; sample is the sample it is judged on, NULL when on none.';

create table core.standard (
  edition_code text not null,
  standard_code text not null check (standard_code <> 'overall'),
  domain_code text not null,
  position smallint not null,
  title text not null,
  statement text,
  basis text not null check (basis in ('cases', 'qualitative')),
  rated_from text not null default 'all key questions'
    check (rated_from in ('all key questions', 'counted key questions', 'judged key questions')),
  primary key (edition_code, standard_code),
  unique (edition_code, standard_code, basis),
  foreign key (edition_code, domain_code) references core.domain on delete cascade
);
comment on table core.standard is
  'A standard: rated from its key questions, of which one at least is asked of cases (basis cases), or by a recorded judgement of the whole (basis qualitative).';
comment on column core.standard.rated_from is
  'Of a standard with key questions that are counted and others that are judged: which of them its rating is the lowest of.';

create table core.programme_standard (
  edition_code text not null,
  programme text not null,
  standard_code text not null,
  primary key (edition_code, programme, standard_code),
  foreign key (edition_code, programme) references core.programme on delete cascade,
  foreign key (edition_code, standard_code) references core.standard on delete cascade
);
comment on table core.programme_standard is 'A standard that is inspected in a programme.';
create index programme_standard_of_standard on core.programme_standard (edition_code, standard_code);

create table core.question (
  question_id integer generated always as identity primary key,
  edition_code text not null,
  question_code text not null,
  level text not null check (level in ('key question', 'prompt')),
  standard_code text not null,
  basis text not null check (basis in ('cases', 'qualitative')),
  parent_question_id integer,
  -- a prompt stands below a key question, never below another prompt
  parent_level text not null generated always as ('key question') stored,
  sample_id smallint,
  position smallint not null,
  text text not null,
  applies_when text,
  in_force daterange not null default '(,)' check (not isempty(in_force)),
  unique (edition_code, question_code),
  unique (question_id, edition_code),
  unique (question_id, sample_id),
  unique (question_id, basis, level),
  unique (question_id, edition_code, standard_code, level),
  foreign key (edition_code, standard_code) references core.standard on delete cascade,
  foreign key (parent_question_id, edition_code, standard_code, parent_level)
    references core.question (question_id, edition_code, standard_code, level),
  foreign key (sample_id, edition_code) references core.sample (sample_id, edition_code) on delete cascade,
  constraint prompt_and_no_other_has_a_key_question check ((level = 'prompt') = (parent_question_id is not null)),
  constraint question_of_cases_and_no_other_has_a_sample check ((basis = 'cases') = (sample_id is not null))
);
comment on table core.question is
  'A key question, or a prompt below one. Its identity is its code (by position), never its text or a printed letter.';
comment on column core.question.basis is 'Whether it is answered for each case, or judged (qualitative).';
comment on column core.question.applies_when is 'In words: the cases it is asked of, where that is not all of them.';
comment on column core.question.in_force is 'The fieldwork dates for which it is asked; bounded only by an amendment.';

create table core.question_kind (
  question_id integer not null,
  sample_id smallint not null,
  kind text not null,
  primary key (question_id, kind),
  foreign key (question_id, sample_id) references core.question (question_id, sample_id) on delete cascade,
  foreign key (sample_id, kind) references core.case_kind on delete cascade
);
comment on table core.question_kind is
  'The only kinds of case that a question is asked of; a question without a row is asked of all.';
create index question_kind_of_kind on core.question_kind (sample_id, kind);

create table core.question_not_asked (
  question_id integer not null,
  edition_code text not null,
  attribute text not null,
  value text not null,
  primary key (question_id, attribute, value),
  foreign key (question_id, edition_code) references core.question (question_id, edition_code) on delete cascade,
  foreign key (edition_code, attribute, value) references core.attribute_value on delete cascade
);
comment on table core.question_not_asked is 'A value of an attribute: a question is not asked of cases that have it.';
create index question_not_asked_of_value on core.question_not_asked (edition_code, attribute, value);

create table core.rule_set (
  rule_set_id integer generated always as identity primary key,
  edition_code text not null references core.edition on delete cascade,
  programme text not null default 'full',
  effective_from date not null,
  rounding text check (rounding in ('half up', 'half even', 'down', 'up')),
  band_on text check (band_on in ('rounded', 'exact')),
  confidence_level smallint references core.confidence_level,
  discretion_points smallint check (discretion_points >= 0),
  discretion_judgements smallint check (discretion_judgements >= 0),
  discretion_sample smallint check (discretion_sample >= 0),
  overall text check (overall in ('summed', 'judged', 'none')),
  unrated_standard text
    check (unrated_standard in ('overall not rated', 'bands in proportion', 'counts as lowest')),
  note text,
  unique (edition_code, programme, effective_from),
  unique (rule_set_id, edition_code),
  foreign key (edition_code, programme) references core.programme on delete cascade
);
comment on table core.rule_set is
  'The rules of a programme of an edition from a fieldwork date on; an amendment is a further row (with its own bands, scores and so on). A rule that is not known is NULL, or has no row.';
comment on column core.rule_set.rounding is 'How the exact fraction becomes the whole percentage that is published.';
comment on column core.rule_set.band_on is 'Whether bands see the rounded percentage or the exact fraction.';
comment on column core.rule_set.confidence_level is 'The level of the intervals shown beside percentages; samples are drawn for it.';
comment on column core.rule_set.discretion_points is 'Ground for discretion: the lowest percentage within so many points of a boundary.';
comment on column core.rule_set.discretion_judgements is 'Ground for discretion: so many differing judgements would change the rating.';
comment on column core.rule_set.discretion_sample is 'Ground for discretion: a sample or sub-sample of so many cases or fewer.';
comment on column core.rule_set.overall is
  'Where the overall rating is from: points are summed and the sum is banded; it is judged, and what is published is the judgement; or there is none.';
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
  weight smallint not null default 1 check (weight > 0),
  primary key (rule_set_id, standard_code),
  foreign key (rule_set_id, edition_code) references core.rule_set (rule_set_id, edition_code) on delete cascade,
  foreign key (edition_code, standard_code) references core.standard
);
comment on table core.counting_standard is 'A standard whose points count towards the score.';
comment on column core.counting_standard.weight is 'How many times they count.';

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
  brought_by text references core.edition on delete cascade,
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
comment on column core.crosswalk.brought_by is 'The edition whose folder says it: when that is loaded again, it is replaced.';
create index crosswalk_brought_by on core.crosswalk (brought_by);
create unique index crosswalk_continues_from on core.crosswalk (from_question_id) where relation = 'continues';
create unique index crosswalk_continues_to on core.crosswalk (to_question_id) where relation = 'continues';

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
drop table core.display_rule, core.question_pair, core.crosswalk, core.limiting_judgement_standard, core.limiting_judgement, core.counting_standard,
  core.overall_band, core.rating_score, core.band, core.percentage_base, core.rule_set, core.question_not_asked,
  core.question_kind, core.question, core.programme_standard, core.standard, core.domain, core.programme, core.attribute_value,
  core.case_attribute, core.case_kind, core.sample, core.rating, core.edition, core.evidence, core.confidence_level;
drop function core.look_up_quantiles;
