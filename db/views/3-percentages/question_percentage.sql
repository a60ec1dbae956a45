-- Percentages of yes
-- One row: an inspection and a question of which anything is known or printed.
-- Rule: the edition says what the percentage is taken of (percentage_base) and how it is rounded (rule_set.rounding). Whether
-- there was a relevant case is not known where only a yes of 0 is.
-- A percentage is NULL when there is no relevant case (state says so), or when what it needs is not known.
create view rating.question_percentage as
with based as (
  select
    question_evidence.*,
    evidence_rank = 2 as is_printed,
    case when base = 'relevant' then relevant when base = 'inspected' then inspected end as base_count,
    relevant > 0 or (relevant is null and yes > 0) as has_relevant_case
  from rating.question_evidence
)
select
  service_id,
  inspection_id,
  as_of,
  rule_set_id,
  edition_code,
  question_id,
  question_code,
  level,
  standard_code,
  position,
  text,
  parent_question_id,
  evidence_rank,
  evidence,
  yes,
  no,
  not_applicable,
  relevant,
  inspected,
  eligible,
  printed_percent,
  base,
  base_count,
  case
    when not is_printed then yes
    -- a printed percentage tells the count where only one whole number of cases gives it
    else rating.yes_implied(printed_percent, base_count, rounding)
  end as counted_yes,
  case
    when is_printed and base = 'relevant' then printed_percent
    when has_relevant_case then rating.percentage(yes, relevant, rounding)
  end as percent_of_relevant,
  case
    when is_printed and base = 'inspected' then printed_percent
    when has_relevant_case then rating.percentage(yes, inspected, rounding)
  end as percent_of_inspected,
  case
    when is_printed then printed_percent
    when has_relevant_case then rating.percentage(yes, base_count, rounding)
  end as percent,
  rounding,
  band_on,
  z,
  band_percents,
  band_ratings,
  band_ranks,
  discretion_points,
  discretion_judgements,
  discretion_sample
from based;

comment on view rating.question_percentage is 'An inspection and a question with its percentages of yes.';
comment on column rating.question_percentage.parent_question_id is 'Key of the key question that a prompt stands below; NULL for a key question.';
comment on column rating.question_percentage.evidence_rank is 'What the counts rest on, by its rank in core.evidence.';
