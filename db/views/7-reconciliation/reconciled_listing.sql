-- What tables of ratings say beside the reports
-- One row: an inspection that is known from its own report, and a figure that a table of ratings has of it: a rating or the score.
-- Rule: the report wins, and the table is held against it: against what it prints, else against what is computed from it.
-- computed is NULL when neither is known.
create view rating.reconciled_listing as
with listing as (
  select
    overall.service_id,
    overall.inspection_id,
    listed.code,
    listed.rating as listed_rating,
    listed.score as listed_score,
    listed.out_of as listed_out_of,
    listed.score_percent as listed_percent,
    case when listed.code = 'overall' then printed.rating when listed.code <> 'score' then printed_standard.rating end as printed_rating,
    case when listed.code = 'overall' then overall.rating when listed.code <> 'score' then standard.rating end as computed_rating,
    printed.score as printed_score,
    printed.out_of as printed_out_of,
    coalesce(printed.score, overall.score) as known_score,
    coalesce(printed.out_of, overall.max_score) as known_max,
    overall.score as computed_score,
    overall.max_score as computed_max
  from core.listed_figure as listed
  join kept.overall_result as overall using (inspection_id)
  left join core.published_overall as printed using (inspection_id)
  left join core.published_standard_rating as printed_standard
    on printed_standard.inspection_id = listed.inspection_id and printed_standard.standard_code = listed.code
  left join kept.standard_result as standard
    on standard.inspection_id = listed.inspection_id and standard.standard_code = listed.code
),
shown as (
  select
    service_id,
    inspection_id,
    code,
    case
      when code = 'score'
        then nullif(concat_ws(', ', listed_score || coalesce('/' || listed_out_of, ''), listed_percent || '%'), '')
      else coalesce(listed_rating, 'Not rated')
    end as listed,
    case
      when code = 'score'
        then coalesce(printed_score || coalesce('/' || printed_out_of, ''), computed_score || '/' || computed_max)
      else coalesce(printed_rating, computed_rating)
    end as known,
    case
      when code = 'score' then
        (listed_score is null or listed_score = known_score)
        and (listed_out_of is null or listed_out_of = known_max)
        and (listed_percent is null or listed_percent = round(100.0 * known_score / nullif(known_max, 0), scale(listed_percent)))
      else coalesce(printed_rating, computed_rating) = coalesce(listed_rating, '')
    end as is_same,
    case when code = 'score' then printed_score is not null else printed_rating is not null end as is_printed
  from listing
)
select
  service_id,
  inspection_id,
  code,
  listed as published,
  known as computed,
  case
    when known is null then 'not computable'
    when is_same then 'agrees'
    else 'disagrees'
  end as status,
  'a table of ratings, beside what ' || case when is_printed then 'the report prints' else 'is computed from the report' end as explanation
from shown;

comment on view rating.reconciled_listing is 'A figure of a table of ratings beside the report of its inspection.';
comment on column rating.reconciled_listing.code is 'Code of the standard; overall, or score.';
comment on column rating.reconciled_listing.published is 'The figure as the table has it.';
comment on column rating.reconciled_listing.computed is 'What the report prints; else what is computed from it. NULL when neither is known.';
comment on column rating.reconciled_listing.status is 'One of: agrees, not computable, disagrees.';
comment on column rating.reconciled_listing.explanation is 'What the two are.';
