-- Answers to the key questions of standards, summed
-- One row: an inspection and a standard that is rated from key questions asked of cases, all with known counts.
-- Rule: answers of yes, and relevant cases, over the standard's key questions, by the best evidence for each.
-- What table kept.standard_count keeps. Never NULL.
create view rating.standard_count as
with summed as (
  select
    service_id,
    inspection_id,
    standard_code,
    edition_code,
    as_of,
    count(*) as key_questions,
    sum(yes)::integer as yes,
    sum(relevant)::integer as relevant
  from rating.question_evidence
  where level = 'key question'
  group by service_id, inspection_id, standard_code, edition_code, as_of
  having bool_and(yes is not null and relevant is not null)
)
select
  summed.inspection_id,
  summed.standard_code,
  summed.edition_code,
  inspection.year::smallint as year,
  inspection.is_synthetic,
  summed.yes,
  summed.relevant
from summed
join core.inspection using (inspection_id)
join rating.standard_period as asked
  on asked.edition_code = summed.edition_code
  and asked.standard_code = summed.standard_code
  and rating.holds(asked.in_force, summed.as_of)
  and asked.counted_questions = summed.key_questions;

comment on view rating.standard_count is 'An inspection and a standard with the answers to its key questions summed.';
comment on column rating.standard_count.year is 'Year of the inspection.';
comment on column rating.standard_count.yes is 'Answers of yes to its key questions.';
comment on column rating.standard_count.relevant is 'Relevant cases of its key questions, summed.';
