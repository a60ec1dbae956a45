-- Rules of editions
-- One row: a programme of an edition, a time in which the same rules hold, and a rule: of all, or of one standard.
-- Rule: what the edition's files say, each by the name that other views call it. Where the scale begins and what it scores is in
-- rating_scale, what limits an overall rating in limiting_judgement. discretion rules are the grounds on which a panel may consider it.
-- value is NULL where the rules do not have it or it is not known, number also where value is a word; valid_from for the first rules,
-- valid_until for the last.
create view analytics.edition_rule as
with said as (
  select
    rules.rule_set_id,
    stated.place,
    stated.rule,
    'all' as about,
    stated.value
  from rating.rule_period as rules
  join core.rule_set using (rule_set_id)
  cross join core.disclosure_control as disclosure
  cross join lateral unnest(
    array[
      'key_question_base', 'prompt_base', 'rounding', 'band_on', 'confidence_level', 'discretion_points', 'discretion_judgements',
      'discretion_sample', 'overall', 'unrated_standard', 'full_score', 'fewest_cases'
    ],
    array[
      rules.key_question_base, rules.prompt_base, rule_set.rounding, rules.band_on, rule_set.confidence_level::text,
      rules.discretion_points::text, rules.discretion_judgements::text, rules.discretion_sample::text, rules.overall,
      rules.unrated_standard, rules.full_score::text, disclosure.fewest_cases::text
    ]
  ) with ordinality as stated (rule, value, place)
  union all
  select rule_set_id, 100, 'weight', standard_code, weight::text
  from core.counting_standard
)
select
  rules.edition_code as edition,
  rules.programme,
  said.rule,
  said.about,
  said.value,
  case when said.value ~ '^[0-9]+$' then said.value::integer end as number,
  lower(rules.in_force) as valid_from,
  upper(rules.in_force) as valid_until,
  said.place::integer as position
from said
join rating.rule_period as rules using (rule_set_id);

comment on view analytics.edition_rule is
  'One row an edition, programme, time and rule: what it says, as a word and, where it is one, as a number.';
