-- Which key questions set the ratings of standards
-- One row: a year, an edition, a case-based standard, one of its key questions, and a rating that the standard was computed
-- as; real and invented inspections apart.
-- Rule: of the inspections in which the standard was computed as that and the question was asked, those in which it was the
-- lowest: alone, or at the same percentage as others (tied). A question that never was has a row too. It is the computed
-- rating that is set, before discretion. Intervals are Wilson's, at the levels of display_rule.
-- Never NULL.
create view analytics.rating_driver as
with counted as (
  select
    inspection.year,
    inspection.is_synthetic,
    question.question_id,
    result.computed_rating,
    count(*)::integer as inspections,
    (count(*) filter (where result.driving_key_question = question.question_code and result.tied_key_questions is null))::integer
      as alone,
    (count(*) filter (
      where result.tied_key_questions is not null
        and question.question_code = any(result.driving_key_question || string_to_array(result.tied_key_questions, ', '))
    ))::integer as tied
  from kept.standard_result as result
  join core.inspection using (inspection_id, edition_code)
  join core.question
    on question.edition_code = result.edition_code
    and question.standard_code = result.standard_code
    and question.level = 'key question'
    and rating.holds(question.in_force, inspection.as_of)
  where result.computed_rating is not null
  group by inspection.year, inspection.is_synthetic, question.question_id, result.computed_rating
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
  counted.inspections,
  rating.percentage(counted.alone + counted.tied, counted.inspections, display.rounding) as percent,
  rating.wilson_low(counted.alone + counted.tied, counted.inspections, display.z) as low,
  rating.wilson_high(counted.alone + counted.tied, counted.inspections, display.z) as high,
  rating.wilson_low(counted.alone + counted.tied, counted.inspections, display.z_95) as low_95,
  rating.wilson_high(counted.alone + counted.tied, counted.inspections, display.z_95) as high_95
from counted
join core.question using (question_id)
join rating.standard_key as standard using (edition_code, standard_code)
join core.rating as scale on scale.edition_code = question.edition_code and scale.rating = counted.computed_rating
cross join rating.display_rule as display;

comment on view analytics.rating_driver is
  'One row a year, edition, case-based standard, key question and computed rating: in how many inspections the question set the rating. Key: year, is_synthetic, edition, key_question, rating.';
comment on column analytics.rating_driver.year is 'Year of fieldwork; of publication where fieldwork is not known.';
comment on column analytics.rating_driver.rating is 'Rating computed from key questions, before discretion.';
comment on column analytics.rating_driver.rating_rank is 'Rank of rating on the edition''s scale, 0 the lowest, for sorting.';
comment on column analytics.rating_driver.alone is 'Inspections in which the question alone has the lowest percentage (number).';
comment on column analytics.rating_driver.tied is 'Inspections in which it has the lowest percentage together with others of the standard (number).';
comment on column analytics.rating_driver.driving is 'alone and tied together (number); an inspection with a tie counts for each of the tied questions.';
comment on column analytics.rating_driver.inspections is 'Not to be summed over key questions: inspections in which the standard is computed as rating and the question was asked (number); what percent is taken of.';
comment on column analytics.rating_driver.percent is 'driving in percent of inspections, a whole number.';
comment on column analytics.rating_driver.low is
  'Lower end of the Wilson interval of percent at the confidence_level of display_rule, in percent.';
comment on column analytics.rating_driver.high is
  'Upper end of the Wilson interval of percent at the confidence_level of display_rule, in percent.';
comment on column analytics.rating_driver.low_95 is 'Lower end of the 95% Wilson interval of percent, in percent.';
comment on column analytics.rating_driver.high_95 is 'Upper end of the 95% Wilson interval of percent, in percent.';
