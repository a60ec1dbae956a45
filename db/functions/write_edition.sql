-- An edition is written from its document, which rating.edition_document has again
-- One that is there already is brought to what is given, with all that is in the way of it taken out first; questions keep their keys,
-- so that results go on belonging to them. What inspections use of it has to be looked at before (rating.edition_part_in_use), and
-- they are for the caller to have rated (rating.rate_edition).

create function rating.groups_of_cases(edition text) returns text[]
language sql stable
as $$
  select array_agg(named::text order by named)
  from (
    select sample, kind_of_case, kind
    from core.edition
    join core.sample using (edition_code)
    join core.case_kind using (sample_id)
    where edition_code = groups_of_cases.edition
    union all
    select '', attribute, value from core.attribute_value where edition_code = groups_of_cases.edition
  ) as named
$$;
comment on function rating.groups_of_cases(text) is 'What the cases of an edition are grouped by: its kinds of case and values of attributes.';

create function rating.write_edition(document jsonb) returns void
language plpgsql
as $$
declare
  edition constant text := document ->> 'code';
  groups constant text[] := rating.groups_of_cases(edition);
begin
  -- rules change many times: nothing is rated, or kept of them, before they are what they are to be
  perform set_config('yot_ratings.loads_edition', 'on', true);
  insert into core.edition (edition_code, title, kind_of_case, reports_from, reports_until, fieldwork_from, fieldwork_until)
  values (
    edition, document ->> 'title', document ->> 'kindOfCase',
    (document #>> '{inUse,reports,from}')::date, (document #>> '{inUse,reports,until}')::date,
    (document #>> '{inUse,fieldwork,from}')::date, (document #>> '{inUse,fieldwork,until}')::date
  )
  on conflict (edition_code) do update set
    title = excluded.title, kind_of_case = excluded.kind_of_case, reports_from = excluded.reports_from,
    reports_until = excluded.reports_until, fieldwork_from = excluded.fieldwork_from, fieldwork_until = excluded.fieldwork_until;

  -- Nothing refers to these by key: they are replaced whole. A case keeps the values of its attributes as words.
  perform rating.write_edition_rules(edition, '[]');
  delete from core.case_attribute where edition_code = edition;
  delete from core.programme_standard where edition_code = edition;
  delete from core.question_kind using core.question
  where question.question_id = question_kind.question_id and question.edition_code = edition;
  -- ranks are unique
  update core.rating set rating_rank = rating_rank + 1000 where edition_code = edition;
  -- the questions of a standard hang on its basis
  delete from core.standard using jsonb_array_elements(document -> 'standards') as now
  where edition_code = edition and standard_code = now ->> 'code' and basis <> now ->> 'basis';
  -- a question may move to another standard, or to the other level
  update core.question set level = 'key question', parent_question_id = null where edition_code = edition;

  insert into core.rating (edition_code, rating, rating_rank)
  select edition, rating, nth - 1 from jsonb_array_elements_text(document -> 'ratings') with ordinality as scale (rating, nth)
  on conflict (edition_code, rating) do update set rating_rank = excluded.rating_rank;

  insert into core.sample (edition_code, sample, position)
  select edition, one ->> 'name', nth from jsonb_array_elements(document -> 'samples') with ordinality as samples (one, nth)
  on conflict (edition_code, sample) do update set position = excluded.position;
  insert into core.case_kind (sample_id, kind, part_of, position, also_written)
  select
    sample_id, own ->> 'kind', own ->> 'partOf', nth, array(select jsonb_array_elements_text(own -> 'also'))
  from jsonb_array_elements(document -> 'samples') as one
  join core.sample on sample.edition_code = edition and sample.sample = one ->> 'name'
  cross join jsonb_array_elements(one -> 'kinds') with ordinality as kinds (own, nth)
  on conflict (sample_id, kind) do update set
    part_of = excluded.part_of, position = excluded.position, also_written = excluded.also_written;
  delete from core.case_kind
  using core.sample
  join jsonb_array_elements(document -> 'samples') as one on one ->> 'name' = sample.sample
  where sample.sample_id = case_kind.sample_id
    and sample.edition_code = edition
    and not jsonb_path_query_array(one, '$.kinds[*].kind') ? case_kind.kind;

  insert into core.case_attribute (edition_code, attribute, about, position)
  select edition, one ->> 'name', one ->> 'about', nth
  from jsonb_array_elements(document -> 'attributes') with ordinality as attributes (one, nth);
  insert into core.attribute_value (edition_code, attribute, value, also_written, position)
  select edition, one ->> 'name', own ->> 'value', array(select jsonb_array_elements_text(own -> 'alsoWritten')), nth
  from jsonb_array_elements(document -> 'attributes') as one
  cross join jsonb_array_elements(one -> 'values') with ordinality as values (own, nth);

  perform rating.write_edition_questions(edition, document);

  insert into core.programme (edition_code, programme, title, position)
  select edition, one ->> 'name', one ->> 'title', nth
  from jsonb_array_elements(document -> 'programmes') with ordinality as programmes (one, nth)
  on conflict (edition_code, programme) do update set title = excluded.title, position = excluded.position;
  insert into core.programme_standard (edition_code, programme, standard_code)
  select edition, one ->> 'name', jsonb_array_elements_text(one -> 'standards')
  from jsonb_array_elements(document -> 'programmes') as one;

  perform rating.write_edition_rules(edition, document -> 'rules');
  perform rating.settle_edition(edition, document);
  perform set_config('yot_ratings.loads_edition', '', true);
  perform rating.keep_rules(edition);
  if groups is distinct from rating.groups_of_cases(edition) then
    perform rating.count_answers(array(select inspection_id from core.inspection where edition_code = edition));
  end if;
end
$$;
comment on function rating.write_edition(jsonb) is 'Writes an edition from its document, which rating.edition_document has again.';
