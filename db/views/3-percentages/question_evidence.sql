-- The best evidence for each question
-- One row: an inspection and a question of its edition of which anything is known or printed.
-- Rule: case answers before published counts before published percentages; what a source lost stays NULL. A question that is not
-- asked on the day by which the inspection is dated has no row. What a report prints and can't be is unknown: more yes than relevant
-- cases, more of either than the sample has cases, a percentage of no case.
-- A sample without cases has no relevant case for any of its questions. relevant = yes + no; no relevant case is relevant 0. Counts
-- are NULL when only a percentage is published.
create view rating.question_evidence as
with known as (
  select
    inspection_id,
    question_id,
    level,
    true as is_answered,
    yes::integer as yes,
    yes::integer + no as relevant,
    not_applicable::integer as not_applicable,
    null::integer as printed_percent,
    false as is_percent_lost
  from kept.answer_count
  union all
  select
    published.inspection_id,
    published.question_id,
    question.level,
    false,
    case when published.no_relevant_case then 0 when can_be then published.yes::integer end,
    case when published.no_relevant_case then 0 when can_be then published.relevant::integer end,
    null,
    case when sample.cases is distinct from 0 then published.percent::integer end,
    published.percent_lost
  from core.published_result as published
  join core.question using (question_id)
  join core.inspection_sample as sample
    on sample.inspection_id = published.inspection_id and sample.sample_id = published.sample_id
  cross join lateral (
    values (
      coalesce(published.yes <= published.relevant, true)
        and coalesce(greatest(published.yes, published.relevant) <= sample.cases, true)
    )
  ) as figures (can_be)
  where not exists (
    select
    from kept.answer_count as answered
    where answered.inspection_id = published.inspection_id
      and answered.question_id = published.question_id
      and answered.level = question.level
  )
  union all
  select sample.inspection_id, question.question_id, question.level, false, 0, 0, null, null, false
  from core.inspection_sample as sample
  join core.question using (sample_id)
  where sample.cases = 0
    and not exists (
      select
      from core.published_result as published
      where published.inspection_id = sample.inspection_id
        and published.question_id = question.question_id
    )
    and not exists (
      select
      from kept.answer_count as answered
      where answered.inspection_id = sample.inspection_id
        and answered.question_id = question.question_id
        and answered.level = question.level
    )
)
select
  rules.service_id,
  known.inspection_id,
  rules.as_of,
  rules.rule_set_id,
  rules.edition_code,
  known.question_id,
  question.question_code,
  known.level,
  question.standard_code,
  question.position,
  question.text,
  question.parent_question_id,
  case
    when known.is_answered then 0
    when known.relevant is not null and known.yes is not null then 1
    when known.printed_percent is not null or known.is_percent_lost then 2
    else 1
  end as evidence_rank,
  case
    when known.is_answered then 'case answers'
    when known.relevant is not null and known.yes is not null then 'published counts'
    when known.printed_percent is not null or known.is_percent_lost then 'published percentages'
    else 'published counts'
  end as evidence,
  known.yes,
  known.relevant - known.yes as no,
  case when known.is_answered then known.not_applicable else sample.cases - known.relevant end as not_applicable,
  known.relevant,
  sample.cases::integer as inspected,
  sample.eligible_cases::integer as eligible,
  known.printed_percent,
  case when known.level = 'key question' then rules.key_question_base else rules.prompt_base end as base,
  rules.rounding,
  rules.band_on,
  rules.z,
  rules.band_percents,
  rules.band_ratings,
  rules.band_ranks,
  rules.discretion_points,
  rules.discretion_judgements,
  rules.discretion_sample
from known
join rating.inspection_rule as rules using (inspection_id)
join core.question on question.question_id = known.question_id and rating.holds(question.in_force, rules.as_of)
join core.inspection_sample as sample
  on sample.inspection_id = known.inspection_id and sample.sample_id = question.sample_id;

comment on view rating.question_evidence is 'An inspection and a question with the best evidence there is.';
comment on column rating.question_evidence.parent_question_id is 'Key of the key question that a prompt stands below; NULL for a key question.';
comment on column rating.question_evidence.evidence_rank is 'What the counts rest on, by its rank in core.evidence: case answers 0, published counts 1, published percentages 2.';
