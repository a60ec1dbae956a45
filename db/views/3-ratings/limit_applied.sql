-- Limiting judgements that apply
-- One row: an inspection and a limiting judgement of its rules whose condition is met.
-- Rule: at least minimum_standards of the named standards are rated at_or_below or lower. An unrated standard does not limit.
-- Never NULL.
create view rating.limit_applied as
select
  standard_score.inspection_id,
  limiting_judgement.limit_no,
  limiting_judgement.overall_at_most,
  ceiling.rating_rank as ceiling_rank,
  string_agg(standard_score.standard_code || ' ' || standard_score.rating, ', ' order by standard_score.position)
    || ': overall at most ' || limiting_judgement.overall_at_most as explanation
from rating.standard_score
join core.limiting_judgement using (rule_set_id, edition_code)
join core.limiting_judgement_standard using (rule_set_id, limit_no, standard_code)
join core.rating as threshold
  on threshold.edition_code = standard_score.edition_code and threshold.rating = limiting_judgement.at_or_below
join core.rating as ceiling
  on ceiling.edition_code = standard_score.edition_code and ceiling.rating = limiting_judgement.overall_at_most
where standard_score.rating_rank <= threshold.rating_rank
group by
  standard_score.inspection_id, limiting_judgement.rule_set_id, limiting_judgement.limit_no, limiting_judgement.overall_at_most,
  limiting_judgement.minimum_standards, ceiling.rating_rank
having count(*) >= limiting_judgement.minimum_standards;

comment on view rating.limit_applied is 'An inspection and a limiting judgement that applies to it.';
comment on column rating.limit_applied.limit_no is 'Number of the limiting judgement within its rules.';
comment on column rating.limit_applied.overall_at_most is 'The best overall rating that it allows.';
comment on column rating.limit_applied.ceiling_rank is 'Rank of overall_at_most on the edition''s scale.';
comment on column rating.limit_applied.explanation is 'In words: which standards limit, and to what.';
