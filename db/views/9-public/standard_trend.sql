-- Answers to the key questions of standards by year
-- One row: a year, an edition, and a standard of it that is judged on cases; real and invented inspections apart.
-- Rule: yes and relevant cases of all key questions of the standard are summed over the year's inspections whose counts are all
-- known, and the percentage is taken of relevant cases under every edition. It is a measure of the answers, not of the rating,
-- which is set by the lowest key question. Editions are not pooled. The intervals allow for answers of one inspection being alike, also
-- those of one case to several questions (see functions/pooled.sql), at the levels of display_rule.
-- series_break is true in the first year of an edition's inspections where the series of a key question breaks (key_question_trend).
-- yes and relevant are NULL where no inspection has all counts, percent and the ends of intervals also where no case is relevant.
create view analytics.standard_trend as
with summed as (
  select
    year,
    is_synthetic,
    edition_code,
    standard_code,
    count(*)::integer as inspections,
    sum(yes)::integer as yes,
    sum(relevant)::integer as relevant,
    sum(yes * yes) as yes_squares,
    sum(yes * relevant) as products,
    sum(relevant * relevant) as relevant_squares
  from kept.standard_count
  group by year, is_synthetic, edition_code, standard_code
),
percentages as (
  select inspection.year, inspection.is_synthetic, result.edition_code, result.standard_code, count(*)::integer as inspections
  from kept.standard_result as result
  join core.inspection using (inspection_id)
  where result.evidence_rank = 2
    and not exists (
      select
      from kept.standard_count as counted
      where counted.inspection_id = result.inspection_id and counted.standard_code = result.standard_code
    )
  group by inspection.year, inspection.is_synthetic, result.edition_code, result.standard_code
),
broken as (
  select
    question.edition_code,
    question.standard_code,
    string_agg(distinct series.broken_because, '; ' order by series.broken_because) as because
  from kept.question_series as series
  join core.question using (question_id)
  where question.level = 'key question' and question.basis = 'cases'
  group by question.edition_code, question.standard_code
)
select
  asked.year::integer as year,
  asked.is_synthetic,
  asked.edition_code as edition,
  standard.domain,
  standard.domain_title,
  asked.standard_code as standard,
  standard.title,
  series.standard_series,
  coalesce(summed.inspections, 0) as inspections,
  asked.inspections - coalesce(summed.inspections, 0) as inspections_without_counts,
  coalesce(percentages.inspections, 0) as percentages_only,
  summed.yes,
  summed.relevant,
  rating.percentage(summed.yes, summed.relevant, display.rounding) as percent,
  'relevant' as base,
  summed.relevant / coalesce(effect.design_effect, 1) as effective_relevant,
  effect.design_effect,
  rating.pooled_low(
    summed.yes, summed.relevant, effect.design_effect, summed.inspections, display.confidence_level, display.z
  ) as low,
  rating.pooled_high(
    summed.yes, summed.relevant, effect.design_effect, summed.inspections, display.confidence_level, display.z
  ) as high,
  rating.pooled_low(
    summed.yes, summed.relevant, effect.design_effect, summed.inspections, display.wider_confidence_level, display.z_95
  ) as low_95,
  rating.pooled_high(
    summed.yes, summed.relevant, effect.design_effect, summed.inspections, display.wider_confidence_level, display.z_95
  ) as high_95,
  broken.because is not null and asked.year is not distinct from min(asked.year) filter (where summed.inspections > 0) over series_of_edition
    as series_break,
  case when asked.year = min(asked.year) filter (where summed.inspections > 0) over series_of_edition then broken.because end
    as series_break_because
from rating.standard_in_year as asked
join rating.standard_key as standard using (edition_code, standard_code)
left join rating.standard_series as series using (edition_code, standard_code)
left join summed
  on summed.year = asked.year
  and summed.is_synthetic = asked.is_synthetic
  and summed.edition_code = asked.edition_code
  and summed.standard_code = asked.standard_code
left join percentages
  on percentages.year = asked.year
  and percentages.is_synthetic = asked.is_synthetic
  and percentages.edition_code = asked.edition_code
  and percentages.standard_code = asked.standard_code
cross join lateral (
  select rating.design_effect(
    summed.inspections, summed.yes, summed.relevant, summed.yes_squares, summed.products, summed.relevant_squares
  ) as design_effect
  offset 0
) as effect
left join broken on broken.edition_code = asked.edition_code and broken.standard_code = asked.standard_code
cross join rating.display_rule as display
where standard.basis = 'cases'
  and exists (
    select
    from core.question
    where question.edition_code = asked.edition_code
      and question.standard_code = asked.standard_code
      and question.basis = 'cases'
      and question.level = 'key question'
  )
window series_of_edition as (partition by asked.is_synthetic, asked.edition_code, asked.standard_code);

comment on view analytics.standard_trend is
  'One row a year, edition and case-based standard: answers to its key questions, pooled over the inspections, percentage of relevant cases, and an interval that allows for answers of one inspection being alike. An edition of which no questions are known has no rows.';
