-- Questions that are asked of some cases only
-- One row: a question, key question or prompt, and an attribute by whose values it is asked of some cases and not of others.
-- Rule: by the kind of case (core.question_kind), or by any other attribute (core.question_not_asked). The sample's total of such a
-- question is the total of a group.
-- Never NULL.
create view rating.asked_of_some as
select distinct question_kind.question_id, question_kind.sample_id, edition.kind_of_case as attribute
from core.question_kind
join core.sample using (sample_id)
join core.edition using (edition_code)
union
select not_asked.question_id, question.sample_id, not_asked.attribute
from core.question_not_asked as not_asked
join core.question using (question_id);

comment on view rating.asked_of_some is 'A question and an attribute by whose values it is asked of some cases only.';
comment on column rating.asked_of_some.sample_id is 'Key of the sample that the question is asked of.';
comment on column rating.asked_of_some.attribute is 'Attribute of a case, or what the edition calls the kind of a case.';
