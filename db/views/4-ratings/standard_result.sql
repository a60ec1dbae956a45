-- Ratings of standards
-- One row: an inspection and a standard of its edition.
-- Rule: a case-based standard takes the lowest band among its key questions that have a percentage. A key question whose figures
-- are not known might be lower still, so it leaves the standard without a computed rating, unless the scale's lowest is reached.
-- A panel decision replaces the computed rating; a qualitative standard has the rating it was judged; a case-based standard for
-- which nothing can be computed keeps its published rating. The score is given where the standard counts.
-- Computed columns and grounds are NULL when nothing is computed; not_computed_because says why. rating is NULL when there is no
-- rating at all; unrated_because says why.
create view rating.standard_result as
with considered as (
  select
    rules.service_id,
    rules.inspection_id,
    rules.as_of,
    rules.rule_set_id,
    rules.edition_code,
    rules.band_ratings,
    rules.band_ranks,
    standard.standard_code,
    standard.position,
    standard.title,
    standard.basis,
    asked.key_questions,
    lowest.known,
    lowest.evidence_rank,
    lowest.lowest_band,
    lowest.lowest_percent,
    lowest.driving_key_question,
    lowest.tied_key_questions,
    lowest.settled,
    -- a row for each key question that is asked, less those that are settled
    asked.key_questions - coalesce(lowest.known + lowest.without_cases, 0) as unknown,
    lowest.known > 0
      and (asked.key_questions = lowest.known + lowest.without_cases or rules.band_ranks[lowest.lowest_band] = 0) as is_computed
  from rating.inspection_rule as rules
  join core.standard using (edition_code)
  left join rating.standard_period as asked
    on asked.edition_code = rules.edition_code
    and asked.standard_code = standard.standard_code
    and rating.holds(asked.in_force, rules.as_of)
    and asked.key_questions > 0
  left join rating.standard_lowest as lowest
    on lowest.service_id = rules.service_id
    and lowest.inspection_id = rules.inspection_id
    and lowest.standard_code = standard.standard_code
),
rated as (
  select
    considered.*,
    panel_decision.from_rating as discretion_from,
    panel_decision.to_rating as discretion_to,
    panel_decision.reason as discretion_reason,
    qualitative_rating.rating as judged_rating,
    published.rating as published_rating,
    case when is_computed then band_ratings[lowest_band] end as computed_rating,
    coalesce(
      panel_decision.to_rating,
      qualitative_rating.rating,
      case when is_computed then band_ratings[lowest_band] end,
      published.rating
    ) as rating,
    case
      when is_computed or key_questions is null then null
      when unknown = 0 then 'no relevant case'
      when evidence_rank is null then 'no case answers, counts or percentages'
      else 'not known: ' || (
        select string_agg(question.question_code, ', ' order by question.position)
        from core.question
        where question.edition_code = considered.edition_code
          and question.standard_code = considered.standard_code
          and question.level = 'key question'
          and rating.holds(question.in_force, considered.as_of)
          and question.question_code <> all (coalesce(settled, '{}'))
      )
    end as not_computed_because
  from considered
  left join core.panel_decision using (inspection_id, standard_code)
  left join core.qualitative_rating using (inspection_id, standard_code)
  left join core.published_standard_rating as published using (inspection_id, standard_code)
)
select
  rated.service_id,
  rated.inspection_id,
  rated.rule_set_id,
  rated.edition_code,
  rated.standard_code,
  rated.position,
  rated.title,
  rated.basis,
  coalesce(evidence.evidence, case when rated.rating is not null then 'ratings only' end) as evidence,
  rated.evidence_rank,
  rated.computed_rating,
  case when rated.is_computed then rated.lowest_percent end as lowest_percent,
  case when rated.is_computed then rated.driving_key_question end as driving_key_question,
  case when rated.is_computed then rated.tied_key_questions end as tied_key_questions,
  rated.not_computed_because,
  rated.discretion_from,
  rated.discretion_to,
  rated.discretion_reason,
  rated.judged_rating,
  rated.published_rating,
  rated.rating,
  scale.rating_rank::integer as rating_rank,
  case
    when rated.discretion_to is not null then 'panel decision'
    when rated.judged_rating is not null then 'judgement'
    when rated.computed_rating is not null then 'computed'
    when rated.published_rating is not null then 'published'
  end as rating_source,
  counting_standard.standard_code is not null as counts,
  case when counting_standard.standard_code is not null then rating_score.score::integer end as score,
  case
    when rated.rating is not null then null
    when rated.not_computed_because = 'no relevant case' then 'no relevant case'
    else 'not known'
  end as unrated_because,
  case when rated.is_computed then ground.near_boundary end as near_boundary,
  case
    when rated.is_computed then case
      when (rated.unknown = 0 and ground.rises) or ground.falls then true
      when rated.unknown > 0 or ground.are_counts_unknown then null
      else false
    end
  end as one_case_flips,
  case when rated.is_computed then ground.small_sample end as small_sample
from rated
left join core.evidence using (evidence_rank)
left join core.counting_standard
  on counting_standard.rule_set_id = rated.rule_set_id and counting_standard.standard_code = rated.standard_code
left join core.rating as scale on scale.edition_code = rated.edition_code and scale.rating = rated.rating
left join core.rating_score on rating_score.rule_set_id = rated.rule_set_id and rating_score.rating = rated.rating
left join rating.discretion_ground as ground
  on ground.service_id = rated.service_id
  and ground.inspection_id = rated.inspection_id
  and ground.standard_code = rated.standard_code;

comment on view rating.standard_result is 'An inspection and a standard with its rating, where the rating is from, its score, and the grounds for discretion.';
comment on column rating.standard_result.evidence_rank is 'The weakest evidence of a key question, by its rank in core.evidence; NULL when there is none.';
comment on column rating.standard_result.discretion_to is 'The rating a panel decided on; NULL without a decision.';
comment on column rating.standard_result.judged_rating is 'The inspectors'' recorded judgement; NULL for a case-based standard.';
comment on column rating.standard_result.counts is 'Whether the standard counts towards the score.';
comment on column rating.standard_result.unrated_because is 'no relevant case, or not known; NULL when the standard is rated.';
