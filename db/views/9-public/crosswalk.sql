-- Crosswalk of questions
-- One row: a question of one edition and what became of it in another, or where a question of an edition came from.
-- Rule: as the later edition's folder says. Only continues carries a series on; every other relation breaks it. A wording has changed
-- when the two texts are not the same, but for letters' case and what is not a letter or digit.
-- What is said of the earlier question is NULL where it is new, of the later where it ended; wording_changed where one of the two is.
create view analytics.crosswalk as
select
  crosswalk.crosswalk_id,
  crosswalk.relation,
  earlier.edition_code as edition,
  standard.domain,
  standard.domain_title,
  earlier.standard_code as standard,
  standard.title,
  earlier.question_code as question,
  earlier.text,
  later.edition_code as next_edition,
  next_standard.domain as next_domain,
  next_standard.domain_title as next_domain_title,
  later.standard_code as next_standard,
  next_standard.title as next_title,
  later.question_code as next_question,
  later.text as next_text,
  coalesce(later.level, earlier.level) as level,
  key.question_series as series,
  regexp_replace(lower(earlier.text), '[^a-z0-9]+', ' ', 'g') <> regexp_replace(lower(later.text), '[^a-z0-9]+', ' ', 'g')
    as wording_changed,
  crosswalk.note
from core.crosswalk
left join core.question as earlier on earlier.question_id = crosswalk.from_question_id
left join core.question as later on later.question_id = crosswalk.to_question_id
left join rating.standard_key as standard
  on standard.edition_code = earlier.edition_code and standard.standard_code = earlier.standard_code
left join rating.standard_key as next_standard
  on next_standard.edition_code = later.edition_code and next_standard.standard_code = later.standard_code
join kept.question_series as key on key.question_id = coalesce(crosswalk.to_question_id, crosswalk.from_question_id);

comment on view analytics.crosswalk is
  'One row a question of an edition and what became of it in the next: which series goes on, and which breaks.';
