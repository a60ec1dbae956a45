-- migrate:up
-- Which series a question belongs to hangs on editions alone. Every view that names one would follow the crosswalk anew.
create table kept.question_series (
  question_id integer primary key,
  series_question_id integer not null,
  question_series text not null,
  continued_question_id integer,
  broken_because text
);
comment on table kept.question_series is
  'A question with the series over editions that it belongs to. What the columns mean is said at view rating.question_series.';

-- The crosswalk is of two editions; its rows are a change of the later one.
create or replace function core.rate_under_changed_rules() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed text;
begin
  if coalesce(current_setting('yot_ratings.loads_edition', true), '') = '' then
    for changed in execute format(
      'select distinct coalesce(one ->> ''edition_code'', one ->> ''to_edition_code'', one ->> ''from_edition_code'')
      from (select to_jsonb(%1$s) as one from %1$s) as changed',
      case tg_op when 'DELETE' then 'before' else 'after' end
    ) loop
      perform rating.rate_edition(changed);
    end loop;
  end if;
  return null;
end
$$;
create or replace function core.note_changed_rules() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  changed constant jsonb := to_jsonb(coalesce(new, old));
  edition constant text := coalesce(changed ->> 'edition_code', changed ->> 'to_edition_code', changed ->> 'from_edition_code');
  noted constant text[] := coalesce(nullif(current_setting('yot_ratings.changed_editions', true), ''), '{}');
begin
  if coalesce(current_setting('yot_ratings.loads_edition', true), '') = ''
    and to_regclass('core.rating_record') is not null
    and edition <> all (noted)
  then
    perform set_config('yot_ratings.changed_editions', (noted || edition)::text, true);
  end if;
  return null;
end
$$;
create trigger rate_after_insert after insert on core.crosswalk
  referencing new table as after for each statement execute function core.rate_under_changed_rules();
create trigger rate_after_update after update on core.crosswalk
  referencing new table as after for each statement execute function core.rate_under_changed_rules();
create trigger rate_after_delete after delete on core.crosswalk
  referencing old table as before for each statement execute function core.rate_under_changed_rules();

-- migrate:down
drop trigger rate_after_insert on core.crosswalk;
drop trigger rate_after_update on core.crosswalk;
drop trigger rate_after_delete on core.crosswalk;
create or replace function core.rate_under_changed_rules() returns trigger language plpgsql
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
create or replace function core.note_changed_rules() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  edition constant text := case tg_op when 'DELETE' then old.edition_code else new.edition_code end;
  noted constant text[] := coalesce(nullif(current_setting('yot_ratings.changed_editions', true), ''), '{}');
begin
  if coalesce(current_setting('yot_ratings.loads_edition', true), '') = ''
    and to_regclass('core.rating_record') is not null
    and edition <> all (noted)
  then
    perform set_config('yot_ratings.changed_editions', (noted || edition)::text, true);
  end if;
  return null;
end
$$;
drop table kept.question_series;
