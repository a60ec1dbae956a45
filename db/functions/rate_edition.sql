-- What is kept of editions, and of all inspections of one, after a change of its rules or of the crosswalk
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
  insert into kept.question_series (question_id, series_question_id, question_series, continued_question_id, broken_because)
  select question_id, series_question_id, question_series, continued_question_id, broken_because
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
