-- Rules of an inspection
-- One row: an inspection with the rules it is rated under.
-- Rule: those of its programme that hold on the day by which it is dated (core.inspection.as_of).
-- NULL as in rating.rule_period.
create view rating.inspection_rule as
select
  inspection.service_id,
  inspection.inspection_id,
  inspection.edition_code,
  rules.programme,
  inspection.as_of,
  rules.rule_set_id,
  rules.rounding,
  rules.band_on,
  rules.z,
  rules.key_question_base,
  rules.prompt_base,
  rules.band_percents,
  rules.band_ratings,
  rules.band_ranks,
  rules.lowest_score,
  rules.highest_score,
  rules.full_score,
  rules.overall,
  rules.overall_scores,
  rules.overall_ranks,
  rules.limits,
  rules.unrated_standard,
  rules.discretion_points,
  rules.discretion_judgements,
  rules.discretion_sample
from core.inspection
join kept.rule_period as rules
  on rules.edition_code = inspection.edition_code
  and case when inspection.programme is null then rules.is_first_programme else rules.programme = inspection.programme end
  and rating.holds(rules.in_force, inspection.as_of);

comment on view rating.inspection_rule is 'An inspection with the rules it is rated under.';
