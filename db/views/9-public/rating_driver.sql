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
join rating.standard_key as standard using (edition_code, standard_code)
left join core.rating as scale on scale.edition_code = question.edition_code and scale.rating = counted.computed_rating
cross join rating.display_rule as display
where standard.basis = 'cases';

comment on view analytics.rating_driver is
  'One row a year, edition, case-based standard, key question and computed rating: in how many inspections the question set the rating. Key: year, is_synthetic, edition, key_question, rating.';
comment on column analytics.rating_driver.year is 'Year of fieldwork; of publication where fieldwork is not known.';
comment on column analytics.rating_driver.rating is 'Rating computed from key questions, before discretion; NULL in the one row of a year in which it is computed nowhere.';
comment on column analytics.rating_driver.rating_rank is 'Rank of rating on the edition''s scale, 0 the lowest, for sorting; NULL where that is.';
comment on column analytics.rating_driver.alone is 'Inspections in which the question alone has the lowest percentage (number).';
comment on column analytics.rating_driver.tied is 'Inspections in which it has the lowest percentage together with others of the standard (number).';
comment on column analytics.rating_driver.driving is 'alone and tied together (number); an inspection with a tie counts for each of the tied questions.';
comment on column analytics.rating_driver.inspections is 'Not to be summed over key questions: inspections in which the standard is computed as rating and the question was asked (number); what percent is taken of.';
comment on column analytics.rating_driver.from_percentages is 'Of inspections, those whose rating is computed from published percentages, not from counts (number).';
comment on column analytics.rating_driver.inspections_not_computed is
  'Not to be summed over key questions or ratings: inspections of the year and edition in which the standard has no computed rating (number); left out of inspections.';
comment on column analytics.rating_driver.percent is 'driving in percent of inspections, a whole number; NULL where inspections is 0.';
comment on column analytics.rating_driver.low is
  'Lower end of the Wilson interval of percent at the confidence_level of display_rule, in percent; NULL where that is.';
comment on column analytics.rating_driver.high is
  'Upper end of the Wilson interval of percent at the confidence_level of display_rule, in percent; NULL where that is.';
comment on column analytics.rating_driver.low_95 is 'Lower end of the 95% Wilson interval of percent, in percent; NULL where that is.';
comment on column analytics.rating_driver.high_95 is 'Upper end of the 95% Wilson interval of percent, in percent; NULL where that is.';
