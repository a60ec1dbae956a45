-- The rules of an edition are replaced whole: nothing refers to them by key
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
