-- Bands of key questions
-- One row: an inspection and a key question of which anything is known or printed.
-- Rule: the band that begins highest at or below the percentage. The edition says whether the rounded percentage or the exact
-- fraction is banded (rule_set.band_on); bands begin at whole percentages, so that a fraction reaches one just when it does
-- without its decimals.
-- band and rating are NULL when there is no percentage, or when an exact fraction is called for and the counts are not known.
create view rating.key_question_result as
with banded as (
  select
    question_percentage.*,
    nullif(
      width_bucket(
        case
          when band_on = 'rounded' then percent
          when percent is not null then 100 * counted_yes / nullif(base_count, 0)
        end,
        band_percents
      ),
      0
    ) as band,
    width_bucket(percent, band_percents)
      <> width_bucket(case when percent is not null then 100 * counted_yes / nullif(base_count, 0) end, band_percents)
      as rounding_matters
  from rating.question_percentage
  where level = 'key question'
)
select
  service_id,
  inspection_id,
  as_of,
  rule_set_id,
  edition_code,
  question_id,
  question_code,
  standard_code,
  position,
  text,
  evidence_rank,
  evidence,
  yes,
  no,
  not_applicable,
  relevant,
  inspected,
  eligible,
  base,
  base_count,
  counted_yes,
  rounding,
  band_on,
  z,
  band_percents,
  band_ratings,
  band_ranks,
  discretion_points,
  discretion_judgements,
  discretion_sample,
  percent_of_relevant,
  percent_of_inspected,
  percent,
  band,
  band_ratings[band] as rating,
  band_ranks[band] as rating_rank,
  rounding_matters
from banded;

comment on view rating.key_question_result is 'An inspection and a key question with its band.';
comment on column rating.key_question_result.evidence_rank is 'What the counts rest on, by its rank in core.evidence.';
comment on column rating.key_question_result.band is 'Place of its band among those of the rules, 1 the lowest; NULL where rating is.';
