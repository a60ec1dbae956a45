-- The questions of an edition are brought to what its document says: each keeps its key, by its code
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
