-- What is kept of answers is counted by the views of schema rating that have the tables' names
-- Each inspection is asked for by its key: of thousands, too, that takes less time than all at once, whose groups do not lie in memory.
-- Where tables are distributed each statement is a way to other servers: there many are counted at once.
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
  if cardinality(ids) <= 20 or not core.is_distributed() then
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
