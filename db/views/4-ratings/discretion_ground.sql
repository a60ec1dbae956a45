-- Grounds for professional discretion
-- One row: an inspection and a standard of which a key question has a band.
-- Rule: a panel may consider discretion when the lowest percentage is within some points of a boundary, or when a few
-- differing judgements would change the rating, or when the sample or sub-sample is small; how many is in rule_set. A sub-sample
-- is the relevant cases, whatever the percentage is taken of; only they can have another judgement of yes or no.
-- These are grounds only: the decision is the panel's. They are those of the lowest band, and count where that is the computed
-- rating (see standard_result). A ground is NULL when the counts it needs are not known.
create view rating.discretion_ground as
with placed as (
  select
    result.*,
    -- that of a judged key question, where it is the lower one: no answer of a case lifts the standard above it
    least(
      min(result.band) over standard,
      case
        when judged.rating_rank is not null
          then (select count(*)::integer + 1 from unnest(result.band_ranks) as lower (rank) where lower.rank < judged.rating_rank)
      end
    ) as standard_band,
    -- what is judged as low keeps the standard there, whatever cases answer
    judged.rating_rank is not null
      and judged.rating_rank <= result.band_ranks[min(result.band) over standard] as is_held,
    min(result.percent) over standard as lowest_percent
  from rating.key_question_result as result
  left join rating.judged_lowest as judged using (inspection_id, standard_code)
  where result.band is not null
  window standard as (partition by result.service_id, result.inspection_id, result.standard_code)
),
measured as (
  select
    service_id,
    inspection_id,
    standard_code,
    discretion_judgements,
    counted_yes,
    base_count,
    relevant,
    is_held,
    band = standard_band as is_lowest,
    band = standard_band and percent = lowest_percent as is_driving,
    -- a band has a boundary where another one lies beyond: below, and above
    case
      when band_on = 'rounded' then
        coalesce(band > 1 and percent - band_percents[band] <= discretion_points, false)
        or coalesce(band_percents[band + 1] - percent <= discretion_points, false)
      else
        case
          when counted_yes is not null and base_count is not null then
            coalesce(band > 1 and 100 * counted_yes - band_percents[band] * base_count <= discretion_points * base_count, false)
            or coalesce(band_percents[band + 1] * base_count - 100 * counted_yes <= discretion_points * base_count, false)
        end
    end as is_near,
    case
      when relevant <= discretion_sample or inspected <= discretion_sample then true
      -- as many as have a yes are relevant
      when coalesce(relevant, counted_yes) > discretion_sample then false
    end as is_small,
    -- answers of yes that it lacks to the band above the standard's; none is enough from the highest
    rating.minimum_yes(band_percents[standard_band + 1], base_count, rounding, band_on) - counted_yes as to_rise,
    -- answers of yes that it has to lose to fall below the standard's band; none is enough from the lowest
    case
      when standard_band > 1
        then counted_yes - rating.minimum_yes(band_percents[standard_band], base_count, rounding, band_on) + 1
    end as to_fall,
    standard_band < cardinality(band_percents) as is_band_above
  from placed
),
summed as (
  select
    service_id,
    inspection_id,
    standard_code,
    bool_or(is_near) filter (where is_driving) as near_boundary,
    -- all of the lowest have to rise, or one of any has to fall; where relevant cases are not known, there may be enough of them
    coalesce(
      bool_and(is_band_above and counted_yes + to_rise <= least(base_count, relevant)) filter (where is_lowest)
        and sum(to_rise) filter (where is_lowest) <= min(discretion_judgements),
      false
    ) and not coalesce(bool_or(counted_yes is null or base_count is null) filter (where is_lowest), false)
      and not bool_or(is_held) as may_rise,
    coalesce(bool_or(relevant is null) filter (where is_lowest), false) as is_open,
    coalesce(min(to_fall) filter (where to_fall <= counted_yes) <= min(discretion_judgements), false) as falls,
    bool_or(counted_yes is null or base_count is null) as are_counts_unknown,
    case
      when bool_or(is_small) filter (where is_driving) then true
      when bool_or(is_small is null) filter (where is_driving) then null
      else false
    end as small_sample
  from measured
  group by service_id, inspection_id, standard_code
)
select
  service_id,
  inspection_id,
  standard_code,
  near_boundary,
  may_rise and not is_open as rises,
  falls,
  are_counts_unknown or (may_rise and is_open) as are_counts_unknown,
  small_sample
from summed;

comment on view rating.discretion_ground is 'An inspection and a standard with the grounds on which a panel may consider discretion over its lowest band.';
comment on column rating.discretion_ground.rises is 'Whether so few differing judgements as the rules say would raise the lowest band; false where that is not known.';
comment on column rating.discretion_ground.falls is 'Whether so few differing judgements would lower it; false where that is not known.';
comment on column rating.discretion_ground.are_counts_unknown is
  'Whether the count of a key question that has a band is not known, or whether there are enough relevant cases to raise the lowest.';
