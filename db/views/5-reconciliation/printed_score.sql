-- The rating that a printed score gives
-- One row: an inspection with a printed score that the edition's bands speak of.
-- Rule: the printed points are banded by the edition's overall bands, and limiting judgements that are known to apply cap
-- the result. A printed maximum that is not the edition's is banded only where its bands shrink in proportion.
-- unrated_limiting is NULL unless a standard of unknown rating might have limited overall to what is printed.
create view rating.printed_score as
with maximum as (
  select rule_set_id, count(distinct standard_code) * max(score) as full_score
  from core.counting_standard
  join core.rating_score using (rule_set_id)
  group by rule_set_id
),
printed as (
  select
    published.inspection_id,
    inspection_rule.edition_code,
    inspection_rule.rule_set_id,
    printed_scale.rating_rank as printed_rank,
    published.score::integer as score,
    coalesce(published.out_of, maximum.full_score)::integer as out_of,
    maximum.full_score
  from core.published_overall as published
  join rating.inspection_rule using (inspection_id)
  join core.rule_set using (rule_set_id)
  join maximum using (rule_set_id)
  left join core.rating as printed_scale
    on printed_scale.edition_code = published.edition_code and printed_scale.rating = published.rating
  where published.score is not null
    and (coalesce(published.out_of, maximum.full_score) = maximum.full_score or rule_set.unrated_standard = 'bands in proportion')
),
limits as materialized (
  select
    standard_score.inspection_id,
    ceiling.rating_rank as ceiling_rank,
    limiting_judgement.minimum_standards,
    count(*) filter (where standard_score.rating_rank <= threshold.rating_rank) as low,
    count(*) filter (where standard_score.rating is null) as unrated,
    string_agg(standard_score.standard_code, ', ' order by standard.position) filter (where standard_score.rating is null)
      as unrated_codes
  from result.standard as standard_score
  join rating.inspection_rule using (inspection_id, edition_code)
  join core.standard using (edition_code, standard_code)
  join core.limiting_judgement using (rule_set_id, edition_code)
  join core.limiting_judgement_standard using (rule_set_id, limit_no, standard_code)
  join core.rating as threshold
    on threshold.edition_code = standard_score.edition_code and threshold.rating = limiting_judgement.at_or_below
  join core.rating as ceiling
    on ceiling.edition_code = standard_score.edition_code and ceiling.rating = limiting_judgement.overall_at_most
  group by
    standard_score.inspection_id, limiting_judgement.rule_set_id, limiting_judgement.limit_no, limiting_judgement.minimum_standards,
    ceiling.rating_rank
),
limited as (
  select
    printed.inspection_id,
    min(ceiling_rank) filter (where low >= minimum_standards) as ceiling_rank,
    string_agg(distinct unrated_codes, ', ')
      filter (where low < minimum_standards and low + unrated >= minimum_standards and ceiling_rank = printed_rank) as unrated_codes
  from printed
  join limits using (inspection_id)
  group by printed.inspection_id
)
select
  printed.inspection_id,
  printed.score,
  printed.out_of,
  scale.rating,
  case when printed.printed_rank < scale.rating_rank then limited.unrated_codes end as unrated_limiting
from printed
cross join lateral (
  select rating_rank
  from core.overall_band
  join core.rating using (edition_code, rating)
  where overall_band.rule_set_id = printed.rule_set_id
    and overall_band.from_score * printed.out_of <= printed.score * printed.full_score
  order by overall_band.from_score desc
  limit 1
) as band
left join limited using (inspection_id)
join core.rating as scale
  on scale.edition_code = printed.edition_code and scale.rating_rank = least(band.rating_rank, limited.ceiling_rank);

comment on view rating.printed_score is 'An inspection with the overall rating that its printed score gives.';
comment on column rating.printed_score.score is 'Score as the report prints it, in points.';
comment on column rating.printed_score.out_of is 'Maximum as the report prints it; the edition''s where it prints none.';
comment on column rating.printed_score.rating is 'Overall rating that the printed score gives.';
comment on column rating.printed_score.unrated_limiting is
  'Standards of unknown rating that might have limited overall to what is printed; NULL when there is none.';
