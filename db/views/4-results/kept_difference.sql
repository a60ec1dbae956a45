-- Kept results that are not what is computed anew
-- One row: a row of a result table that differs from what the views compute from the evidence, or that one of them lacks.
-- Rule: there is none, unless something was changed past the loader; the command db check says so.
-- kept is NULL for a row that is missing, computed for one that should not be there.
create view rating.kept_difference as
select 'key question' as kind, inspection_id, question_id::text as subject, to_jsonb(kept) as kept, to_jsonb(computed) as computed
from result.key_question as kept
full join rating.key_question_result as computed using (inspection_id, question_id)
where kept is distinct from computed
union all
select 'prompt', inspection_id, question_id::text, to_jsonb(kept), to_jsonb(computed)
from result.prompt as kept
full join rating.prompt_result as computed using (inspection_id, question_id)
where kept is distinct from computed
union all
select 'answer bits', inspection_id, question_id::text, to_jsonb(kept), to_jsonb(computed)
from result.answer_bits as kept
full join rating.answer_bits as computed using (inspection_id, question_id)
where kept is distinct from computed
union all
select 'standard', inspection_id, standard_code, to_jsonb(kept), to_jsonb(computed)
from result.standard as kept
full join rating.standard_result as computed using (inspection_id, standard_code)
where kept is distinct from computed
union all
select 'standard count', inspection_id, standard_code, to_jsonb(kept), to_jsonb(computed)
from result.standard_count as kept
full join rating.standard_count as computed using (inspection_id, standard_code)
where kept is distinct from computed
union all
select 'overall', inspection_id, 'overall', to_jsonb(kept), to_jsonb(computed)
from result.overall as kept
full join rating.overall_result as computed using (inspection_id)
where kept is distinct from computed
union all
select 'case group', inspection_id, questionnaire_id || ' ' || attribute || ' ' || value, to_jsonb(kept), to_jsonb(computed)
from result.case_group as kept
full join rating.case_group_result as computed using (inspection_id, questionnaire_id, attribute, value)
where kept is distinct from computed;

comment on view rating.kept_difference is 'A kept result that is not what is computed anew from the evidence.';
comment on column rating.kept_difference.kind is 'key question, prompt, answer bits, standard, standard count, overall or case group.';
comment on column rating.kept_difference.subject is 'What it is about: key of the question, code of the standard, or the group.';
comment on column rating.kept_difference.kept is 'The row that is kept; NULL when it is missing.';
comment on column rating.kept_difference.computed is 'The row as it should be; NULL when there should be none.';
