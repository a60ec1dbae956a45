-- What an edition's folder says of its questions beside others is written from documents, in the place of what it said before
create function rating.write_crosswalk(document jsonb) returns void
language plpgsql
as $$
begin
  -- no rating hangs on it: nothing is rated for each row
  perform set_config('yot_ratings.loads_edition', 'on', true);
  delete from core.crosswalk where brought_by = document ->> 'edition';
  insert into core.crosswalk (from_question_id, from_edition_code, to_question_id, to_edition_code, relation, note, brought_by)
  select
    before.question_id, one #>> '{from,edition}', after.question_id, one #>> '{to,edition}', one ->> 'relation', one ->> 'note',
    document ->> 'edition'
  from jsonb_array_elements(document -> 'crosswalk') as one
  left join core.question as before
    on before.edition_code = one #>> '{from,edition}' and before.question_code = one #>> '{from,question}'
  left join core.question as after
    on after.edition_code = one #>> '{to,edition}' and after.question_code = one #>> '{to,question}';
  perform set_config('yot_ratings.loads_edition', '', true);
  perform rating.keep_series();
end
$$;
comment on function rating.write_crosswalk(jsonb) is 'Replaces what the folder of an edition says of its questions and those of other editions.';

create function rating.write_question_pairs(document jsonb) returns void
language plpgsql
as $$
begin
  delete from core.question_pair where edition_code = document ->> 'edition';
  insert into core.question_pair (edition_code, first_question_id, second_question_id, note)
  select first.edition_code, first.question_id, second.question_id, one ->> 'note'
  from jsonb_array_elements(document -> 'pairs') as one
  join core.question as first on first.edition_code = document ->> 'edition' and first.question_code = one ->> 'first'
  join core.question as second on second.edition_code = document ->> 'edition' and second.question_code = one ->> 'second';
end
$$;
comment on function rating.write_question_pairs(jsonb) is 'Replaces the pairs of key questions of an edition that ask the same of two samples.';
