-- What invented inspections have not: without it, sums would be of nothing.
create view public.invented as select * from core.inspection where is_synthetic;
create view public.latest as
  select distinct on (service_id) * from invented order by service_id, as_of desc, inspection_id desc;
create view public.answered as
  select inspection_id, year, question.edition_code as edition, question_id, standard_code as standard, question_code as code, level, answer
  from core.answer
  join invented using (inspection_id)
  join core.question using (question_id);

-- Two have no answers: of one nothing is known but its ratings, of the other the percentages of one standard. What is left out is counted too.
create table public.without_answers as
  select inspection_id, edition_code, row_number() over (order by inspection_id) = 1 as is_rated_only
  from invented
  where edition_code = '2021'
  order by inspection_id
  limit 2;
delete from core.answer where inspection_id in (select inspection_id from without_answers);
insert into core.published_result (inspection_id, question_id, sample_id, percent)
  select inspection_id, question_id, sample_id, 57
  from without_answers
  join core.question using (edition_code)
  join core.standard using (edition_code, standard_code)
  where not is_rated_only and (standard_code = '2.1' and level = 'key question' or question_code = '2.1.1.a');

-- Decisions on every computed rating of a standard, with a ground or without; on one whose grounds nobody knows, and on one that is not computed.
insert into core.panel_decision (inspection_id, edition_code, standard_code, from_rating, to_rating, reason)
  select inspection_id, edition_code, '2.2', 'Good', 'Outstanding', 'for the test' from invented where edition_code = '2021'
  union all
  select inspection_id, edition_code, '2.1', 'Good', 'Outstanding', 'for the test' from without_answers where not is_rated_only
on conflict (inspection_id, standard_code) do nothing;

update core.inspection_sample set eligible_cases = 3 * cases where inspection_id in (select inspection_id from invented);
insert into core.recommendation (inspection_id, edition_code, recommendation_no, addressed_to, summary)
  select inspection_id, edition_code, number, 'The board', 'Do more.' from without_answers, generate_series(1, 3) as number;
update core.inspection set recommendations_made = 3 where inspection_id in (select inspection_id from without_answers);
insert into core.context_fact (inspection_id, edition_code, fact_no, measure, value, unit)
  select inspection_id, edition_code, number, 'caseload', 40, 'number' from without_answers, generate_series(1, 4) as number;
insert into core.finding (inspection_id, edition_code, finding_no, kind, summary)
  select inspection_id, edition_code, number, 'strength', 'Staff listen.' from without_answers, generate_series(1, 5) as number;

-- Ratings of standards and inspections as the views give them, and TypeScript (test/agreement): what is said of many is counted from these.
create view public.standard as select * from analytics.standard_rating where is_synthetic;
create view public.rated as
  select inspection_id, standard as code, computed_rating is not null as is_computed, discretion_from is not null as is_decided,
    rating_rank - discretion_from_rank as steps, near_boundary, one_case_flips, small_sample, evidence, rating_source,
    array_remove(driving_key_question || tied_key_questions, null) as lowest
  from standard where basis = 'cases';
create view public.overall as select * from analytics.overall_rating where is_synthetic;
-- A standard that counts, of an inspection that has a score: a rating's points are its rank.
create view public.counting as
  select inspection_id, standard.rating_rank as points, 3 * weight as most,
    coalesce(computed_rating_rank, discretion_from_rank, standard.rating_rank) as without_discretion
  from standard join overall using (inspection_id)
  where counts and standard.rating is not null and overall.score is not null;
