-- An edition is written from its document, which rating.edition_document has again
-- One that is there already is brought to what is given, with all that is in the way of it taken out first; questions keep their keys,
-- so that results go on belonging to them. What inspections use of it has to be looked at before (rating.edition_part_in_use), and
-- they are for the caller to have rated (rating.rate_edition).

create function rating.write_edition_rules(edition text, rules jsonb) returns void
language plpgsql
as $$
declare
  one jsonb;
  own integer;
begin
  delete from core.rule_set where edition_code = edition;
  for one in select jsonb_array_elements(rules) loop
    insert into core.rule_set (
      edition_code, programme, effective_from, note, rounding, band_on, confidence_level, discretion_points, discretion_judgements,
      discretion_sample, overall, unrated_standard
    )
    values (
      edition, one ->> 'programme', (one ->> 'effectiveFrom')::date, one ->> 'note', one ->> 'ownRounding', one ->> 'bandOn',
      (one ->> 'confidenceLevel')::smallint, (one #>> '{discretion,points}')::smallint, (one #>> '{discretion,judgements}')::smallint,
      (one #>> '{discretion,sample}')::smallint, one ->> 'overall', one ->> 'unratedStandard'
    )
    returning rule_set_id into own;
    -- what is not known has no rows
    insert into core.percentage_base (rule_set_id, edition_code, level, base)
    select own, edition, level, base from jsonb_each_text(one -> 'percentageBase') as of (level, base);
    insert into core.band (rule_set_id, edition_code, rating, from_percent)
    select own, edition, band ->> 'rating', (band ->> 'fromPercent')::smallint from jsonb_array_elements(one -> 'bands') as band;
    insert into core.overall_band (rule_set_id, edition_code, rating, from_score)
    select own, edition, band ->> 'rating', (band ->> 'fromScore')::smallint from jsonb_array_elements(one -> 'overallBands') as band;
    insert into core.rating_score (rule_set_id, edition_code, rating, score)
    select own, edition, rating, score::smallint from jsonb_each_text(one -> 'scores') as of (rating, score);
    insert into core.counting_standard (rule_set_id, edition_code, standard_code, weight)
    select own, edition, standard, weight::smallint from jsonb_each_text(one -> 'weights') as of (standard, weight);
    insert into core.limiting_judgement (rule_set_id, limit_no, edition_code, at_or_below, minimum_standards, overall_at_most)
    select own, nth, edition, judged ->> 'atOrBelow', (judged ->> 'minimumStandards')::smallint, judged ->> 'overallAtMost'
    from jsonb_array_elements(one -> 'limits') with ordinality as limits (judged, nth);
    insert into core.limiting_judgement_standard (rule_set_id, limit_no, edition_code, standard_code)
    select own, nth, edition, jsonb_array_elements_text(judged -> 'standards')
    from jsonb_array_elements(one -> 'limits') with ordinality as limits (judged, nth);
  end loop;
end
$$;
comment on function rating.write_edition_rules(text, jsonb) is
  'Puts the rules of an edition, as the list in its document says them, in the place of those that it has.';

create function rating.write_edition_questions(edition text, document jsonb) returns void
language plpgsql
as $$
declare
  wanted text;
begin
  insert into core.domain (edition_code, domain_code, title, sample)
  select edition, domain ->> 'code', domain ->> 'title', domain ->> 'sample'
  from jsonb_array_elements(document -> 'domains') as domain
  on conflict (edition_code, domain_code) do update set title = excluded.title, sample = excluded.sample;

  insert into core.standard (edition_code, standard_code, domain_code, position, title, statement, basis, rated_from)
  select
    edition, standard ->> 'code', standard ->> 'domain', nth, standard ->> 'title', standard ->> 'statement', standard ->> 'basis',
    standard ->> 'ratedFrom'
  from jsonb_array_elements(document -> 'standards') with ordinality as standards (standard, nth)
  on conflict (edition_code, standard_code) do update set
    domain_code = excluded.domain_code, position = excluded.position, title = excluded.title, statement = excluded.statement,
    basis = excluded.basis, rated_from = excluded.rated_from;

  -- a key question before its prompts, which name its key
  foreach wanted in array array['key question', 'prompt'] loop
    insert into core.question (
      edition_code, question_code, level, standard_code, basis, parent_question_id, sample_id, position, text, applies_when, in_force
    )
    select
      edition, question ->> 'code', wanted, question ->> 'standard', question ->> 'basis', parent.question_id, sample.sample_id,
      jsonb_array_length(document -> 'standards') + nth, question ->> 'text', question ->> 'appliesWhen',
      daterange((question ->> 'from')::date, (question ->> 'until')::date)
    from jsonb_array_elements(document -> 'questions') with ordinality as questions (question, nth)
    left join core.question as parent on parent.edition_code = edition and parent.question_code = question ->> 'parent'
    left join core.sample on sample.edition_code = edition and sample.sample = question ->> 'sample'
    where question ->> 'level' = wanted
    on conflict (edition_code, question_code) do update set
      level = excluded.level, standard_code = excluded.standard_code, basis = excluded.basis,
      parent_question_id = excluded.parent_question_id, sample_id = excluded.sample_id, position = excluded.position,
      text = excluded.text, applies_when = excluded.applies_when, in_force = excluded.in_force;
  end loop;

  insert into core.question_kind (question_id, sample_id, kind)
  select question_id, sample_id, jsonb_array_elements_text(one #> '{own,kinds}')
  from jsonb_array_elements(document -> 'questions') as one
  join core.question on question.edition_code = edition and question_code = one ->> 'code';
  insert into core.question_not_asked (question_id, edition_code, attribute, value)
  select question_id, edition, never ->> 'attribute', never ->> 'value'
  from jsonb_array_elements(document -> 'questions') as one
  cross join jsonb_array_elements(one #> '{own,notAsked}') as never
  join core.question on question.edition_code = edition and question_code = one ->> 'code';
end
$$;
comment on function rating.write_edition_questions(text, jsonb) is
  'Writes domains, standards and questions of an edition, and which cases these are asked of, as its document says them.';

-- Takes away what the edition has no more: last, when everything that stays has moved out of what goes. No inspection drew a sample
-- that goes, but each has a row for it. Loaded inspections get a row for a sample that they did not have, so that its questions are
-- theirs too; those that are known by ratings only, without their fieldwork, have no figures for questions and need none.
create function rating.settle_edition(edition text, document jsonb) returns void
language plpgsql
as $$
declare
  codes constant jsonb := jsonb_build_object(
    'question', jsonb_path_query_array(document, '$.questions[*].code'),
    'standard', jsonb_path_query_array(document, '$.standards[*].code'),
    'domain', jsonb_path_query_array(document, '$.domains[*].code'),
    'sample', jsonb_path_query_array(document, '$.samples[*].name'),
    'programme', jsonb_path_query_array(document, '$.programmes[*].name'),
    'rating', document -> 'ratings'
  );
begin
  delete from core.inspection_sample
  using core.sample
  where sample.sample_id = inspection_sample.sample_id
    and sample.edition_code = edition
    and not codes -> 'sample' ? sample.sample;
  delete from core.question where edition_code = edition and not codes -> 'question' ? question_code;
  delete from core.standard where edition_code = edition and not codes -> 'standard' ? standard_code;
  delete from core.domain where edition_code = edition and not codes -> 'domain' ? domain_code;
  delete from core.sample where edition_code = edition and not codes -> 'sample' ? sample;
  delete from core.programme where edition_code = edition and not codes -> 'programme' ? programme;
  delete from core.rating where edition_code = edition and not codes -> 'rating' ? rating;
  insert into core.inspection_sample (inspection_id, sample_id, edition_code)
  select inspection_id, sample_id, edition_code
  from core.inspection
  join core.sample using (edition_code)
  where edition_code = edition and fieldwork_precision <> 'not known'
  on conflict do nothing;
end
$$;
comment on function rating.settle_edition(text, jsonb) is
  'Takes away what an edition has no more by its document, and gives its inspections what it has now.';

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
