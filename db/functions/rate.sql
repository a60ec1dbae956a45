-- What is kept of ratings is computed by the views of schema rating that have the tables' names
-- For a few inspections each is asked for by its key, so that the cost is theirs; for many, all are computed at once.
-- These views say "case when a = b", not "case a when b": where tables are distributed, Citus reckons what of an insert's query has
-- no column in it beforehand, and takes the tested value of the second form for that.
create function rating.rate(ids bigint[]) returns void
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = on
as $$
declare
  one bigint;
begin
  delete from kept.standard_count where inspection_id = any (ids);
  delete from kept.standard_result where inspection_id = any (ids);
  delete from kept.overall_result where inspection_id = any (ids);
  if cardinality(ids) <= 20 then
    foreach one in array ids loop
      insert into kept.standard_count (inspection_id, standard_code, edition_code, year, is_synthetic, yes, relevant)
      select inspection_id, standard_code, edition_code, year, is_synthetic, yes, relevant
      from rating.standard_count where inspection_id = one;
      insert into kept.standard_result (
        service_id, inspection_id, edition_code, rule_set_id, standard_code, evidence, evidence_rank, computed_rating, lowest_percent,
        driving_key_question, tied_key_questions, not_computed_because, discretion_from, discretion_to, rating, rating_rank,
        rating_source, weight, score, unrated_because, near_boundary, one_case_flips, small_sample
      )
      select
        service_id, inspection_id, edition_code, rule_set_id, standard_code, evidence, evidence_rank, computed_rating, lowest_percent,
        driving_key_question, tied_key_questions, not_computed_because, discretion_from, discretion_to, rating, rating_rank,
        rating_source, weight, score, unrated_because, near_boundary, one_case_flips, small_sample
      from rating.standard_result where inspection_id = one;
      insert into kept.overall_result (
        service_id, inspection_id, edition_code, evidence, score, max_score, most_points, rating, rating_rank, rating_source,
        score_without_discretion, rating_without_discretion, rating_without_discretion_rank, has_unknown_standard, limited_by,
        not_computed_because
      )
      select
        service_id, inspection_id, edition_code, evidence, score, max_score, most_points, rating, rating_rank, rating_source,
        score_without_discretion, rating_without_discretion, rating_without_discretion_rank, has_unknown_standard, limited_by,
        not_computed_because
      from rating.overall_result where inspection_id = one;
    end loop;
  else
    insert into kept.standard_count (inspection_id, standard_code, edition_code, year, is_synthetic, yes, relevant)
    select inspection_id, standard_code, edition_code, year, is_synthetic, yes, relevant
    from rating.standard_count where inspection_id = any (ids);
    insert into kept.standard_result (
      service_id, inspection_id, edition_code, rule_set_id, standard_code, evidence, evidence_rank, computed_rating, lowest_percent,
      driving_key_question, tied_key_questions, not_computed_because, discretion_from, discretion_to, rating, rating_rank,
      rating_source, weight, score, unrated_because, near_boundary, one_case_flips, small_sample
    )
    select
      service_id, inspection_id, edition_code, rule_set_id, standard_code, evidence, evidence_rank, computed_rating, lowest_percent,
      driving_key_question, tied_key_questions, not_computed_because, discretion_from, discretion_to, rating, rating_rank,
      rating_source, weight, score, unrated_because, near_boundary, one_case_flips, small_sample
    from rating.standard_result where inspection_id = any (ids);
    insert into kept.overall_result (
      service_id, inspection_id, edition_code, evidence, score, max_score, most_points, rating, rating_rank, rating_source,
      score_without_discretion, rating_without_discretion, rating_without_discretion_rank, has_unknown_standard, limited_by,
      not_computed_because
    )
    select
      service_id, inspection_id, edition_code, evidence, score, max_score, most_points, rating, rating_rank, rating_source,
      score_without_discretion, rating_without_discretion, rating_without_discretion_rank, has_unknown_standard, limited_by,
      not_computed_because
    from rating.overall_result where inspection_id = any (ids);
  end if;
end
$$;
comment on function rating.rate(bigint[]) is 'Rates inspections anew (kept.standard_result, standard_count, overall_result).';
