-- Answers to a question in a year
-- One row: a year and a question that is asked of cases in inspections of that year; real and invented inspections apart.
-- Rule: yes and relevant cases of all inspections whose counts are known are summed, with the squares and products that the variance
-- between inspections takes. Those without counts are counted: of some a percentage is published, of others nothing is known.
-- yes, relevant and what is made of them are NULL where no inspection has counts.
create view rating.question_in_year as
with counted as (
  select
    inspection.year,
    inspection.is_synthetic,
    result.question_id,
    result.level,
    (count(*) filter (where result.yes is not null and result.relevant is not null))::integer as inspections,
    (count(distinct inspection.service_id) filter (where result.yes is not null and result.relevant is not null))::integer as services,
    (count(*) filter (where (result.yes is null or result.relevant is null) and result.evidence_rank = 2))::integer as percentages_only,
    (sum(result.yes) filter (where result.relevant is not null))::integer as yes,
    (sum(result.relevant) filter (where result.yes is not null))::integer as relevant,
    (sum(result.yes * result.yes) filter (where result.relevant is not null))::bigint as yes_squares,
    sum(result.yes * result.relevant)::bigint as products,
    (sum(result.relevant * result.relevant) filter (where result.yes is not null))::bigint as relevant_squares
  from rating.question_evidence as result
  join core.inspection using (inspection_id)
  group by inspection.year, inspection.is_synthetic, result.question_id, result.level
),
asked as (
  select
    standard.year,
    standard.is_synthetic,
    question.question_id,
    question.level,
    case
      when question.in_force = '(,)' then standard.inspections
      -- an amendment bounds it: the days of the inspections count
      else (
        select count(*)
        from core.inspection
        join core.programme_standard as inspects using (edition_code)
        where inspection.year = standard.year
          and inspection.is_synthetic = standard.is_synthetic
          and inspection.edition_code = question.edition_code
          and inspects.standard_code = question.standard_code
          and inspects.programme = coalesce(
            inspection.programme,
            (
              select first.programme
              from core.programme as first
              where first.edition_code = inspection.edition_code
              order by first.position
              limit 1
            )
          )
          and rating.holds(question.in_force, inspection.as_of)
      )
    end::integer as inspections
  from rating.standard_in_year as standard
  join core.question
    on question.edition_code = standard.edition_code
    and question.standard_code = standard.standard_code
    and question.basis = 'cases'
)
select
  year,
  is_synthetic,
  question_id,
  level,
  coalesce(sum(inspections), 0)::integer as inspections,
  coalesce(sum(services), 0)::integer as services,
  (sum(asked) - coalesce(sum(inspections), 0))::integer as inspections_without_counts,
  coalesce(sum(percentages_only), 0)::integer as percentages_only,
  sum(yes)::integer as yes,
  sum(relevant)::integer as relevant,
  sum(yes_squares)::bigint as yes_squares,
  sum(products)::bigint as products,
  sum(relevant_squares)::bigint as relevant_squares
from (
  -- beside each other, not joined: where tables are distributed each shard then counts its part
  select
    year, is_synthetic, question_id, level, null::integer as asked, inspections, services, percentages_only,
    yes, relevant, yes_squares, products, relevant_squares
  from counted
  union all
  select year, is_synthetic, question_id, level, inspections, null, null, null, null, null, null, null, null
  from asked
) as beside
group by year, is_synthetic, question_id, level
having sum(asked) > 0;

comment on view rating.question_in_year is 'A year and a question with its answers, summed over inspections.';
comment on column rating.question_in_year.yes_squares is 'Sum over inspections of the square of yes.';
comment on column rating.question_in_year.products is 'Sum over inspections of yes times relevant.';
comment on column rating.question_in_year.relevant_squares is 'Sum over inspections of the square of relevant.';
