-- The lowest band of each standard
-- One row: an inspection and a case-based standard of its edition.
-- Rule: a standard takes the lowest band among its key questions that have a percentage. A key question whose figures are
-- not known might be lower still, so it leaves the standard without a computed rating unless the scale's lowest is reached.
-- Rating, percent and key question are NULL when nothing is computed; not_computed_because says why.
create view rating.standard_lowest as
with placed as (
  select
    key_question_band.*,
    row_number() over (partition by inspection_id, standard_code order by rating_rank, percent, position) as place,
    min(percent) filter (where state = 'known') over (partition by inspection_id, standard_code) as lowest_percent,
    min(rating_rank) over (partition by inspection_id, standard_code) as lowest_rank
  from rating.key_question_band
),
summed as (
  select
    inspection_id,
    rule_set_id,
    edition_code,
    standard_code,
    count(*) filter (where state = 'known') as known,
    count(*) filter (where state = 'unknown') as unknown,
    string_agg(question_code, ', ' order by position) filter (where state = 'unknown') as unknown_questions,
    count(evidence) as with_evidence,
    max(evidence_rank) as weakest_evidence,
    max(question_code) filter (where place = 1 and state = 'known') as driving_key_question,
    max(rating) filter (where place = 1) as lowest_rating,
    min(rating_rank) as lowest_rank,
    min(percent) filter (where state = 'known') as lowest_percent,
    string_agg(question_code, ', ' order by position)
      filter (where place > 1 and percent = lowest_percent and rating_rank = lowest_rank) as tied_key_questions
  from placed
  left join core.evidence using (evidence)
  group by inspection_id, rule_set_id, edition_code, standard_code
),
decided as (
  select summed.*, known > 0 and (unknown = 0 or lowest_rank = 0) as is_computed
  from summed
)
select
  decided.inspection_id,
  decided.rule_set_id,
  decided.edition_code,
  decided.standard_code,
  evidence.evidence,
  case when is_computed then lowest_rating end as computed_rating,
  case when is_computed then lowest_rank end as computed_rank,
  case when is_computed then lowest_percent end as lowest_percent,
  case when is_computed then driving_key_question end as driving_key_question,
  case when is_computed then tied_key_questions end as tied_key_questions,
  case
    when is_computed then null
    when known = 0 and unknown = 0 then 'no relevant case'
    when with_evidence = 0 then 'no case answers, counts or percentages'
    else 'not known: ' || unknown_questions
  end as not_computed_because
from decided
left join core.evidence on evidence.evidence_rank = decided.weakest_evidence;

comment on view rating.standard_lowest is 'An inspection and a case-based standard with the lowest band among its key questions.';
comment on column rating.standard_lowest.computed_rank is 'Rank of computed_rating on the edition''s scale; NULL when not computed.';
