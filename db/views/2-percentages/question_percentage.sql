-- Percentages of yes
-- One row: an inspection and a question that its edition asks of cases.
-- Rule: the edition says what the percentage is taken of (percentage_base) and how it is rounded (rule_set.rounding).
-- A percentage is NULL when there is no relevant case (state says so), or when what it needs is not known.
create view rating.question_percentage as
with based as (
  select
    question_evidence.*,
    percentage_base.base,
    inspection_rule.rounding,
    inspection_rule.band_on,
    inspection_rule.z,
    coalesce(evidence = 'published percentages', false) as is_printed,
    case percentage_base.base when 'relevant' then relevant else inspected end as base_count,
    -- without the relevant cases, a yes of 0 may also mean that there was none
    relevant > 0 or (relevant is null and yes > 0) as has_relevant_case
  from rating.question_evidence
  join rating.inspection_rule using (inspection_id)
  join core.percentage_base
    on percentage_base.rule_set_id = question_evidence.rule_set_id and percentage_base.level = question_evidence.level
),
counted as (
  select
    based.*,
    case
      when not is_printed then yes
      -- a printed percentage tells the count where only one whole number of cases gives it
      else (
        select case when count(*) = 1 then min(possible) end
        from generate_series(0, base_count) as possible
        where rating.percentage(possible, base_count, rounding) = printed_percent
      )
    end as counted_yes
  from based
),
divided as (
  select
    counted.*,
    case
      when is_printed and base = 'relevant' then printed_percent
      when has_relevant_case then rating.percentage(yes, relevant, rounding)
    end as percent_of_relevant,
    case
      when is_printed and base = 'inspected' then printed_percent
      when has_relevant_case then rating.percentage(yes, inspected, rounding)
    end as percent_of_inspected
  from counted
)
select
  inspection_id,
  rule_set_id,
  edition_code,
  question_id,
  question_code,
  level,
  standard_code,
  position,
  evidence,
  yes,
  no,
  not_applicable,
  relevant,
  inspected,
  printed_percent,
  base,
  base_count,
  counted_yes,
  rounding,
  band_on,
  z,
  percent_of_relevant,
  percent_of_inspected,
  case base when 'relevant' then percent_of_relevant else percent_of_inspected end as percent,
  case
    when relevant = 0 then 'no relevant case'
    when case base when 'relevant' then percent_of_relevant else percent_of_inspected end is not null then 'known'
    else 'unknown'
  end as state
from divided;

comment on view rating.question_percentage is 'An inspection and a question with its percentages of yes.';
