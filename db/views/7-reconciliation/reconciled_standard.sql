-- Published ratings of standards, held against what is computed
-- One row: a standard's published rating.
-- Rule: a computed rating agrees, or a panel decision from it to the published rating explains the difference, provided
-- that no ground for discretion is known to be missing; a qualitative rating agrees when it is the one that was judged.
-- computed is NULL when nothing can be.
create view rating.reconciled_standard as
with compared as (
  select
    result.*,
    standard.basis,
    judged.rating as judged_rating,
    printed.rating as printed_rating,
    printed.place,
    concat_ws(', ',
      case when result.near_boundary then 'near a boundary' end,
      case when result.one_case_flips then 'one case flips it' end,
      case when result.small_sample then 'small sample' end
    ) as grounds,
    result.driving_key_question || ' at ' || result.lowest_percent || '%' as driven_by
  from core.published_standard_rating as printed
  join kept.standard_result as result using (inspection_id, standard_code)
  join core.standard
    on standard.edition_code = result.edition_code and standard.standard_code = result.standard_code
  left join core.qualitative_rating as judged
    on judged.inspection_id = result.inspection_id and judged.standard_code = result.standard_code
)
select
  service_id,
  inspection_id,
  standard_code as code,
  coalesce(printed_rating, 'lost') as published,
  case basis when 'qualitative' then judged_rating else computed_rating end as computed,
  case
    when printed_rating is null then 'not computable'
    when basis = 'qualitative' then case when judged_rating = printed_rating then 'agrees' else 'disagrees' end
    when computed_rating is null then 'not computable'
    when discretion_to is null then case when computed_rating = printed_rating then 'agrees' else 'disagrees' end
    when discretion_to = printed_rating and discretion_from = computed_rating
      and (grounds <> '' or near_boundary is null or one_case_flips is null or small_sample is null)
      then 'explained by discretion'
    else 'disagrees'
  end as status,
  case
    when printed_rating is null then 'the rating is lost in the source'
    when basis = 'qualitative' then case when judged_rating = printed_rating then 'as judged; not computed' end
    when computed_rating is null then not_computed_because
    when discretion_to is null then driven_by
    when discretion_from <> computed_rating
      then 'the panel decided from ' || discretion_from || ', but ' || computed_rating || ' is computed (' || driven_by || ')'
    when discretion_to <> printed_rating then 'the panel decided ' || discretion_to
    when grounds <> '' then driven_by || '; grounds: ' || grounds
    when near_boundary is null or one_case_flips is null or small_sample is null
      then driven_by || '; whether there were grounds is not known'
    else driven_by || '; there was no ground for discretion'
  end as explanation,
  place
from compared;

comment on view rating.reconciled_standard is 'A standard''s published rating, held against what is computed.';
