-- migrate:up
-- Published values, recorded judgements and panel decisions are three things and three groups of tables; computed
-- values are the fourth and are views.

create table core.published_result (
  inspection_id bigint not null,
  question_id integer not null,
  sample_id smallint not null,
  relevant smallint check (relevant >= 0),
  yes smallint check (yes >= 0),
  percent smallint check (percent between 0 and 100),
  no_relevant_case boolean not null default false,
  relevant_lost boolean not null default false,
  yes_lost boolean not null default false,
  percent_lost boolean not null default false,
  place text,
  primary key (inspection_id, question_id),
  foreign key (inspection_id, sample_id) references core.inspection_sample on delete cascade,
  foreign key (question_id, sample_id) references core.question (question_id, sample_id),
  constraint relevant_is_lost_or_given check (not (relevant_lost and relevant is not null)),
  constraint yes_is_lost_or_given check (not (yes_lost and yes is not null)),
  constraint percent_is_lost_or_given check (not (percent_lost and percent is not null)),
  constraint no_relevant_case_has_no_figure check (
    not (no_relevant_case and (coalesce(relevant, yes, percent) is not null or relevant_lost or yes_lost or percent_lost))
  ),
  constraint published_result_says_something check (
    no_relevant_case or relevant_lost or yes_lost or percent_lost or coalesce(relevant, yes, percent) is not null
  )
);
comment on table core.published_result is
  'What a report prints for a key question or prompt: counts, a percentage, or "N/A"; a lost cell is marked and stays unknown.';
comment on column core.published_result.yes is
  'As printed. More than relevant, or than the cases of the sample, it is a contradiction of the report: nothing is computed from it.';
comment on column core.published_result.place is 'Where in the source: a line or a page.';

create table core.prose_count (
  inspection_id bigint not null,
  question_id integer not null,
  sample_id smallint not null,
  yes smallint not null check (yes >= 0),
  relevant smallint check (relevant >= 0),
  place text,
  primary key (inspection_id, question_id),
  foreign key (inspection_id, sample_id) references core.inspection_sample on delete cascade,
  foreign key (question_id, sample_id) references core.question (question_id, sample_id)
);
comment on table core.prose_count is
  'A count that a report''s running text gives for a question. Kept beside the printed table to hold it against; nothing is rated from it.';

create table core.published_standard_rating (
  inspection_id bigint not null,
  edition_code text not null,
  standard_code text not null,
  rating text,
  lost boolean not null default false,
  not_rated boolean not null default false,
  place text,
  primary key (inspection_id, standard_code),
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (edition_code, standard_code) references core.standard,
  foreign key (edition_code, rating) references core.rating,
  constraint standard_rating_is_lost_or_given check (num_nonnulls(rating) + lost::integer + not_rated::integer = 1)
);
comment on table core.published_standard_rating is 'A standard''s rating as the report prints it.';
comment on column core.published_standard_rating.not_rated is
  'Whether the source says that the standard was not rated: that is published too, and not the same as that its rating is not known.';

create table core.published_overall (
  inspection_id bigint primary key,
  edition_code text not null,
  rating text,
  rating_lost boolean not null default false,
  not_rated boolean not null default false,
  score smallint check (score >= 0),
  score_lost boolean not null default false,
  out_of smallint check (out_of > 0),
  score_percent numeric check (score_percent between 0 and 100),
  place text,
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (edition_code, rating) references core.rating,
  constraint overall_is_rated_or_not check (not (not_rated and (rating is not null or rating_lost))),
  constraint overall_rating_is_lost_or_given check (not (rating_lost and rating is not null)),
  constraint score_is_lost_or_given check (not (score_lost and score is not null))
);
comment on table core.published_overall is 'The overall rating and score as the report prints them; NULL where it prints none.';
comment on column core.published_overall.not_rated is 'Whether the source says that there is no overall rating.';
comment on column core.published_overall.score_percent is
  'The score as a percentage of the maximum, where that is how it is printed; NULL otherwise.';

create table core.printed_contradiction (
  inspection_id bigint not null references core.inspection on delete cascade,
  contradiction_no smallint not null,
  code text not null check (code <> ''),
  published text not null check (published <> ''),
  beside text not null check (beside <> ''),
  explanation text not null check (explanation <> ''),
  place text,
  primary key (inspection_id, contradiction_no)
);
comment on table core.printed_contradiction is
  'Two figures of a sample that a report prints though they do not go together. What is computed uses neither where it is impossible.';
comment on column core.printed_contradiction.code is 'Which figure: the sample, and what of it, as an inspection file names them.';
comment on column core.printed_contradiction.published is 'The figure as printed.';
comment on column core.printed_contradiction.beside is 'The figure that it does not go with.';
comment on column core.printed_contradiction.explanation is 'Both, in words.';

create table core.qualitative_rating (
  inspection_id bigint not null,
  edition_code text not null,
  standard_code text not null,
  basis text not null default 'qualitative' check (basis = 'qualitative'),
  rating text not null,
  primary key (inspection_id, standard_code),
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (edition_code, standard_code, basis) references core.standard (edition_code, standard_code, basis),
  foreign key (edition_code, rating) references core.rating
);
comment on table core.qualitative_rating is 'The inspectors'' judgement of a qualitative standard: recorded, not computed.';

create table core.judged_question (
  inspection_id bigint not null,
  edition_code text not null,
  question_id integer not null,
  basis text not null default 'qualitative' check (basis = 'qualitative'),
  level text not null default 'key question' check (level = 'key question'),
  rating text not null,
  place text,
  primary key (inspection_id, question_id),
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (question_id, edition_code) references core.question (question_id, edition_code),
  foreign key (question_id, basis, level) references core.question (question_id, basis, level),
  foreign key (edition_code, rating) references core.rating
);
comment on table core.judged_question is
  'The inspectors'' judgement of a key question that is not counted from cases: recorded, not computed.';

create table core.panel_decision (
  inspection_id bigint not null,
  edition_code text not null,
  standard_code text not null,
  basis text not null default 'cases' check (basis = 'cases'),
  from_rating text not null,
  to_rating text not null,
  reason text not null check (reason <> ''),
  place text,
  primary key (inspection_id, standard_code),
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (edition_code, standard_code, basis) references core.standard (edition_code, standard_code, basis),
  foreign key (edition_code, from_rating) references core.rating (edition_code, rating),
  foreign key (edition_code, to_rating) references core.rating (edition_code, rating),
  constraint decision_changes_the_rating check (from_rating <> to_rating)
);
comment on table core.panel_decision is
  'Professional discretion: a ratings panel replaced the computed rating of a case-based standard. At most one a standard.';

create table core.context_fact (
  inspection_id bigint not null,
  edition_code text not null,
  fact_no smallint not null,
  measure text not null check (measure <> ''),
  breakdown text,
  category text,
  value numeric,
  unit text not null,
  lost boolean not null default false,
  comparator text,
  comparator_value numeric,
  comparator_lost boolean not null default false,
  period text,
  as_at date,
  source text,
  domain_code text,
  standard_code text,
  place text,
  primary key (inspection_id, fact_no),
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (edition_code, domain_code) references core.domain,
  foreign key (edition_code, standard_code) references core.standard,
  constraint value_is_lost_or_given check (lost = (value is null)),
  constraint comparator_is_lost_or_given check (not (comparator_lost and comparator_value is not null)),
  constraint comparator_value_has_a_comparator check (comparator_value is null or comparator is not null)
);
comment on table core.context_fact is 'A fact about the service or its area, one value and one unit, with the figure printed beside it.';

create table core.recommendation (
  inspection_id bigint not null,
  edition_code text not null,
  recommendation_no smallint not null,
  addressed_to text not null check (addressed_to <> ''),
  summary text not null check (summary <> ''),
  domain_code text,
  place text,
  primary key (inspection_id, recommendation_no),
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (edition_code, domain_code) references core.domain
);
comment on table core.recommendation is 'A recommendation: to whom, and one line of what.';

create table core.finding (
  inspection_id bigint not null,
  edition_code text not null,
  finding_no smallint not null,
  kind text not null check (kind in ('strength', 'area for improvement')),
  domain_code text,
  standard_code text,
  summary text not null check (summary <> ''),
  place text,
  primary key (inspection_id, finding_no),
  foreign key (inspection_id, edition_code) references core.inspection (inspection_id, edition_code) on delete cascade,
  foreign key (edition_code, domain_code) references core.domain,
  foreign key (edition_code, standard_code) references core.standard
);
comment on table core.finding is 'A strength or an area for improvement, in one line.';

-- What tables of ratings say of an inspection whose own report is known. Nothing is rated from it.
create table core.listed_figure (
  inspection_id bigint not null,
  code text not null,
  rating text,
  not_rated boolean not null default false,
  score smallint check (score >= 0),
  out_of smallint check (out_of > 0),
  score_percent numeric check (score_percent between 0 and 100),
  source text,
  certainty text,
  primary key (inspection_id, code),
  constraint listed_figure_says_something check (not_rated or coalesce(rating, score::text, score_percent::text) is not null),
  constraint listed_rating_is_given_or_not check (not (not_rated and rating is not null)),
  constraint listed_score_is_of_the_score check ((code = 'score') = (coalesce(score, score_percent) is not null))
);
comment on table core.listed_figure is
  'What a table of ratings says of an inspection that is known from its own report: kept beside it, to hold the two against each other. One row a standard, overall, or the score.';
comment on column core.listed_figure.inspection_id is
  'The inspection. Not a foreign key: an inspection that is replaced keeps its key, and what was listed of it.';
comment on column core.listed_figure.code is 'Code of the standard; overall, or score.';
comment on column core.listed_figure.source is 'Where the table has it from; NULL when it does not say.';
comment on column core.listed_figure.certainty is 'How certain the table is of it, in its own words; NULL when it does not say.';

create table core.inspectorate_year (
  inspectorate_year text primary key check (inspectorate_year <> ''),
  published_from date not null,
  published_until date not null,
  constraint inspectorate_year_begins_before_it_ends check (published_from < published_until),
  constraint inspectorate_years_do_not_overlap
    exclude using gist (daterange(published_from, published_until) with &&)
);
comment on table core.inspectorate_year is
  'A year as the Inspectorate counts its inspections, by the days on which their reports were published.';
comment on column core.inspectorate_year.published_from is 'First day on which a report of the year was published.';
comment on column core.inspectorate_year.published_until is 'First day after the last.';

create table core.published_total (
  inspectorate_year text not null references core.inspectorate_year on delete cascade,
  rating text not null check (rating <> ''),
  or_better boolean not null default false,
  inspections smallint check (inspections >= 0),
  percent numeric check (percent between 0 and 100),
  primary key (inspectorate_year, rating, or_better),
  constraint published_total_is_a_number_or_a_share check (num_nonnulls(inspections, percent) = 1),
  constraint all_inspections_are_a_number check (rating <> 'all' or (inspections is not null and not or_better))
);
comment on table core.published_total is
  'How many inspections of a year the Inspectorate says that it published, or what share of them: all, with a rating, or with that or a better one.';
comment on column core.published_total.rating is 'A word of the scale; all for all inspections.';
comment on column core.published_total.or_better is 'Whether it is about that rating and those above it.';
comment on column core.published_total.percent is 'The share of all inspections of the year in percent, where that is what was published.';

-- migrate:down
drop table core.published_total, core.inspectorate_year;
drop table core.listed_figure, core.finding, core.recommendation, core.context_fact, core.panel_decision, core.judged_question, core.qualitative_rating,
  core.printed_contradiction,
  core.published_overall, core.published_standard_rating, core.prose_count, core.published_result;
