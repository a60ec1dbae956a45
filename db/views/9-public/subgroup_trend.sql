-- Answers to key questions for groups of cases, by year
-- One row: a year, an edition, a key question of it, a characteristic of a case (or its disposal) and a value of it that is listed for an
-- inspection of the year, in subgroup_result; real and invented inspections apart.
-- Rule: relevant cases of all inspections with case answers are summed, those that are protected in subgroup_result among them, and
-- the percentage is taken of relevant cases under every edition. Editions are not pooled. The intervals are Wilson's of the pooled
-- counts, at the levels of display_rule: answers of one inspection are alike, so that they are narrower than they should be.
-- What with subgroup_result could identify a child is NULL and marked [c], by the rule of rating.subgroup_sum.
-- percent is NULL as well when no case is relevant (marker [z]).
create view analytics.subgroup_trend as
select
  summed.year,
  summed.is_synthetic,
  question.edition_code as edition,
  question.standard_code as standard,
  question.question_code as key_question,
  question.text,
  summed.attribute,
  summed.value,
  summed.inspections,
  asked.inspections - summed.inspections as inspections_without_answers,
  shown.yes,
  shown.no,
  shown.relevant,
  rating.percentage(shown.yes, shown.relevant, display.rounding) as percent,
  rating.wilson_low(shown.yes, shown.relevant, display.z) as low,
  rating.wilson_high(shown.yes, shown.relevant, display.z) as high,
  rating.wilson_low(shown.yes, shown.relevant, display.z_95) as low_95,
  rating.wilson_high(shown.yes, shown.relevant, display.z_95) as high_95,
  case
    when summed.is_protected then '[c]'
    when shown.relevant = 0 then '[z]'
  end as marker
from rating.subgroup_sum as summed
-- what is reckoned from answers is reckoned from these, so that nothing of a protected group can be in it
cross join lateral (
  select
    case when not summed.is_protected then summed.yes end as yes,
    case when not summed.is_protected then summed.no end as no,
    case when not summed.is_protected then summed.yes + summed.no end as relevant
) as shown
join core.question using (question_id)
join rating.standard_in_year as asked
  on asked.year = summed.year
  and asked.is_synthetic = summed.is_synthetic
  and asked.edition_code = question.edition_code
  and asked.standard_code = question.standard_code
cross join rating.display_rule as display;

comment on view analytics.subgroup_trend is
  'One row a year, edition, key question, characteristic and value: answers of all inspections of the year, as far as they could not identify a child. Key: year, is_synthetic, edition, key_question, attribute, value.';
comment on column analytics.subgroup_trend.attribute is 'Characteristic of a case, or its disposal.';
comment on column analytics.subgroup_trend.value is 'Coded value of the characteristic; not known where it was not recorded.';
comment on column analytics.subgroup_trend.inspections is 'Inspections of the year with case answers to the question, whatever values their cases have (number).';
comment on column analytics.subgroup_trend.inspections_without_answers is
  'Inspections of the year and edition that are left out, because no case of theirs has an answer to the question (number).';
comment on column analytics.subgroup_trend.yes is 'Cases of the value answered yes, over all inspections; NULL when protected (marker [c]), as are the columns after it.';
comment on column analytics.subgroup_trend.no is 'Cases of the value answered no, over all inspections; NULL when protected.';
comment on column analytics.subgroup_trend.relevant is 'Relevant cases of the value, yes + no, over all inspections; NULL when protected.';
comment on column analytics.subgroup_trend.percent is
  'Yes in percent of relevant cases, a whole number; NULL when there is none, or when protected.';
comment on column analytics.subgroup_trend.low is
  'Lower end of the Wilson interval of the pooled counts at the confidence_level of display_rule, in percent; NULL where percent is.';
comment on column analytics.subgroup_trend.high is
  'Upper end of the Wilson interval of the pooled counts at the confidence_level of display_rule, in percent; NULL where percent is.';
comment on column analytics.subgroup_trend.low_95 is 'Lower end of the 95% Wilson interval of the pooled counts, in percent; NULL where percent is.';
comment on column analytics.subgroup_trend.high_95 is 'Upper end of the 95% Wilson interval of the pooled counts, in percent; NULL where percent is.';
comment on column analytics.subgroup_trend.marker is
  '[c] confidential: the answers are protected; [z] not applicable: no case is relevant; NULL otherwise.';
