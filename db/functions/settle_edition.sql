-- What an edition has no more by its document is taken away
-- It is done last, when everything that stays has moved out of what goes. No inspection drew a sample
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
