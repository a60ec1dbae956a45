-- What tables of ratings say beside the reports
-- One row: an inspection that is known from its own report, and a figure that a table of ratings has of it: a rating or the score.
-- Rule: the report wins, and the table is held against it: against what it prints, else against what is computed from it.
-- computed is NULL when neither is known.
create view rating.reconciled_listing as
select
  overall.service_id,
  overall.inspection_id,
  listed.code,
  shown.listed as published,
  shown.known as computed,
  case
    when shown.known is null then 'not computable'
    when shown.is_same then 'agrees'
    else 'disagrees'
  end as status,
  'a table of ratings, beside what '
    || case when shown.is_printed then 'the report prints' else 'is computed from the report' end as explanation
from core.listed_figure as listed
join kept.overall_result as overall using (inspection_id)
left join core.published_overall as printed using (inspection_id)
left join core.published_standard_rating as printed_standard
  on printed_standard.inspection_id = listed.inspection_id and printed_standard.standard_code = listed.code
left join kept.standard_result as standard
  on standard.inspection_id = listed.inspection_id and standard.standard_code = listed.code
cross join lateral (
  values
    (
      'overall',
      coalesce(listed.rating, 'Not rated'),
      coalesce(printed.rating, overall.rating),
      coalesce(printed.rating, overall.rating) = coalesce(listed.rating, ''),
      printed.rating is not null
    ),
    (
      'score',
      nullif(concat_ws(', ', listed.score || coalesce('/' || listed.out_of, ''), listed.score_percent || '%'), ''),
      coalesce(printed.score || coalesce('/' || printed.out_of, ''), overall.score || '/' || overall.max_score),
      (listed.score is null or listed.score = coalesce(printed.score, overall.score))
        and (listed.out_of is null or listed.out_of = coalesce(printed.out_of, overall.max_score))
        and (
          listed.score_percent is null
          or listed.score_percent = round(
            100.0 * coalesce(printed.score, overall.score) / nullif(coalesce(printed.out_of, overall.max_score), 0),
            scale(listed.score_percent)
          )
        ),
      printed.score is not null
    ),
    (
      'standard',
      coalesce(listed.rating, 'Not rated'),
      coalesce(printed_standard.rating, standard.rating),
      coalesce(printed_standard.rating, standard.rating) = coalesce(listed.rating, ''),
      printed_standard.rating is not null
    )
) as shown (subject, listed, known, is_same, is_printed)
where shown.subject = case when listed.code in ('overall', 'score') then listed.code else 'standard' end;

comment on view rating.reconciled_listing is 'A figure of a table of ratings beside the report of its inspection.';
comment on column rating.reconciled_listing.code is 'Code of the standard; overall, or score.';
comment on column rating.reconciled_listing.published is 'The figure as the table has it.';
comment on column rating.reconciled_listing.computed is 'What the report prints; else what is computed from it. NULL when neither is known.';
comment on column rating.reconciled_listing.status is 'One of: agrees, not computable, disagrees.';
comment on column rating.reconciled_listing.explanation is 'What the two are.';
