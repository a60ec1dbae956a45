-- Reconciliation with the published figures
-- One row: a published figure: the overall rating, the score, a standard's rating, a question's counts or percentage; a figure of a
-- sample where another figure of the report contradicts it, which stands in the place of what is computed; and one that a table of
-- ratings has of an inspection whose report is known (level listing).
-- status says how what is computed stands to it. computed is NULL when nothing can be computed. What is printed can be denied by
-- what is known though nothing can be computed: that disagrees as well.
create view analytics.reconciliation as
with figure as (
  select service_id, inspection_id, level_rank, level, level as code, published, computed, status, explanation, place
  from rating.reconciled_overall
  union all
  select service_id, inspection_id, 3, 'standard', code, published, computed, status, explanation, place
  from rating.reconciled_standard
  union all
  select service_id, inspection_id, case level when 'key question' then 4 else 5 end, level, code, published, computed, status, explanation, place
  from rating.reconciled_question
  union all
  select service_id, inspection_id, 6, 'sample', code, contradiction.published, beside, 'disagrees', explanation, place
  from core.printed_contradiction as contradiction
  join core.inspection using (inspection_id)
  union all
  select service_id, inspection_id, 7, 'listing', code, published, computed, status, explanation, null
  from rating.reconciled_listing
)
select
  figure.inspection_id,
  figure.service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published as published_on,
  key.is_synthetic,
  figure.level,
  figure.level_rank,
  figure.code,
  figure.published,
  figure.computed,
  case
    when scale.rating_rank is not null then scale.rating_rank
    when figure.published ~ '^[0-9.]+%$' then rtrim(figure.published, '%')::numeric
    when figure.published ~ '^[0-9]+(/| of )[0-9]+$' then substring(figure.published from '^[0-9]+')::numeric
  end as published_number,
  case
    when computed_scale.rating_rank is not null then computed_scale.rating_rank
    when figure.computed ~ '^[0-9.]+%$' then rtrim(figure.computed, '%')::numeric
    when figure.published ~ '%$' and figure.computed ~ '^[0-9]+/[1-9][0-9]*$'
      then round(100.0 * split_part(figure.computed, '/', 1)::integer / split_part(figure.computed, '/', 2)::integer, 1)
    when figure.computed ~ '^[0-9]+(/| of )[0-9]+$' then substring(figure.computed from '^[0-9]+')::numeric
  end as computed_number,
  case
    when scale.rating_rank is not null then 'rank'
    when figure.published ~ '^[0-9.]+%$' then 'percent'
    when figure.published ~ '^[0-9]+(/| of )[0-9]+$' then case when 'score' in (figure.level, figure.code) then 'points' else 'yes' end
  end as number_of,
  figure.status,
  figure.explanation,
  figure.place,
  key.as_of,
  key.is_listed_only
from figure
-- each has one: that it need not keeps the planner from going through all figures for each inspection
left join rating.inspection_key as key using (inspection_id)
left join core.rating as scale on scale.edition_code = key.edition and scale.rating = figure.published
left join core.rating as computed_scale on computed_scale.edition_code = key.edition and computed_scale.rating = figure.computed;

comment on view analytics.reconciliation is 'One row a published figure: what is computed beside it, and how the two stand.';
