-- What is kept and is not what is computed
-- One row: a row of a table of schema kept that is not what the view of its name computes from the evidence, or that one of the two
-- lacks; or an inspection whose newest record is not of the ratings that it has.
-- Rule: there is none, unless evidence was changed past the loader and rating.renew was not called; the command db check says so.
-- inspection_id is NULL for rules and series, kept for a row that is missing, computed for one that should not be there.
create view rating.kept_difference as
with series as materialized (
  -- on its own: where tables are distributed, none of theirs may be asked for together with what recurses
  select question_id, series_question_id, question_series, continued_question_id, broken_because
  from rating.question_series
)
select
  'answer count' as kind,
  inspection_id,
  question_id::text as subject,
  kept.yes || ' yes, ' || kept.no || ' no, ' || kept.not_applicable || ' not applicable' as kept,
  computed.yes || ' yes, ' || computed.no || ' no, ' || computed.not_applicable || ' not applicable' as computed
from kept.answer_count as kept
full join rating.answer_count as computed using (inspection_id, question_id)
where (kept.yes, kept.no, kept.not_applicable) is distinct from (computed.yes, computed.no, computed.not_applicable)
union all
select
  'standard count',
  inspection_id,
  standard_code,
  kept.yes || ' yes of ' || kept.relevant || ', ' || kept.year,
  computed.yes || ' yes of ' || computed.relevant || ', ' || computed.year
from kept.standard_count as kept
full join rating.standard_count as computed using (inspection_id, standard_code)
where (kept.yes, kept.relevant, kept.year, kept.edition_code, kept.is_synthetic)
  is distinct from (computed.yes, computed.relevant, computed.year, computed.edition_code, computed.is_synthetic)
union all
select
  'answers as bits',
  inspection_id,
  question_id::text,
  'yes ' || kept.yes_cases::text || ', no ' || kept.no_cases::text,
  'yes ' || computed.yes_cases::text || ', no ' || computed.no_cases::text
from kept.answer_bits as kept
full join rating.answer_bits as computed using (inspection_id, question_id)
where (kept.yes_cases, kept.no_cases) is distinct from (computed.yes_cases, computed.no_cases)
union all
select
  'case group',
  inspection_id,
  sample_id || ' ' || attribute || ' ' || value,
  kept.cases::text,
  computed.cases::text
from kept.case_group as kept
full join rating.case_group as computed using (inspection_id, sample_id, attribute, value)
where kept.cases is distinct from computed.cases
union all
select
  'standard result',
  inspection_id,
  standard_code,
  concat_ws(', ', kept.computed_rating, kept.lowest_percent || '%', kept.rating, kept.score),
  concat_ws(', ', computed.computed_rating, computed.lowest_percent || '%', computed.rating, computed.score)
from kept.standard_result as kept
full join rating.standard_result as computed using (inspection_id, standard_code)
where (
    kept.service_id, kept.edition_code, kept.rule_set_id, kept.evidence, kept.computed_rating, kept.lowest_percent,
    kept.driving_key_question, kept.tied_key_questions, kept.not_computed_because, kept.discretion_from, kept.discretion_to,
    kept.rating, kept.rating_rank, kept.rating_source, kept.weight, kept.score, kept.unrated_because, kept.near_boundary,
    kept.one_case_flips, kept.small_sample
  ) is distinct from (
    computed.service_id, computed.edition_code, computed.rule_set_id, computed.evidence, computed.computed_rating,
    computed.lowest_percent, computed.driving_key_question, computed.tied_key_questions, computed.not_computed_because,
    computed.discretion_from, computed.discretion_to, computed.rating, computed.rating_rank, computed.rating_source,
    computed.weight, computed.score, computed.unrated_because, computed.near_boundary, computed.one_case_flips,
    computed.small_sample
  )
union all
select
  'overall result',
  inspection_id,
  'overall',
  concat_ws(', ', kept.rating, kept.score || '/' || kept.max_score),
  -- which may be wrong themselves: then they stand in a row of their own
  concat_ws(', ', computed.rating, computed.score || '/' || computed.max_score) || ' (by its standards as they are kept)'
from kept.overall_result as kept
full join rating.overall_result as computed using (inspection_id)
where (
    kept.service_id, kept.edition_code, kept.evidence, kept.score, kept.max_score, kept.most_points, kept.rating, kept.rating_rank,
    kept.rating_source, kept.score_without_discretion, kept.rating_without_discretion, kept.rating_without_discretion_rank,
    kept.has_unknown_standard, kept.limited_by, kept.not_computed_because
  ) is distinct from (
    computed.service_id, computed.edition_code, computed.evidence, computed.score, computed.max_score, computed.most_points,
    computed.rating, computed.rating_rank, computed.rating_source, computed.score_without_discretion,
    computed.rating_without_discretion, computed.rating_without_discretion_rank, computed.has_unknown_standard,
    computed.limited_by, computed.not_computed_because
  )
union all
select
  'rules',
  null,
  coalesce(kept.edition_code, computed.edition_code) || ' ' || rule_set_id,
  to_jsonb(kept)::text,
  to_jsonb(computed)::text
from kept.rule_period as kept
full join rating.rule_period as computed using (rule_set_id)
where to_jsonb(kept) is distinct from to_jsonb(computed)
union all
select
  'series',
  null,
  question_id::text,
  concat_ws(', ', kept.question_series, kept.continued_question_id, kept.broken_because),
  concat_ws(', ', computed.question_series, computed.continued_question_id, computed.broken_because)
from kept.question_series as kept
full join series as computed using (question_id)
where (kept.series_question_id, kept.question_series, kept.continued_question_id, kept.broken_because)
  is distinct from (
    computed.series_question_id, computed.question_series, computed.continued_question_id, computed.broken_because
  )
union all
select 'recorded rating', inspection_id, code, concat_ws(', ', kept.rating, kept.score), concat_ws(', ', computed.rating, computed.score)
from (
  select recorded.inspection_id, recorded.code, recorded.rating, recorded.score
  from core.inspection
  join core.recorded_rating as recorded using (inspection_id)
  join (select inspection_id, max(record_id) as record_id from core.rating_record group by inspection_id) as newest
    using (inspection_id, record_id)
) as kept
full join rating.present_rating as computed using (inspection_id, code)
where (kept.code, kept.rating, kept.score) is distinct from (computed.code, computed.rating, computed.score);

comment on view rating.kept_difference is 'Something kept that is not what is computed from the evidence.';
comment on column rating.kept_difference.inspection_id is 'Key of the inspection; NULL for rules and series.';
comment on column rating.kept_difference.kind is 'One of: answer count, standard count, answers as bits, case group, standard result, overall result, rules, series, recorded rating.';
comment on column rating.kept_difference.subject is 'What it is about: key of the question, code of the standard, or the group.';
comment on column rating.kept_difference.kept is 'What is kept, in words; NULL when it is missing.';
comment on column rating.kept_difference.computed is 'What should be, in words; NULL when nothing should be.';
