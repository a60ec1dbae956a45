-- Judged key questions
-- One row: an inspection and a key question that is judged, not counted from cases, with its recorded rating.
-- Rule: the rating is the inspectors' judgement; a standard of basis cases may take it into account (see standard_rating).
-- Never NULL but for place.
create view analytics.judged_key_question as
select
  key.inspection_id,
  key.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  standard.domain,
  standard.domain_title,
  question.standard_code as standard,
  standard.title,
  question.question_code as key_question,
  question.text,
  judged.rating,
  scale.rating_rank::integer as rating_rank,
  judged.place
from core.judged_question as judged
join rating.inspection_key as key using (inspection_id)
join core.question using (question_id)
join rating.standard_key as standard on standard.edition_code = question.edition_code and standard.standard_code = question.standard_code
join core.rating as scale on scale.edition_code = judged.edition_code and scale.rating = judged.rating;

comment on view analytics.judged_key_question is 'One row an inspection and judged key question: the rating that inspectors gave it.';
