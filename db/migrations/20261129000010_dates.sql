-- migrate:up
alter table core.inspection add column as_of_precision text
  generated always as (case when fieldwork_start is null then published_precision else fieldwork_precision end) stored;
comment on column core.inspection.as_of_precision is
  'How exactly as_of is known: day; month or year where it is the first of one that alone is known.';

-- migrate:down
alter table core.inspection drop column as_of_precision;
