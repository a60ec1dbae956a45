-- What is kept between the evidence and the public views, filled from the views
-- For whoever changes evidence by SQL there is one function to call afterwards, in the same transaction:
--   select rating.renew(inspection_id);
-- and rating.renew() without a key for all inspections. It counts the answers, rates the standards, and records the ratings where
-- they have become others. A change of rules calls rating.rate_edition by itself.
-- For a few inspections each is asked for by its key, so that the cost is theirs; for many, all are computed at once.
-- These views say "case when a = b", not "case a when b": where tables are distributed, Citus reckons what of an insert's query has
-- no column in it beforehand, and takes the tested value of the second form for that.

create function rating.count_answers(ids bigint[]) returns void
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = on
as $$
declare
  one bigint;
begin
  delete from kept.answer_count where inspection_id = any (ids);
  delete from kept.answer_bits where inspection_id = any (ids);
  delete from kept.case_group where inspection_id = any (ids);
  if cardinality(ids) <= 20 then
    foreach one in array ids loop
      insert into kept.answer_count (inspection_id, question_id, level, yes, no, not_applicable)
      select inspection_id, question_id, level, yes, no, not_applicable
      from rating.answer_count where inspection_id = one;
      insert into kept.answer_bits (inspection_id, question_id, sample_id, yes_cases, no_cases)
      select inspection_id, question_id, sample_id, yes_cases, no_cases
      from rating.answer_bits where inspection_id = one;
      insert into kept.case_group (inspection_id, sample_id, attribute, value, cases)
      select inspection_id, sample_id, attribute, value, cases
      from rating.case_group where inspection_id = one;
    end loop;
  else
    insert into kept.answer_count (inspection_id, question_id, level, yes, no, not_applicable)
    select inspection_id, question_id, level, yes, no, not_applicable
    from rating.answer_count where inspection_id = any (ids);
    insert into kept.answer_bits (inspection_id, question_id, sample_id, yes_cases, no_cases)
    select inspection_id, question_id, sample_id, yes_cases, no_cases
    from rating.answer_bits where inspection_id = any (ids);
    insert into kept.case_group (inspection_id, sample_id, attribute, value, cases)
    select inspection_id, sample_id, attribute, value, cases
    from rating.case_group where inspection_id = any (ids);
  end if;
end
$$;
comment on function rating.count_answers(bigint[]) is 'Counts the answers of inspections anew (kept.answer_count, answer_bits, case_group).';

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

-- A record is made where the ratings differ from those recorded last; none is ever changed. loads are the keys of the loads that made
-- the ratings what they are, in step with the inspections.
-- With its owner's rights: what is recorded is what the views give, and nobody writes a record by hand.
create function rating.record_ratings(ids bigint[], why text, loads bigint[] default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  present_ids bigint[];
  present_codes text[];
  present_ratings text[];
  present_scores integer[];
  changed bigint[];
  changed_by bigint[];
  whys text[];
  record_ids bigint[];
  recorded bigint[];
begin
  if exists (select from unnest(loads) as made (load_id) where load_id is not null and not core.is_own_load(load_id)) then
    raise exception using
      errcode = 'insufficient_privilege',
      message = 'ratings are recorded as those of a load in its own transaction';
  end if;
  -- what is rated may lie on other servers, the records are here: each is asked by itself
  select array_agg(inspection_id), array_agg(code), array_agg(rating), array_agg(score)
  into present_ids, present_codes, present_ratings, present_scores
  from (
    select inspection_id, code, rating, score
    from rating.present_rating
    where inspection_id = any (ids)
    offset 0
  ) as present;
  with wanted as (
    select inspection_id, load_id
    from unnest(ids, coalesce(loads, array_fill(null::bigint, array[cardinality(ids)]))) as wanted (inspection_id, load_id)
  ),
  newest as (
    select distinct on (inspection_id) record.inspection_id, record.record_id, record.edition_code, record.why
    from core.rating_record as record
    where record.inspection_id = any (ids)
    order by inspection_id, record_id desc
  ),
  stated as (
    select inspection_id, array_agg(row(code, rating, score)::text order by code) as ratings
    from unnest(present_ids, present_codes, present_ratings, present_scores) as present (inspection_id, code, rating, score)
    group by inspection_id
  ),
  recorded as (
    select newest.inspection_id, array_agg(row(code, rating, score)::text order by code) as ratings
    from newest
    join core.recorded_rating using (record_id)
    group by newest.inspection_id
  )
  select
    array_agg(inspection_id order by inspection_id),
    array_agg(wanted.load_id order by inspection_id),
    array_agg(
      case
        when record_ratings.why = 'loaded' and coalesce(newest.why, 'removed') <> 'removed' then 'replaced'
        else record_ratings.why
      end
      order by inspection_id
    )
  into changed, changed_by, whys
  from wanted
  join stated using (inspection_id)
  join core.inspection using (inspection_id)
  left join newest using (inspection_id)
  left join recorded using (inspection_id)
  where newest.edition_code is distinct from inspection.edition_code
    or newest.why = 'removed'
    or recorded.ratings is distinct from stated.ratings;
  if changed is null then
    return;
  end if;
  with record as (
    insert into core.rating_record
      (inspection_id, load_id, why, service, area, edition_code, fieldwork_start, year, published, is_synthetic)
    select
      inspection_id, made.load_id, made.why,
      key.service, key.area, key.edition, key.fieldwork_start, key.year, key.published, key.is_synthetic
    from unnest(changed, changed_by, whys) as made (inspection_id, load_id, why)
    join rating.inspection_key as key using (inspection_id)
    order by inspection_id
    returning record_id, inspection_id
  )
  select array_agg(record_id), array_agg(inspection_id) into record_ids, recorded from record;
  insert into core.recorded_rating (record_id, inspection_id, code, rating, score, is_revision)
  select record_id, inspection_id, code, rating, score, exists (
    select
    from core.recorded_rating as earlier
    where earlier.inspection_id = present.inspection_id
      and earlier.code = present.code
      and (earlier.rating, earlier.score) is distinct from (present.rating, present.score)
  )
  from unnest(record_ids, recorded) as record (record_id, inspection_id)
  join unnest(present_ids, present_codes, present_ratings, present_scores) as present (inspection_id, code, rating, score) using (inspection_id);
end
$$;
comment on function rating.record_ratings(bigint[], text, bigint[]) is 'Records the ratings of inspections where they have become others.';
revoke execute on function rating.record_ratings(bigint[], text, bigint[]) from public;
grant execute on function rating.record_ratings(bigint[], text, bigint[]) to yot_ratings_loader;

create function rating.keep_rules(edition text) returns void
language plpgsql
as $$
begin
  delete from kept.rule_period where edition_code = edition;
  insert into kept.rule_period (
    rule_set_id, edition_code, programme, is_first_programme, in_force, rounding, band_on, z, key_question_base, prompt_base, band_percents, band_ratings, band_ranks,
    lowest_score, highest_score, full_score, overall, overall_scores, overall_ranks, limits, unrated_standard, discretion_points, discretion_judgements,
    discretion_sample
  )
  select
    rule_set_id, edition_code, programme, is_first_programme, in_force, rounding, band_on, z, key_question_base, prompt_base, band_percents, band_ratings, band_ranks,
    lowest_score, highest_score, full_score, overall, overall_scores, overall_ranks, limits, unrated_standard, discretion_points, discretion_judgements,
    discretion_sample
  from rating.rule_period
  where edition_code = edition;
  perform rating.keep_series();
end
$$;
comment on function rating.keep_rules(text) is
  'Keeps the rules of an edition as rows (kept.rule_period), and the series of all questions, after a change of them.';

create function rating.keep_series() returns void
language plpgsql
as $$
begin
  delete from kept.question_series;
  insert into kept.question_series (question_id, series_question_id, continued_question_id, broken_because)
  select question_id, series_question_id, continued_question_id, broken_because
  from rating.question_series;
end
$$;
comment on function rating.keep_series() is
  'Keeps the series of questions as rows (kept.question_series), after a change of the crosswalk or of an edition.';

create function rating.rate_edition(edition text, load bigint default null) returns void
language plpgsql
as $$
declare
  ids constant bigint[] := array(select inspection_id from core.inspection where edition_code = edition order by inspection_id);
begin
  perform rating.keep_rules(edition);
  if cardinality(ids) > 0 then
    perform rating.rate(ids);
    perform rating.record_ratings(ids, 'rules changed', array_fill(load, array[cardinality(ids)]));
  end if;
end
$$;
comment on function rating.rate_edition(text, bigint) is
  'Keeps the rules of an edition and rates its inspections anew, after a change of them.';

create function rating.renew(ids bigint[], why text default 'computed anew', loads bigint[] default null) returns void
language plpgsql
as $$
begin
  perform rating.count_answers(ids);
  if cardinality(ids) > 20 then
    perform core.analyze_loaded();
  end if;
  perform rating.rate(ids);
  perform rating.record_ratings(ids, why, loads);
end
$$;
comment on function rating.renew(bigint[], text, bigint[]) is 'Counts, rates and records inspections after a change of their evidence.';

create function rating.renew(inspection_id bigint) returns void
language sql
as $$
  select rating.renew(array[inspection_id], 'computed anew', null)
$$;
comment on function rating.renew(bigint) is 'Counts, rates and records an inspection after a change of its evidence by SQL.';

create function rating.renew() returns void
language sql
as $$
  select rating.renew(array(select inspection_id from core.inspection order by inspection_id), 'computed anew', null)
$$;
comment on function rating.renew() is 'Counts, rates and records all inspections after changes of evidence by SQL.';
