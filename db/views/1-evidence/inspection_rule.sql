-- Rules of an inspection
-- One row: an inspection with the rule set it is rated under.
-- Rule: the newest rules of its edition that were in force when fieldwork started; before the first, the first. Where the
-- fieldwork date is not known, publication stands in for it.
-- fieldwork_start is NULL when not known; nothing else is.
create view rating.inspection_rule as
select
  inspection.inspection_id,
  inspection.edition_code,
  inspection.fieldwork_start,
  dated.as_of,
  chosen.rule_set_id,
  chosen.rounding,
  chosen.band_on,
  chosen.z
from core.inspection
cross join lateral (
  select coalesce(inspection.fieldwork_start, inspection.published, make_date(inspection.published_year, 1, 1)) as as_of
) as dated
cross join lateral (
  select rule_set.rule_set_id, rule_set.rounding, rule_set.band_on, confidence_level.z
  from core.rule_set
  join core.confidence_level using (confidence_level)
  where rule_set.edition_code = inspection.edition_code
  order by
    rule_set.effective_from <= dated.as_of desc,
    abs(rule_set.effective_from - dated.as_of)
  limit 1
) as chosen;

comment on view rating.inspection_rule is 'An inspection with the rule set it is rated under.';
