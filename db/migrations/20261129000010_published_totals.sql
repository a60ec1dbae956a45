-- migrate:up
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
