-- Published ratings of standards, held against what is computed
-- One row: a standard's published rating; a panel's decision where no rating is printed beside it.
-- Rule: a computed rating agrees, or a panel decision from it to the published rating explains the difference, provided
-- that no ground for discretion is known to be missing; a qualitative rating agrees when it is the one that was judged.
-- Where nothing is computed, a rating is still denied: by another decision of the panel, by a key question that is known to be in
-- a lower band, and where no case was relevant.
-- computed is NULL when nothing can be.
create view rating.reconciled_standard as
with printed as (
  select inspection_id, edition_code, standard_code, rating, not_rated, place
  from core.published_standard_rating
  union all
  select inspection_id, edition_code, standard_code, to_rating, false, place
  from core.panel_decision as decision
  where not exists (
    select
    from core.published_standard_rating as beside
    where beside.inspection_id = decision.inspection_id and beside.standard_code = decision.standard_code
  )
),
compared as (
  select
    result.*,
    standard.basis,
    judged.rating as judged_rating,
    printed.rating as printed_rating,
    printed.not_rated,
    printed.place,
    concat_ws(', ',
      case when result.near_boundary then 'near a boundary' end,
      case when result.one_case_flips then 'one case flips it' end,
      case when result.small_sample then 'small sample' end
    ) as grounds,
    result.near_boundary is null or result.one_case_flips is null or result.small_sample is null as are_grounds_unknown,
    result.driving_key_question || ' at ' || result.lowest_percent || '%' as driven_by,
    -- the lowest of those that are known, where others might be lower still
    rules.band_ranks[known.lowest_band] as known_rank,
    known.driving_key_question || ' at ' || known.lowest_percent || '% allows at most ' || rules.band_ratings[known.lowest_band] as held_by,
    own.rating_rank as printed_rank,
    decided_from.rating_rank as from_rank
  from printed
  join kept.standard_result as result using (inspection_id, standard_code)
  join core.standard
    on standard.edition_code = result.edition_code and standard.standard_code = result.standard_code
  join kept.rule_period as rules on rules.rule_set_id = result.rule_set_id
  left join core.qualitative_rating as judged
    on judged.inspection_id = result.inspection_id and judged.standard_code = result.standard_code
  left join rating.standard_lowest as known
    on known.service_id = result.service_id
    and known.inspection_id = result.inspection_id
    and known.standard_code = result.standard_code
  left join core.rating as own on own.edition_code = result.edition_code and own.rating = printed.rating
  left join core.rating as decided_from
    on decided_from.edition_code = result.edition_code and decided_from.rating = result.discretion_from
)
select
  service_id,
  inspection_id,
  standard_code as code,
  case when not_rated then 'Not rated' else coalesce(printed_rating, 'lost') end as published,
  case basis when 'qualitative' then judged_rating else computed_rating end as computed,
  case
    when not_rated then case
      when coalesce(judged_rating, computed_rating, discretion_to) is not null then 'disagrees'
      when not_computed_because = 'no relevant case' then 'agrees'
      else 'not computable'
    end
    when printed_rating is null then 'not computable'
    when basis = 'qualitative' then case when judged_rating = printed_rating then 'agrees' else 'disagrees' end
    when discretion_to <> printed_rating then 'disagrees'
    when computed_rating is null then case
      when coalesce(from_rank, printed_rank) > known_rank then 'disagrees'
      when not_computed_because = 'no relevant case' then 'disagrees'
      else 'not computable'
    end
    when discretion_to is null then case when computed_rating = printed_rating then 'agrees' else 'disagrees' end
    when discretion_from = computed_rating and (grounds <> '' or are_grounds_unknown) then 'explained by discretion'
    else 'disagrees'
  end as status,
  case
    when not_rated then coalesce('the panel decided ' || discretion_to, not_computed_because, driven_by)
    when printed_rating is null then 'the rating is lost in the source'
    when basis = 'qualitative' then case when judged_rating = printed_rating then 'as judged; not computed' end
    when computed_rating is null then concat_ws('; ',
      case
        when discretion_to <> printed_rating then 'the panel decided ' || discretion_to
        when from_rank > known_rank then 'the panel decided from ' || discretion_from || ', but ' || held_by
        when discretion_to is null and printed_rank > known_rank then held_by
      end,
      not_computed_because,
      case when discretion_to is not null then 'whether there were grounds is not known' end
    )
    when discretion_to is null then driven_by
    when discretion_from <> computed_rating
      then 'the panel decided from ' || discretion_from || ', but ' || computed_rating || ' is computed (' || driven_by || ')'
    when discretion_to <> printed_rating then 'the panel decided ' || discretion_to
    when grounds <> '' then driven_by || '; grounds: ' || grounds
    when are_grounds_unknown then driven_by || '; whether there were grounds is not known'
    else driven_by || '; there was no ground for discretion'
  end as explanation,
  place
from compared;

comment on view rating.reconciled_standard is 'A standard''s published rating, held against what is computed.';
