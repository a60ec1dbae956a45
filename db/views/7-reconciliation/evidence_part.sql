-- What the second computation of the ratings takes, as the base tables have it
-- One row: something that is known of a standard or question of an inspection. part says what; key is its code, value what is known of it.
-- Rule: none. Case answers are counted here, apart from the views that count them: what TypeScript makes of this is held against those.
-- relevant, yes and percent within value are NULL where the report does not print them, or lost them; nothing else is.
create view rating.evidence_part as
select
  drawn.inspection_id,
  case question.level when 'prompt' then 'prompts' else 'keyQuestions' end as part,
  question.question_code as key,
  jsonb_build_object('inspected', drawn.cases)
    || case when counted.inspection_id is null then '{}' else jsonb_build_object('answers', jsonb_build_object(
      'yes', counted.yes, 'no', counted.no, 'notApplicable', counted.not_applicable)) end
    || case when published.question_id is null then '{}' else jsonb_build_object('published', jsonb_build_object(
      'relevant', published.relevant, 'yes', published.yes, 'percent', published.percent,
      'noRelevantCase', published.no_relevant_case, 'percentLost', published.percent_lost)) end as value,
  question.position
from core.inspection_sample as drawn
join core.inspection using (inspection_id)
join core.question on question.sample_id = drawn.sample_id and question.in_force @> inspection.as_of
left join core.published_result as published
  on published.inspection_id = drawn.inspection_id and published.question_id = question.question_id
-- question by question along the table's key: an inspection that is asked for is not counted anew for each; grouped, as Citus pushes no
-- other aggregate down
left join lateral (
  select
    answer.inspection_id,
    count(*) filter (where answer = 'yes') as yes,
    count(*) filter (where answer = 'no') as no,
    count(*) filter (where answer = 'not applicable') as not_applicable
  from core.answer
  where answer.inspection_id = drawn.inspection_id and answer.question_id = question.question_id
  group by answer.inspection_id
) as counted on true
union all
select drawn.inspection_id, 'withoutCases', standard.standard_code, 'true', 0
from core.inspection_sample as drawn
join core.sample using (sample_id)
join core.domain on domain.edition_code = sample.edition_code and domain.sample = sample.sample
join core.standard on standard.edition_code = domain.edition_code and standard.domain_code = domain.domain_code
where drawn.cases = 0 and standard.basis = 'qualitative'
union all
select inspection_id, 'judged', standard_code, to_jsonb(rating), 0
from core.qualitative_rating
union all
select judged.inspection_id, 'judgedQuestions', question.question_code, to_jsonb(judged.rating), 0
from core.judged_question as judged
join core.question using (question_id)
union all
select inspection_id, 'decisions', standard_code, jsonb_build_object('from', from_rating, 'to', to_rating, 'reason', reason), 0
from core.panel_decision
union all
select inspection_id, case when rating is null then 'publishedUnrated' else 'publishedStandards' end, standard_code, to_jsonb(rating), 0
from core.published_standard_rating
where rating is not null or not_rated;

comment on view rating.evidence_part is
  'What is known of a standard or question of an inspection, from the base tables alone, as the computation in TypeScript takes it.';
comment on column rating.evidence_part.part is
  'One of: keyQuestions, prompts, withoutCases, judged, judgedQuestions, decisions, publishedStandards, publishedUnrated.';
comment on column rating.evidence_part.key is 'Code of the standard or question.';
comment on column rating.evidence_part.value is 'What is known of it: counts and figures, a rating, or a decision; true where it is named alone.';
comment on column rating.evidence_part.position is 'Place of a question in the edition''s order; 0 for a standard.';
