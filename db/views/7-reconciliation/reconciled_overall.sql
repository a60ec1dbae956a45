-- Published overall ratings and scores, held against what is computed
-- One row: an inspection's published overall rating, or its published score.
-- Rule: a score printed in percent of the maximum agrees when the computed one rounds (half up, to as many decimals) to it.
-- Where ratings of standards are missing, what is printed may still be denied: by the points of the known standards, by a limiting
-- judgement that they bring about, or, the rating, by the printed score. A limiting judgement that may hold excuses a lower rating.
-- An overall rating that is judged, not summed, is denied by no points.
-- computed is NULL when nothing can be.
create view rating.reconciled_overall as
with banded as (
  -- both scores of an inspection in one row: joined to itself, the view would be computed anew for each inspection
  select
    service_id,
    inspection_id,
    max(rating) filter (where kind = 'computed') as computed_rating,
    max(limited_by) filter (where kind = 'computed') as limited_by,
    max(not_computed_because) filter (where kind = 'computed') as not_computed_because,
    bool_or(overall = 'summed') as is_summed,
    bool_or(has_unknown_standard) as has_unknown_standard,
    max(score) filter (where kind = 'computed') as score,
    max(max_score) filter (where kind = 'computed') as max_score,
    max(least_score) filter (where kind = 'computed') as least_score,
    max(most_score) filter (where kind = 'computed') as most_score,
    max(least_max) filter (where kind = 'computed') as least_max,
    max(most_max) filter (where kind = 'computed') as most_max,
    max(lowest_rank) filter (where kind = 'computed') as lowest_rank,
    max(highest_rank) filter (where kind = 'computed') as highest_rank,
    (array_agg(limits) filter (where kind = 'computed'))[1] as limits,
    -- the only one of its kind: of arrays there is a least, but no list that could be of several lengths
    min(standards) filter (where kind = 'computed') as standards,
    min(ranks) filter (where kind = 'computed') as ranks,
    min(unrated_becauses) filter (where kind = 'computed') as unrated_becauses,
    max(score) filter (where kind = 'printed') as printed_score,
    max(max_score) filter (where kind = 'printed') as printed_max,
    max(rating) filter (where kind = 'printed') as printed_score_rating,
    max(rating_rank) filter (where kind = 'printed') as printed_score_rank,
    max(might_be_limited_by) filter (where kind = 'printed') as printed_might_be_limited_by
  from rating.overall_band
  where kind in ('computed', 'printed')
  group by service_id, inspection_id
),
compared as (
  select
    banded.service_id,
    banded.inspection_id,
    banded.computed_rating,
    banded.limited_by,
    banded.not_computed_because,
    case when not banded.has_unknown_standard then banded.score end as score,
    case when not banded.has_unknown_standard then banded.max_score end as max_score,
    -- of a score that covers some of the standards nothing but its bounds is known
    banded.is_summed and (banded.has_unknown_standard or banded.not_computed_because is not null) as is_bounded,
    banded.least_score,
    banded.most_score,
    banded.least_max,
    banded.most_max,
    banded.lowest_rank,
    banded.highest_rank,
    -- what limiting judgements leave overall at most, by the known ratings
    rating.ceiling(banded.limits, banded.standards, banded.ranks) as ceiling_rank,
    printed.rating as printed_rating,
    printed.rating_lost,
    printed.not_rated,
    printed.score as printed_score,
    printed.score_lost,
    printed.score_percent,
    printed.out_of,
    printed.place,
    own.rating_rank as printed_rank,
    -- what the printed score is by the rules, where that is not what is printed
    case when banded.printed_score_rating <> printed.rating then
      'the printed score ' || banded.printed_score || ' of ' || banded.printed_max || ' is ' || banded.printed_score_rating
    end as denied_by_score,
    case when own.rating_rank < banded.printed_score_rank then banded.printed_might_be_limited_by end as might_be_limited_by,
    -- a limiting judgement that leaves overall at what is printed, and holds or might
    rating.may_be_limited(
      banded.limits, own.rating_rank::integer, banded.standards, banded.ranks, banded.unrated_becauses
    ) as has_limit_there
  from banded
  join core.published_overall as printed using (inspection_id)
  left join core.rating as own on own.edition_code = printed.edition_code and own.rating = printed.rating
)
select
  compared.service_id,
  compared.inspection_id,
  figure.level_rank,
  figure.level,
  case figure.level
    when 'overall' then case when not_rated then 'Not rated' else coalesce(printed_rating, 'lost') end
    else coalesce(nullif(concat_ws(', ', printed_score || coalesce('/' || out_of, ''), score_percent || '%'), ''), 'lost')
  end as published,
  case figure.level
    when 'overall' then computed_rating
    else score || '/' || max_score
        || coalesce(', ' || round(100.0 * score / nullif(max_score, 0), scale(score_percent)) || '%', '')
  end as computed,
  case figure.level
    when 'overall' then case
        when not_rated then case when computed_rating is null then 'not computable' else 'disagrees' end
        when printed_rating is null then 'not computable'
        when computed_rating is not null then case when printed_rating = computed_rating then 'agrees' else 'disagrees' end
        when rating_denied is not null then 'disagrees'
        when denied_by_score is not null and might_be_limited_by is null then 'disagrees'
        else 'not computable'
      end
    else case
        when coalesce(printed_score, score_percent) is null then 'not computable'
        when score_denied is not null then 'disagrees'
        when is_bounded or score is null then 'not computable'
        when printed_score <> score or out_of <> max_score then 'disagrees'
        when round(100.0 * score / nullif(max_score, 0), scale(score_percent)) <> score_percent then
          case
            when trunc(100.0 * score / nullif(max_score, 0), scale(score_percent)) = score_percent then 'agrees truncated'
            else 'disagrees'
          end
        else 'agrees'
      end
  end as status,
  nullif(
    case figure.level
      when 'overall' then concat_ws('; ',
          coalesce(limited_by, not_computed_because),
          case when computed_rating is null then rating_denied end,
          case when computed_rating is null
            then denied_by_score || coalesce(' (unless it was limited: ' || might_be_limited_by || ' not known)', '') end
        )
      else concat_ws('; ', not_computed_because, score_denied)
    end,
    ''
  ) as explanation,
  compared.place
from compared
cross join lateral (
  select
    case
      when printed_score > out_of then 'the score is more than its maximum'
      when is_bounded and (printed_score not between least_score and most_score) then
        'the known ratings give ' || least_score || ' points, and could give ' || most_score || ' at most'
      when is_bounded and (out_of not between least_max and most_max) then
        'the maximum is ' || least_max || ' by the known ratings, and could be ' || most_max || ' at most'
      when is_bounded
        and (
          score_percent < trunc(100.0 * least_score / nullif(most_max, 0), scale(score_percent))
          or score_percent > round(100.0 * most_score / nullif(most_max, 0), scale(score_percent))
        ) then
        'the known ratings give ' || least_score || ' points, and could give ' || most_score || ' of ' || most_max || ' at most'
    end as score_denied,
    case
      when is_bounded and (printed_rank > ceiling_rank or printed_rank > highest_rank)
        then 'the known ratings do not allow it'
      when is_bounded and printed_rank < lowest_rank and not has_limit_there
        then 'the known ratings give ' || least_score || ' points, which is more'
    end as rating_denied
) as denied
cross join (values (1, 'overall'), (2, 'score')) as figure (level_rank, level)
where case figure.level
    when 'overall' then printed_rating is not null or rating_lost or not_rated
    else coalesce(printed_score, score_percent) is not null or score_lost
  end;

comment on view rating.reconciled_overall is 'A published overall rating or score, held against what is computed.';
comment on column rating.reconciled_overall.level_rank is '1 for an overall rating, 2 for a score.';
