-- Ratings of standards
-- One row: an inspection and a standard that its programme inspects.
-- Rule: a case-based standard takes the lowest band among its key questions that have a percentage, and the lowest rating of those that
-- are judged (which of the two, is core.standard.rated_from). A key question of which nothing is known might be lower still, so it
-- leaves the standard without a computed rating, unless the scale's lowest is reached.
-- A panel decision replaces the computed rating; a qualitative standard has the rating it was judged; a case-based standard for
-- which nothing can be computed keeps its published rating. The score is given where the standard counts: its points by its weight.
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
    rules.band_percents,
    rules.band_ratings,
    rules.band_ranks,
    rules.discretion_points,
    rules.discretion_judgements,
    rules.discretion_sample,
    standard.standard_code,
    standard.position,
    standard.title,
    standard.basis,
    asked.counted_questions,
    asked.judged_questions,
    lowest.evidence_rank,
    lowest.lowest_band,
    lowest.lowest_percent,
    lowest.driving_key_question as counted_driving,
    lowest.tied_key_questions as counted_tied,
    lowest.settled,
    judged.rating as judged_lowest,
    judged.rating_rank as judged_rank,
    judged.driving_key_question as judged_driving,
    judged.tied_key_questions as judged_tied,
    judged.settled as judged_settled,
    -- a row for each key question that is asked, less those that are settled
    asked.counted_questions - coalesce(lowest.known + lowest.without_cases, 0)
      + asked.judged_questions - coalesce(cardinality(judged.settled), 0) as unknown,
    least(rules.band_ranks[lowest.lowest_band], judged.rating_rank) as computed_rank,
    coalesce(judged.rating_rank < rules.band_ranks[lowest.lowest_band], judged.rating_rank is not null) as is_set_by_judgement
  from rating.inspection_rule as rules
  join core.programme_standard using (edition_code, programme)
  join core.standard using (edition_code, standard_code)
  left join rating.standard_period as asked
    on asked.edition_code = rules.edition_code
    and asked.standard_code = standard.standard_code
    and rating.holds(asked.in_force, rules.as_of)
    and asked.counted_questions + asked.judged_questions > 0
  left join rating.standard_lowest as lowest
    on lowest.service_id = rules.service_id
    and lowest.inspection_id = rules.inspection_id
    and lowest.standard_code = standard.standard_code
    and asked.counted_questions > 0
  left join rating.judged_lowest as judged
    on judged.inspection_id = rules.inspection_id
    and judged.standard_code = standard.standard_code
),
settled as (
  select
    considered.*,
    coalesce(unknown = 0 or computed_rank = 0, false) and computed_rank is not null as is_computed,
    case when is_set_by_judgement then judged_lowest else band_ratings[lowest_band] end as lowest_rating
  from considered
),
rated as (
  select
    settled.*,
    panel_decision.from_rating as discretion_from,
    panel_decision.to_rating as discretion_to,
    panel_decision.reason as discretion_reason,
    qualitative_rating.rating as judged_rating,
    published.rating as published_rating,
    published.not_rated as is_published_unrated,
    without_cases.inspection_id is not null as is_without_cases,
    case when is_computed then lowest_rating end as computed_rating,
    coalesce(
      panel_decision.to_rating,
      qualitative_rating.rating,
      case when is_computed then lowest_rating end,
      published.rating
    ) as rating,
    case
      when is_computed or unknown is null then null
      when unknown = 0 then 'no relevant case'
      when evidence_rank is null and judged_settled is null then 'no case answers, counts or percentages'
      when band_percents is null and counted_questions > 0 then 'the bands of the edition are not known'
      else 'not known: ' || missing.codes
    end as not_computed_because
  from settled
  left join core.panel_decision using (inspection_id, standard_code)
  left join core.qualitative_rating using (inspection_id, standard_code)
  left join core.published_standard_rating as published using (inspection_id, standard_code)
  -- what is judged needs a case of its domain's sample as well, where the domain has one
  left join (
    select drawn.inspection_id, standard.edition_code, standard.standard_code
    from core.inspection_sample as drawn
    join core.sample using (sample_id, edition_code)
    join core.domain using (edition_code, sample)
    join core.standard using (edition_code, domain_code)
    where standard.basis = 'qualitative'
      and drawn.cases = 0
  ) as without_cases
    on without_cases.inspection_id = settled.inspection_id
    and without_cases.edition_code = settled.edition_code
    and without_cases.standard_code = settled.standard_code
  cross join lateral (
    select string_agg(question.question_code, ', ' order by question.position) as codes
    from core.question
    where not settled.is_computed
      and settled.unknown > 0
      and question.edition_code = settled.edition_code
      and question.standard_code = settled.standard_code
      and question.level = 'key question'
      and rating.holds(question.in_force, settled.as_of)
      and case when question.basis = 'cases' then settled.counted_questions > 0 else settled.judged_questions > 0 end
      and question.question_code <> all (coalesce(settled.settled, '{}') || coalesce(settled.judged_settled, '{}'))
  ) as missing
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
  case when rated.is_computed then case when is_set_by_judgement then judged_driving else counted_driving end end
    as driving_key_question,
  case when rated.is_computed then case when is_set_by_judgement then judged_tied else counted_tied end end as tied_key_questions,
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
  counting_standard.weight::integer as weight,
  rating_score.score::integer * counting_standard.weight as score,
  case
    when rated.rating is not null then null
    when rated.not_computed_because = 'no relevant case' or rated.is_without_cases then 'no relevant case'
    when rated.is_published_unrated then 'not rated'
    else 'not known'
  end as unrated_because,
  case
    when rated.is_computed and discretion_points is not null then case when is_set_by_judgement then false else ground.near_boundary end
  end as near_boundary,
  case
    when rated.is_computed and discretion_judgements is not null then case
      when (rated.unknown = 0 and ground.rises) or ground.falls then true
      when rated.unknown > 0 or ground.are_counts_unknown then null
      else false
    end
  end as one_case_flips,
  case
    when rated.is_computed and discretion_sample is not null then case when is_set_by_judgement then false else ground.small_sample end
  end as small_sample
from rated
left join core.evidence using (evidence_rank)
left join core.counting_standard
  on counting_standard.rule_set_id = rated.rule_set_id and counting_standard.standard_code = rated.standard_code
left join core.rating as scale on scale.edition_code = rated.edition_code and scale.rating = rated.rating
left join core.rating_score on rating_score.rule_set_id = rated.rule_set_id and rating_score.rating = rated.rating
left join rating.discretion_ground as ground
  on ground.service_id = rated.service_id
  and ground.inspection_id = rated.inspection_id
  and ground.standard_code = rated.standard_code
  -- of a standard that is rated from what is judged alone, no answer of a case is a ground
  and rated.counted_questions > 0;

comment on view rating.standard_result is 'An inspection and a standard with its rating, where the rating is from, its score, and the grounds for discretion.';
comment on column rating.standard_result.evidence_rank is 'The weakest evidence of a key question, by its rank in core.evidence; NULL when there is none.';
comment on column rating.standard_result.discretion_to is 'The rating a panel decided on; NULL without a decision.';
comment on column rating.standard_result.judged_rating is 'The inspectors'' recorded judgement; NULL for a case-based standard.';
comment on column rating.standard_result.weight is 'How many times its points count towards the score; NULL where it does not count.';
comment on column rating.standard_result.unrated_because is 'no relevant case, not rated (as published), or not known; NULL when the standard is rated.';
