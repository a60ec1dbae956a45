-- Limiting judgements
-- One row: an edition, a programme of it, a time in which the same rules hold, a limiting judgement, and a standard that it looks at.
-- Rule: overall is at most overall_at_most when at least minimum_standards of the standards are rated at_or_below or lower.
-- valid_from is NULL for the first rules, valid_until for the last; nothing else is NULL.
create view analytics.limiting_judgement as
select
  limits.edition_code as edition,
  rules.programme,
  limits.limit_no::integer as limit_no,
  named.standard_code as standard,
  limits.at_or_below,
  limits.minimum_standards::integer as minimum_standards,
  limits.overall_at_most,
  lower(rules.in_force) as valid_from,
  upper(rules.in_force) as valid_until
from core.limiting_judgement as limits
join core.limiting_judgement_standard as named using (rule_set_id, limit_no)
join rating.rule_period as rules using (rule_set_id);

comment on view analytics.limiting_judgement is
  'One row an edition, programme, time, limiting judgement and standard that it looks at. Key: edition, programme, valid_from, limit_no, standard.';
comment on column analytics.limiting_judgement.programme is 'Programme of the edition whose rules these are.';
comment on column analytics.limiting_judgement.limit_no is 'Number of the limiting judgement within its rules (number).';
comment on column analytics.limiting_judgement.at_or_below is 'Rating at or below which a standard counts as low.';
comment on column analytics.limiting_judgement.minimum_standards is 'How many of its standards have to be low (number).';
comment on column analytics.limiting_judgement.overall_at_most is 'The best overall rating that it allows.';
comment on column analytics.limiting_judgement.valid_from is 'First day on which an inspection has to be dated for it; NULL for the first rules.';
comment on column analytics.limiting_judgement.valid_until is 'First day on which it holds no more; NULL for the last rules.';
