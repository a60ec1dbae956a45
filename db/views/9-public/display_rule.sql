-- How figures that belong to no edition are shown
-- One row: the only one.
-- Rule: trends, comparisons and splits pool what editions keep apart, so that no edition's rule is theirs; this one is. What an
-- edition publishes is rounded, and has its intervals, by the edition's own rules.
-- Never NULL.
create view analytics.display_rule as
select
  rounding,
  confidence_level::integer as confidence_level,
  wider_confidence_level::integer as wider_confidence_level
from core.display_rule
where is_only;

comment on view analytics.display_rule is
  'One row: how percentages that belong to no edition (trends, comparisons, splits) are rounded, and the levels of the intervals beside them. Key: rounding.';
comment on column analytics.display_rule.rounding is 'How a percentage becomes a whole number, one of: half up, half even, down, up.';
comment on column analytics.display_rule.confidence_level is 'Confidence level of the intervals low to high, in percent.';
comment on column analytics.display_rule.wider_confidence_level is 'Confidence level of the intervals low_95 to high_95, in percent.';
