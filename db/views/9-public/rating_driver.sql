-- Which key questions set the ratings of standards
-- One row: a year, an edition, a case-based standard, one of its key questions, and a rating that the standard was computed
-- as; one row without a rating where it was computed in no inspection of the year; real and invented inspections apart.
-- Rule: of the inspections in which the standard was computed as that and the question was asked, those in which it was the
-- lowest: alone, or at the same percentage as others (tied). A question that never was has a row too. It is the computed
-- rating that is set, before discretion. Intervals are Wilson's, at the levels of display_rule.
-- rating, its rank, percent and the ends of intervals are NULL where no rating is computed.
create view analytics.rating_driver as
with counted as (
  select
    inspection.year,
    inspection.is_synthetic,
    question.question_id,
    result.computed_rating,
    count(*)::integer as inspections,
    (count(*) filter (where result.evidence_rank = 2))::integer as from_percentages,
    (count(*) filter (where result.driving_key_question = question.question_code and result.tied_key_questions is null))::integer
      as alone,
    (count(*) filter (
      where result.tied_key_questions is not null
        and question.question_code = any(result.driving_key_question || result.tied_key_questions)
    ))::integer as tied
  from kept.standard_result as result
  join core.inspection using (inspection_id, edition_code)
  join core.question
    on question.edition_code = result.edition_code
    and question.standard_code = result.standard_code
    and question.level = 'key question'
    and rating.holds(question.in_force, inspection.as_of)
  group by inspection.year, inspection.is_synthetic, question.question_id, result.computed_rating
),
covered as (
  select
    counted.*,
    count(computed_rating) over of_question as ratings,
    coalesce(sum(inspections) filter (where computed_rating is null) over of_question, 0)::integer as inspections_not_computed
  from counted
  window of_question as (partition by year, is_synthetic, question_id)
),
listed as (
  select
    covered.*,
    case when computed_rating is null then 0 else inspections end as computed,
    case when computed_rating is null then 0 else from_percentages end as computed_from_percentages
  from covered
  where computed_rating is not null or ratings = 0
)
select
  counted.year,
  counted.is_synthetic,
  question.edition_code as edition,
  standard.domain,
  standard.domain_title,
  question.standard_code as standard,
  standard.title,
  question.question_code as key_question,
  question.text,
  series.question_series,
  counted.computed_rating as rating,
  scale.rating_rank::integer as rating_rank,
  counted.alone,
  counted.tied,
  counted.alone + counted.tied as driving,
  counted.computed as inspections,
  counted.computed_from_percentages as from_percentages,
  counted.inspections_not_computed,
  rating.percentage(counted.alone + counted.tied, counted.computed, display.rounding) as percent,
  rating.wilson_low(counted.alone + counted.tied, counted.computed, display.z) as low,
  rating.wilson_high(counted.alone + counted.tied, counted.computed, display.z) as high,
  rating.wilson_low(counted.alone + counted.tied, counted.computed, display.z_95) as low_95,
  rating.wilson_high(counted.alone + counted.tied, counted.computed, display.z_95) as high_95
from listed as counted
join core.question using (question_id)
join kept.question_series as series using (question_id)
join rating.standard_key as standard using (edition_code, standard_code)
left join core.rating as scale on scale.edition_code = question.edition_code and scale.rating = counted.computed_rating
cross join rating.display_rule as display
where standard.basis = 'cases';

comment on view analytics.rating_driver is
  'One row a year, edition, case-based standard, key question and computed rating: in how many inspections the question set the rating.';
