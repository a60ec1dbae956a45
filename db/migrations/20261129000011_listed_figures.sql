-- migrate:up
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
grant insert, delete on core.listed_figure to yot_ratings_loader;

alter table core.load drop constraint load_kind_check;
alter table core.load add constraint load_kind_check
  check (kind in ('views', 'register', 'edition', 'crosswalk', 'inspection', 'ratings table', 'published totals', 'groups'));

-- migrate:down
alter table core.load drop constraint load_kind_check;
alter table core.load add constraint load_kind_check
  check (kind in ('views', 'register', 'edition', 'crosswalk', 'inspection'));
drop table core.listed_figure;
