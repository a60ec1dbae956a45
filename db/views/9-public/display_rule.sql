-- How figures that belong to no edition are shown
-- One row: the only one.
-- Rule: trends, comparisons and splits pool what editions keep apart, so that no edition's rule is theirs; this one is. What an
-- edition publishes is rounded, and has its intervals, by the edition's own rules.
-- Never NULL.
create view analytics.display_rule as
select
  rounding,
  confidence_level::integer as confidence_level,
  wider_confidence_level::integer as wider_confidence_level,
  fewest_cases::integer as fewest_cases,
  z,
  z_95
from core.display_rule
join core.disclosure_control using (is_only)
where is_only;

comment on view analytics.display_rule is
  'One row: how percentages that belong to no edition (trends, comparisons, splits) are rounded, the levels of the intervals beside them, and how few cases of a group are protected.';
