-- Answers to key questions as bits, computed anew
-- One row: an inspection and a key question that has case answers.
-- Rule: what table result.answer_bits keeps: a bit for each case of the sample, in the order of case numbers: 1 where the
-- answer is yes, and where it is no.
-- Never NULL.
create view rating.answer_bits as
select
  inspected_case.inspection_id,
  answer.question_id,
  answer.questionnaire_id,
  string_agg(case when answer.answer = 'yes' then '1' else '0' end, '' order by inspected_case.case_no)::bit varying as yes_cases,
  string_agg(case when answer.answer = 'no' then '1' else '0' end, '' order by inspected_case.case_no)::bit varying as no_cases
from core.inspected_case
join core.answer using (inspection_id, case_no, questionnaire_id)
join core.question using (question_id)
where question.level = 'key question'
group by inspected_case.inspection_id, answer.question_id, answer.questionnaire_id;

comment on view rating.answer_bits is 'An inspection and a key question with its case answers as bits, computed anew.';
comment on column rating.answer_bits.questionnaire_id is 'Key of the questions that the sample''s cases were asked.';
comment on column rating.answer_bits.yes_cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the answer is yes.';
comment on column rating.answer_bits.no_cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the answer is no.';
