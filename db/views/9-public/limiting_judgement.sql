-- Limiting judgements
-- One row: a programme of an edition, a time in which the same rules hold, a limiting judgement, and a standard that it looks at.
-- Rule: where it is summed, overall is at most overall_at_most when at least minimum_standards of the standards are rated at_or_below or lower.
-- valid_from is NULL for the first rules, valid_until for the last; nothing else is NULL.
create view analytics.limiting_judgement as
select
  limits.edition_code as edition,
  rules.programme,
  limits.limit_no::integer as limit_no,
  standard.domain,
  standard.domain_title,
  named.standard_code as standard,
  standard.title,
  limits.at_or_below,
  low.rating_rank::integer as at_or_below_rank,
  limits.minimum_standards::integer as minimum_standards,
  limits.overall_at_most,
  ceiling.rating_rank::integer as overall_at_most_rank,
  lower(rules.in_force) as valid_from,
  upper(rules.in_force) as valid_until
from core.limiting_judgement as limits
join core.limiting_judgement_standard as named using (rule_set_id, limit_no)
join rating.standard_key as standard on standard.edition_code = named.edition_code and standard.standard_code = named.standard_code
join core.rating as low on low.edition_code = limits.edition_code and low.rating = limits.at_or_below
join core.rating as ceiling on ceiling.edition_code = limits.edition_code and ceiling.rating = limits.overall_at_most
join rating.rule_period as rules using (rule_set_id)
where coalesce(rules.overall, 'summed') = 'summed';

comment on view analytics.limiting_judgement is
  'One row an edition, time, limiting judgement and standard that it looks at. It is met where so many of its standards are rated at_or_below or lower (standard_rating); limited_by of overall_rating says only where that lowered the rating.';
