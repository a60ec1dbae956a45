-- Overall results, computed anew
-- One row: an inspection.
-- Rule: what table result.overall keeps, computed from the evidence by the views before this one, column by column.
-- NULL as there.
create view rating.overall_result as
with weakest as materialized (
  select inspection_id, max(evidence_rank) as evidence_rank
  from rating.question_evidence
  join core.evidence using (evidence)
  where level = 'key question'
  group by inspection_id
)
select
  scored.inspection_id,
  coalesce(evidence.evidence, 'ratings only') as evidence,
  scored.score,
  scored.max_score,
  scored.computed_rating,
  scored.has_unknown_standard,
  scored.limited_by,
  scored.not_rated_because
from rating.overall_score as scored
left join weakest using (inspection_id)
left join core.evidence using (evidence_rank);

comment on view rating.overall_result is 'An inspection with all that is kept of its overall result, computed anew.';
comment on column rating.overall_result.evidence is 'The weakest that a key question rests on; ratings only where there are no figures.';
