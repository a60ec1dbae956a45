-- How an inspection stands to the limiting judgements of its rules
-- One row: an inspection and a limiting judgement of its rules.
-- Rule: a limit holds when enough of its standards are rated low and the overall rating is not below its ceiling already; one that
-- does not, but would lower the rating if more standards came under it, lurks. Each that holds has a digit of its own (unit) in a
-- number that counts the standards lifted above it.
-- holds and lurks are NULL when no overall rating is computed; unit is NULL unless it holds.
create view rating.limit_standing as
with counted as (
  select
    scored.inspection_id,
    limits.limit_no,
    threshold.rating_rank as threshold_rank,
    ceiling.rating_rank as ceiling_rank,
    limits.minimum_standards,
    scored.own_rank,
    count(*) filter (where kept.rating_rank <= threshold.rating_rank) as low_standards,
    array_agg(kept.standard_code) as standards
  from rating.overall_standing as scored
  join core.limiting_judgement as limits using (rule_set_id)
  join core.limiting_judgement_standard as limiting
    on limiting.rule_set_id = limits.rule_set_id and limiting.limit_no = limits.limit_no
  join core.rating as threshold
    on threshold.edition_code = limits.edition_code and threshold.rating = limits.at_or_below
  join core.rating as ceiling
    on ceiling.edition_code = limits.edition_code and ceiling.rating = limits.overall_at_most
  join result.standard as kept
    on kept.inspection_id = scored.inspection_id and kept.standard_code = limiting.standard_code
  group by
    scored.inspection_id, limits.limit_no, threshold.rating_rank, ceiling.rating_rank, limits.minimum_standards, scored.own_rank
),
judged as (
  select
    counted.*,
    ceiling_rank <= own_rank and low_standards >= minimum_standards as holds,
    ceiling_rank < own_rank and low_standards < minimum_standards as lurks
  from counted
)
select
  inspection_id,
  limit_no,
  threshold_rank,
  ceiling_rank,
  minimum_standards,
  low_standards,
  standards,
  holds,
  lurks,
  case when holds then power(1000::numeric, row_number() over (partition by inspection_id, holds order by limit_no) - 1) end as unit
from judged;

comment on view rating.limit_standing is 'An inspection and a limiting judgement of its rules: whether it holds the overall rating down, or might.';
comment on column rating.limit_standing.limit_no is 'Number of the limiting judgement in its rules.';
comment on column rating.limit_standing.threshold_rank is 'Rank of the rating at or below which a standard counts as low.';
comment on column rating.limit_standing.ceiling_rank is 'Rank of the highest overall rating that there can be under it.';
comment on column rating.limit_standing.minimum_standards is 'So many low standards bring it about.';
comment on column rating.limit_standing.low_standards is 'Its standards that are rated low (number).';
comment on column rating.limit_standing.standards is 'Codes of its standards.';
comment on column rating.limit_standing.holds is 'Whether it holds the overall rating down; NULL when none is computed.';
comment on column rating.limit_standing.lurks is 'Whether it would lower the overall rating if more standards came under it; NULL when none is computed.';
comment on column rating.limit_standing.unit is 'What a standard that is lifted above it adds to a number with a digit for each limit; NULL unless it holds.';
