-- Reconciliation with the published figures
-- One row: a published figure: the overall rating, the score, a standard's rating, or a question's counts or percentage.
-- status says how what is computed stands to it. computed is NULL when nothing can be computed.
-- Rule: a score printed in percent of the maximum agrees when the computed one rounds (half up, to as many decimals) to it.
-- Where no overall rating can be computed, explanation says whether the printed score contradicts the printed rating.
create view analytics.reconciliation as
with overall as (
  select
    scored.inspection_id,
    published.rating,
    published.rating_lost,
    published.score,
    published.score_lost,
    published.score_percent,
    published.out_of,
    published.place,
    scored.computed_rating,
    case when not scored.has_unknown_standard then scored.score end as computed_score,
    case when not scored.has_unknown_standard then scored.max_score end as max_score,
    100.0 * scored.score / nullif(scored.max_score, 0) as computed_percent,
    scored.limited_by,
    scored.not_rated_because,
    case when scored.computed_rating is null and printed.rating <> published.rating
      then 'the printed score ' || printed.score || ' of ' || printed.out_of || ' is ' || printed.rating
        || coalesce(' (unless it was limited: ' || printed.unrated_limiting || ' not known)', '')
    end as contradiction
  from core.published_overall as published
  join result.overall as scored using (inspection_id)
  left join rating.printed_score as printed using (inspection_id)
),
figure as (
  select
    inspection_id,
    1 as level_rank,
    'overall' as level,
    'overall' as code,
    coalesce(rating, 'lost') as published,
    computed_rating as computed,
    case
      when rating is null or computed_rating is null then 'not computable'
      when rating = computed_rating then 'agrees'
      else 'disagrees'
    end as status,
    nullif(concat_ws('; ', coalesce(limited_by, not_rated_because), contradiction), '') as explanation,
    place
  from overall
  where rating is not null or rating_lost
  union all
  select
    inspection_id,
    2,
    'score',
    'score',
    coalesce(
      nullif(concat_ws(', ', score || coalesce('/' || out_of, ''), score_percent || '%'), ''),
      'lost'
    ),
    computed_score || '/' || max_score || coalesce(', ' || round(computed_percent, scale(score_percent)) || '%', ''),
    case
      when coalesce(score, score_percent) is null or computed_score is null or not_rated_because is not null then 'not computable'
      when score <> computed_score or out_of <> max_score then 'disagrees'
      when round(computed_percent, scale(score_percent)) <> score_percent then
        case when trunc(computed_percent, scale(score_percent)) = score_percent then 'agrees truncated' else 'disagrees' end
      else 'agrees'
    end,
    not_rated_because,
    place
  from overall
  where coalesce(score, score_percent) is not null or score_lost
  union all
  select inspection_id, 3, 'standard', code, published, computed, status, explanation, place
  from rating.reconciled_standard
  union all
  select inspection_id, case level when 'key question' then 4 else 5 end, level, code, published, computed, status, explanation, place
  from rating.reconciled_question
)
select
  key.inspection_id,
  key.service,
  key.area,
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
join rating.inspection_key as key using (inspection_id);

comment on view analytics.reconciliation is 'One row a published figure: what is computed beside it, and how the two stand. Key: inspection_id, level, code.';
comment on column analytics.reconciliation.published_on is 'Date of publication (first of the month when only that is known; NULL when not); named so because published is the figure here.';
comment on column analytics.reconciliation.level is 'One of: overall, score, standard, key question, prompt.';
comment on column analytics.reconciliation.level_rank is '1 overall, 2 score, 3 standard, 4 key question, 5 prompt, for sorting.';
comment on column analytics.reconciliation.code is 'Code of the standard or question; overall and score for themselves.';
comment on column analytics.reconciliation.published is 'The figure as printed; lost where the source lost it.';
comment on column analytics.reconciliation.computed is 'What is computed, or the fractions that give a printed percentage; NULL when nothing can be computed.';
comment on column analytics.reconciliation.status is
  'One of: agrees, agrees truncated, agrees on another base, explained by discretion, not computable, disagrees.';
comment on column analytics.reconciliation.explanation is 'Why, where the status alone does not say it; NULL otherwise.';
