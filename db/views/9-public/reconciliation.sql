-- Reconciliation with the published figures
-- One row: a published figure: the overall rating, the score, a standard's rating, or a question's counts or percentage; or one that
-- a table of ratings has of an inspection whose report is known (level listing).
-- status says how what is computed stands to it. computed is NULL when nothing can be computed.
-- Rule: a score printed in percent of the maximum agrees when the computed one rounds (half up, to as many decimals) to it.
-- Where no overall rating can be computed, explanation says whether the printed score contradicts the printed rating.
create view analytics.reconciliation as
with overall as (
  select
    scored.*,
    printed.rating as published_rating,
    printed.rating_lost,
    printed.score as published_score,
    printed.score_lost,
    printed.score_percent,
    printed.out_of,
    printed.place,
    100.0 * scored.score / nullif(scored.max_score, 0) as computed_percent,
    -- what the printed score is by the rules, where that is not what is printed
    case when banded.rating <> printed.rating then
      'the printed score ' || banded.score || ' of ' || banded.max_score || ' is ' || banded.rating
        || coalesce(' (unless it was limited: ' || case
          when scale.rating_rank < banded.rating_rank then banded.might_be_limited_by
        end || ' not known)', '')
    end as contradiction
  from core.published_overall as printed
  join rating.overall_result as scored using (inspection_id)
  left join rating.overall_band as banded
    on banded.service_id = scored.service_id and banded.inspection_id = scored.inspection_id and banded.kind = 'printed'
  left join core.rating as scale on scale.edition_code = printed.edition_code and scale.rating = printed.rating
),
figure as (
  select
    overall.service_id,
    overall.inspection_id,
    compared.level_rank,
    compared.level,
    compared.level as code,
    compared.published,
    compared.computed,
    compared.status,
    compared.explanation,
    overall.place
  from overall
  cross join lateral (
    select
      1 as level_rank,
      'overall' as level,
      coalesce(published_rating, 'lost') as published,
      computed_rating as computed,
      case
        when published_rating is null or computed_rating is null then 'not computable'
        when published_rating = computed_rating then 'agrees'
        else 'disagrees'
      end as status,
      nullif(
        concat_ws('; ', coalesce(limited_by, not_rated_because), case when computed_rating is null then contradiction end),
        ''
      ) as explanation
    where published_rating is not null or rating_lost
    union all
    select
      2,
      'score',
      coalesce(nullif(concat_ws(', ', published_score || coalesce('/' || out_of, ''), score_percent || '%'), ''), 'lost'),
      score || '/' || max_score || coalesce(', ' || round(computed_percent, scale(score_percent)) || '%', ''),
      case
        when coalesce(published_score, score_percent) is null or score is null or not_rated_because is not null
          then 'not computable'
        when published_score <> score or out_of <> max_score then 'disagrees'
        when round(computed_percent, scale(score_percent)) <> score_percent then
          case when trunc(computed_percent, scale(score_percent)) = score_percent then 'agrees truncated' else 'disagrees' end
        else 'agrees'
      end,
      not_rated_because
    where coalesce(published_score, score_percent) is not null or score_lost
  ) as compared
  union all
  select service_id, inspection_id, 3, 'standard', code, published, computed, status, explanation, place
  from rating.reconciled_standard
  union all
  select service_id, inspection_id, case level when 'key question' then 4 else 5 end, level, code, published, computed, status, explanation, place
  from rating.reconciled_question
  union all
  select service_id, inspection_id, 6, 'listing', code, published, computed, status, explanation, null
  from rating.reconciled_listing
)
select
  key.inspection_id,
  key.service_id,
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
  figure.status,
  figure.explanation,
  figure.place
from figure
join rating.inspection_key as key using (service_id, inspection_id);

comment on view analytics.reconciliation is 'One row a published figure: what is computed beside it, and how the two stand. Key: inspection_id, level, code.';
comment on column analytics.reconciliation.published_on is 'Date of publication (first of the month when only that is known; NULL when not); named so because published is the figure here.';
comment on column analytics.reconciliation.level is 'One of: overall, score, standard, key question, prompt, listing. A listing is a table of ratings, held against the report.';
comment on column analytics.reconciliation.level_rank is '1 overall, 2 score, 3 standard, 4 key question, 5 prompt, 6 listing, for sorting.';
comment on column analytics.reconciliation.code is 'Code of the standard or question; overall and score for themselves, and of a listing.';
comment on column analytics.reconciliation.published is 'The figure as printed; lost where the source lost it.';
comment on column analytics.reconciliation.computed is 'What is computed, or the fractions that give a printed percentage; beside a listing, what the report prints, else what is computed. NULL when nothing can be computed.';
comment on column analytics.reconciliation.status is
  'One of: agrees, agrees truncated, agrees on another base, explained by discretion, not computable, disagrees.';
comment on column analytics.reconciliation.explanation is 'Why, where the status alone does not say it; NULL otherwise.';
