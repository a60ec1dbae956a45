-- How figures that belong to no edition are shown
-- One row: the rule, with the quantiles of its confidence levels.
-- Never NULL.
create view rating.display_rule as
-- looked up once, and one thing to join: views are planned as they were with literals in this place
with rule as materialized (
  select
    shown.rounding,
    level.z,
    wider.z as z_95
  from core.display_rule as shown
  join core.confidence_level as level using (confidence_level)
  join core.confidence_level as wider on wider.confidence_level = shown.wider_confidence_level
  where shown.is_only
  -- there is no more: the planner of the views counts on it
  limit 1
)
select rounding, z, z_95
from rule;

comment on view rating.display_rule is 'How figures that belong to no edition are shown: rounding, and the quantiles of the intervals beside them.';
comment on column rating.display_rule.rounding is 'How a percentage becomes a whole number.';
comment on column rating.display_rule.z is 'Quantile of the standard normal distribution for the intervals low to high.';
comment on column rating.display_rule.z_95 is 'Quantile of the standard normal distribution for the intervals low_95 to high_95.';
