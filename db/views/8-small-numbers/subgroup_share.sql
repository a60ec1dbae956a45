-- What may be seen of the sums of groups of cases
-- One row: as in subgroup_sum.
-- Rule: the percentage is taken of relevant cases under every edition. The intervals allow for answers of one inspection being alike, as far as
-- they are over all cases (see functions/pooled.sql), at the levels of display_rule. All is reckoned from what is shown, so that nothing of
-- a protected group can be in it.
-- Answers are NULL and marked [c] where they are protected; percent is NULL as well when no case is relevant (marker [z]).
create view rating.subgroup_share as
select
  summed.is_synthetic,
  summed.year,
  question.edition_code as edition,
  question.standard_code as standard,
  question.question_code as key_question,
  question.text,
  series.question_series,
  summed.attribute,
  summed.value,
  summed.inspections,
  shown.yes,
  shown.no,
  shown.relevant,
  rating.percentage(shown.yes, shown.relevant, display.rounding) as percent,
  shown.relevant / coalesce(alike.design_effect, 1) as effective_relevant,
  alike.design_effect,
  rating.pooled_low(
    shown.yes, shown.relevant, alike.design_effect, summed.inspections, display.confidence_level, display.z
  ) as low,
  rating.pooled_high(
    shown.yes, shown.relevant, alike.design_effect, summed.inspections, display.confidence_level, display.z
  ) as high,
  rating.pooled_low(
    shown.yes, shown.relevant, alike.design_effect, summed.inspections, display.wider_confidence_level, display.z_95
  ) as low_95,
  rating.pooled_high(
    shown.yes, shown.relevant, alike.design_effect, summed.inspections, display.wider_confidence_level, display.z_95
  ) as high_95,
  case
    when summed.is_protected then '[c]'
    when shown.relevant = 0 then '[z]'
  end as marker
from rating.subgroup_sum as summed
cross join lateral (
  select
    case when not summed.is_protected then summed.yes end as yes,
    case when not summed.is_protected then summed.no end as no,
    case when not summed.is_protected then summed.yes + summed.no end as relevant
) as shown
cross join lateral (
  select rating.class_design_effect(summed.design_effect, shown.relevant, summed.all_relevant) as design_effect
) as alike
-- left, though there always is one: the planner would else expect nothing to be left of the sums, and go through all for each
left join core.question using (question_id)
left join kept.question_series as series using (question_id)
cross join rating.display_rule as display;

comment on view rating.subgroup_share is
  'A year or all years of an edition, key question, characteristic and value with what may be seen of the answers, and their percentage.';
comment on column rating.subgroup_share.year is 'Year of the inspections; NULL for all years of the edition.';
comment on column rating.subgroup_share.attribute is 'Characteristic of a case, or its disposal.';
comment on column rating.subgroup_share.value is 'Coded value of the characteristic.';
comment on column rating.subgroup_share.marker is '[c] where the answers are protected, [z] where no case is relevant; NULL otherwise.';
