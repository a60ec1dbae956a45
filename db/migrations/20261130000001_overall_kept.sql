-- migrate:up
-- The overall rating is put together from all standards of an inspection. Kept as a row it can be looked up by the key of another
-- inspection, as the history of a service does for the one before.
create table kept.overall_result (
  service_id integer not null,
  inspection_id bigint primary key references core.inspection on delete cascade,
  edition_code text not null,
  evidence text not null,
  score integer,
  max_score integer,
  most_points integer,
  rating text,
  rating_rank integer,
  rating_source text,
  score_without_discretion integer,
  rating_without_discretion text,
  rating_without_discretion_rank integer,
  has_unknown_standard boolean not null,
  limited_by text,
  not_computed_because text
);
create index overall_result_of_service on kept.overall_result (service_id);
comment on table kept.overall_result is
  'An inspection with its overall rating and its score. What the columns mean is said at view rating.overall_result.';
grant insert, delete on kept.overall_result to yot_ratings_loader;

-- migrate:down
drop table kept.overall_result;
