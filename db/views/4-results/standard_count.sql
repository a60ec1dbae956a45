-- Counts of standards, computed anew
-- One row: an inspection and a standard that has key questions asked of cases, all with known counts.
-- Rule: what table result.standard_count keeps: answers of yes, and relevant cases, summed over the key questions.
-- Never NULL.
create view rating.standard_count as
with summed as (
  select
    inspection_id,
    standard_code,
    edition_code,
    sum(yes)::integer as yes,
    sum(relevant)::integer as relevant
  from rating.question_percentage
  where level = 'key question'
  group by inspection_id, standard_code, edition_code
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
join core.inspection using (inspection_id);

comment on view rating.standard_count is 'An inspection and a standard with what is kept of its counts, computed anew.';
comment on column rating.standard_count.year is 'Year of the inspection.';
comment on column rating.standard_count.yes is 'Answers of yes to its key questions.';
comment on column rating.standard_count.relevant is 'Relevant cases of its key questions, summed.';
