-- Grounds for professional discretion
-- One row: an inspection and a case-based standard with a computed rating.
-- Rule: a panel may consider discretion when the lowest percentage is within some points of a boundary, or when a few
-- differing judgements would change the rating, or when the sample or sub-sample is small; how many is in rule_set.
-- These are grounds only: the decision is the panel's. A ground is NULL when the counts it needs are not known.
create view rating.discretion_ground as
with boundary as (
  -- every band but the lowest begins at a boundary
  select rule_set_id, from_percent
  from core.band
  where from_percent > (select min(lowest.from_percent) from core.band as lowest where lowest.rule_set_id = band.rule_set_id)
),
placed as (
  select
    key_question_band.*,
    min(rating_rank) over standard as computed_rank,
    min(percent) filter (where state = 'known') over standard as lowest_percent,
    bool_or(state = 'unknown') over standard as has_unknown
  from rating.key_question_band
  window standard as (partition by inspection_id, standard_code)
),
considered as (
  select
    placed.*,
    rule_set.discretion_points,
    rule_set.discretion_judgements,
    rule_set.discretion_sample,
    rating_rank = computed_rank as is_lowest,
    rating_rank = computed_rank and percent = lowest_percent as is_driving
  from placed
  join core.rule_set using (rule_set_id)
  where state = 'known'
    -- as in standard_lowest: with something unknown, only the bottom of the scale is certain
    and (not has_unknown or computed_rank = 0)
),
measured as (
  select
    inspection_id,
    standard_code,
    discretion_judgements,
    has_unknown,
    is_lowest,
    is_driving,
    case when is_driving then (
      -- a scale with a single band has no boundary
      select coalesce(bool_or(case band_on
        when 'rounded' then abs(percent - boundary.from_percent) <= discretion_points
        else abs(100 * counted_yes - boundary.from_percent * base_count) <= discretion_points * base_count
      end), false)
      from boundary
      where boundary.rule_set_id = considered.rule_set_id
    ) end as is_near,
    case
      when base_count <= discretion_sample or inspected <= discretion_sample then true
      when base_count is not null then false
    end as is_small,
    -- answers to change until this key question rises above the standard's rating
    case when is_lowest then (
      select min(rating.minimum_yes(band.from_percent, base_count, rounding, band_on)) - counted_yes
      from core.band
      join core.rating using (edition_code, rating)
      where band.rule_set_id = considered.rule_set_id and rating.rating_rank > computed_rank
    ) end as changes_up,
    -- answers to change until it falls below; none when it is at the bottom already
    (
      select counted_yes - (min(rating.minimum_yes(band.from_percent, base_count, rounding, band_on)) - 1)
      from core.band
      join core.rating using (edition_code, rating)
      where band.rule_set_id = considered.rule_set_id and rating.rating_rank >= computed_rank
    ) as changes_down,
    counted_yes,
    base_count
  from considered
),
summed as (
  select
    inspection_id,
    standard_code,
    discretion_judgements,
    bool_or(is_near) filter (where is_driving) as near_boundary,
    bool_or(is_small) filter (where is_driving) as small_sample,
    bool_or(is_driving and is_small is null) as small_sample_unknown,
    -- all of the lowest have to rise; one has to fall
    case
      when bool_or(has_unknown or (is_lowest and changes_up is null)) then null
      when bool_or(is_lowest and counted_yes + changes_up > base_count) then 2147483647
      else sum(changes_up)
    end as judgements_up,
    min(changes_down) filter (where changes_down <= counted_yes) as judgements_down,
    bool_or(has_unknown or counted_yes is null or base_count is null) as counts_unknown
  from measured
  group by inspection_id, standard_code, discretion_judgements
)
select
  inspection_id,
  standard_code,
  near_boundary,
  case
    when judgements_up <= discretion_judgements or judgements_down <= discretion_judgements then true
    when counts_unknown then null
    else false
  end as one_case_flips,
  case when small_sample then true when small_sample_unknown then null else false end as small_sample
from summed;

comment on view rating.discretion_ground is
  'An inspection and a case-based standard with the grounds on which a panel may consider discretion.';
