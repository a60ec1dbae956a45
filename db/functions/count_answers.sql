-- What is kept of answers is counted by the views of schema rating that have the tables' names
-- For a few inspections each is asked for by its key, so that the cost is theirs; for many, all are computed at once.
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
