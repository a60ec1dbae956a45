-- Answers to key questions as bits
-- One row: an inspection and a key question that has case answers.
-- Rule: a bit for each case of the sample, in the order of case numbers: 1 where the answer is yes, and where it is no.
-- What table kept.answer_bits keeps. Never NULL.
create view rating.answer_bits as
select
  answer.inspection_id,
  answer.question_id,
  answer.sample_id,
  coalesce(bit_or(case_bit.case_bit) filter (where answer.answer = 'yes'), repeat('0', case_bit.cases)::bit varying)::bit varying
    as yes_cases,
  coalesce(bit_or(case_bit.case_bit) filter (where answer.answer = 'no'), repeat('0', case_bit.cases)::bit varying)::bit varying
    as no_cases
from core.answer
join core.question using (question_id)
join rating.case_bit
  on case_bit.inspection_id = answer.inspection_id
  and case_bit.sample_id = answer.sample_id
  and case_bit.case_no = answer.case_no
where question.level = 'key question'
group by answer.inspection_id, answer.question_id, answer.sample_id, case_bit.cases;

comment on view rating.answer_bits is 'An inspection and a key question with its case answers as bits.';
comment on column rating.answer_bits.sample_id is 'Key of the sample.';
comment on column rating.answer_bits.yes_cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the answer is yes.';
comment on column rating.answer_bits.no_cases is 'A bit for each case of the sample, in the order of case numbers: 1 where the answer is no.';
