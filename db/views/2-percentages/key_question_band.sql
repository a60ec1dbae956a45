-- Bands of key questions
-- One row: an inspection and a key question that its edition asks of cases.
-- Rule: the band that begins highest at or below the percentage; the edition says whether the rounded percentage or the
-- exact fraction is banded (rule_set.band_on). The fraction is compared by multiplication, never by division.
-- rating is NULL when there is no percentage, or when an exact fraction is called for and the counts are not known.
create view rating.key_question_band as
with banded as (
  select
    question_percentage.*,
    rounded.rating as rounded_rating,
    rounded.rating_rank as rounded_rank,
    exact.rating as exact_rating,
    exact.rating_rank as exact_rank
  from rating.question_percentage
  left join lateral (
    select rating, rating_rank
    from core.band
    join core.rating using (edition_code, rating)
    where band.rule_set_id = question_percentage.rule_set_id
      and band.from_percent <= question_percentage.percent
    order by band.from_percent desc
    limit 1
  ) as rounded on true
  left join lateral (
    select rating, rating_rank
    from core.band
    join core.rating using (edition_code, rating)
    where band.rule_set_id = question_percentage.rule_set_id
      and question_percentage.percent is not null
      and band.from_percent * question_percentage.base_count <= 100 * question_percentage.counted_yes
    order by band.from_percent desc
    limit 1
  ) as exact on true
  where question_percentage.level = 'key question'
)
select
  inspection_id,
  rule_set_id,
  edition_code,
  question_id,
  question_code,
  standard_code,
  position,
  evidence,
  yes,
  no,
  not_applicable,
  relevant,
  inspected,
  base,
  base_count,
  counted_yes,
  rounding,
  band_on,
  z,
  percent_of_relevant,
  percent_of_inspected,
  percent,
  case band_on when 'rounded' then rounded_rating else exact_rating end as rating,
  case band_on when 'rounded' then rounded_rank else exact_rank end as rating_rank,
  rounded_rank <> exact_rank as rounding_matters,
  case when state = 'known' and band_on = 'exact' and exact_rating is null then 'unknown' else state end as state
from banded;

comment on view rating.key_question_band is 'An inspection and a key question with its band.';
