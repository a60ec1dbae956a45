-- How many inspections of a year there are to a standard
-- One row: a year, an edition, and a standard that the programme of an inspection of that year inspects; real and invented ones apart.
-- Rule: every inspection, whatever is known of it: what a trend rests on is held against it. One whose programme is not known is
-- taken to be of the edition's first.
-- Never NULL.
create view rating.standard_in_year as
with inspected as (
  select year, is_synthetic, edition_code, programme, count(*) as inspections
  from core.inspection
  group by year, is_synthetic, edition_code, programme
)
select
  inspected.year,
  inspected.is_synthetic,
  inspected.edition_code,
  asked.standard_code,
  sum(inspected.inspections)::integer as inspections
from inspected
join core.programme_standard as asked
  on asked.edition_code = inspected.edition_code
  and asked.programme = coalesce(
    inspected.programme,
    (
      select first.programme
      from core.programme as first
      where first.edition_code = inspected.edition_code
      order by first.position
      limit 1
    )
  )
group by inspected.year, inspected.is_synthetic, inspected.edition_code, asked.standard_code;

comment on view rating.standard_in_year is 'A year, an edition and a standard with the number of inspections that there are to it.';
comment on column rating.standard_in_year.inspections is 'Inspections of the year whose programme inspects the standard (number).';
