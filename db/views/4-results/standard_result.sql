-- Results of standards, computed anew
-- One row: an inspection and a standard of its edition.
-- Rule: what table result.standard keeps, computed from the evidence by the views before this one, column by column.
-- yes and relevant are sums over its key questions, NULL when a count of one of them is not known, or when it has none.
create view rating.standard_result as
with ground as materialized (
  select * from rating.discretion_ground
),
summed as materialized (
  select
    inspection_id,
    standard_code,
    case when bool_and(yes is not null and relevant is not null) then sum(yes)::integer end as yes,
    case when bool_and(yes is not null and relevant is not null) then sum(relevant)::integer end as relevant
  from rating.question_percentage
  where level = 'key question'
  group by inspection_id, standard_code
)
select
  scored.inspection_id,
  scored.standard_code,
  scored.edition_code,
  scored.evidence,
  scored.computed_rating,
  scored.lowest_percent,
  scored.driving_key_question,
  scored.tied_key_questions,
  scored.not_computed_because,
  scored.rating,
  scored.rating_rank,
  scored.rating_source,
  scored.score::integer as score,
  ground.near_boundary,
  ground.one_case_flips,
  ground.small_sample,
  summed.yes,
  summed.relevant
from rating.standard_score as scored
left join ground using (inspection_id, standard_code)
left join summed using (inspection_id, standard_code);

comment on view rating.standard_result is 'An inspection and a standard with all that is kept of its result, computed anew.';
comment on column rating.standard_result.yes is 'Answers of yes to its key questions; NULL when a count of one is not known.';
comment on column rating.standard_result.relevant is 'Relevant cases of its key questions, summed; NULL when a count of one is not known.';
