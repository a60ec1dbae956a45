-- How figures that belong to no edition are shown
-- One row: the rule, with the levels of its intervals and their quantiles.
-- Never NULL.
create view rating.display_rule as
select
  rounding,
  confidence_level::integer as confidence_level,
  z,
  wider_confidence_level::integer as wider_confidence_level,
  z_95
from core.display_rule
where is_only;

comment on view rating.display_rule is 'How figures that belong to no edition are shown: rounding, and the quantiles of the intervals beside them.';
comment on column rating.display_rule.rounding is 'How a percentage becomes a whole number.';
comment on column rating.display_rule.confidence_level is 'Level of the intervals low to high, in percent.';
comment on column rating.display_rule.z is 'Quantile of the standard normal distribution for the intervals low to high.';
comment on column rating.display_rule.wider_confidence_level is 'Level of the intervals low_95 to high_95, in percent.';
comment on column rating.display_rule.z_95 is 'Quantile of the standard normal distribution for the intervals low_95 to high_95.';
