-- Ratings and scores of standards
-- One row: an inspection and a standard of its edition.
-- Rule: a panel decision replaces the computed rating; a qualitative standard has the rating it was judged; a case-based
-- standard for which nothing can be computed keeps its published rating. The score is given where the standard counts.
-- rating is NULL when there is none of these; unrated_because says why.
create view rating.standard_score as
with lowest as materialized (
  select * from rating.standard_lowest
),
-- when any key question of the standard is asked of cases
asked as (
  select edition_code, standard_code, range_agg(in_force) as in_force
  from core.question
  where level = 'key question' and basis = 'cases'
  group by edition_code, standard_code
),
rated as (
  select
    inspection_rule.inspection_id,
    inspection_rule.rule_set_id,
    standard.edition_code,
    standard.standard_code,
    standard.position,
    standard.title,
    standard.basis,
    lowest.evidence,
    lowest.computed_rating,
    lowest.computed_rank,
    lowest.lowest_percent,
    lowest.driving_key_question,
    lowest.tied_key_questions,
    -- an inspection of which no figure is known has no row in standard_lowest
    coalesce(
      lowest.not_computed_because,
      case
        when lowest.standard_code is null and asked.in_force @> inspection_rule.as_of
          then 'no case answers, counts or percentages'
      end
    ) as not_computed_because,
    panel_decision.from_rating as discretion_from,
    panel_decision.to_rating as discretion_to,
    panel_decision.reason as discretion_reason,
    qualitative_rating.rating as judged_rating,
    published.rating as published_rating,
    coalesce(panel_decision.to_rating, qualitative_rating.rating, lowest.computed_rating, published.rating) as rating,
    case
      when panel_decision.to_rating is not null then 'panel decision'
      when qualitative_rating.rating is not null then 'judgement'
      when lowest.computed_rating is not null then 'computed'
      when published.rating is not null then 'published'
    end as rating_source,
    counting_standard.standard_code is not null as counts
  from rating.inspection_rule
  join core.standard using (edition_code)
  left join lowest using (inspection_id, standard_code)
  left join core.panel_decision using (inspection_id, standard_code)
  left join core.qualitative_rating using (inspection_id, standard_code)
  left join core.published_standard_rating as published using (inspection_id, standard_code)
  left join asked
    on asked.edition_code = standard.edition_code and asked.standard_code = standard.standard_code
  left join core.counting_standard
    on counting_standard.rule_set_id = inspection_rule.rule_set_id
    and counting_standard.standard_code = standard.standard_code
)
select
  rated.inspection_id,
  rated.rule_set_id,
  rated.edition_code,
  rated.standard_code,
  rated.position,
  rated.title,
  rated.basis,
  coalesce(rated.evidence, case when rated.rating is not null then 'ratings only' end) as evidence,
  rated.computed_rating,
  rated.computed_rank,
  rated.lowest_percent,
  rated.driving_key_question,
  rated.tied_key_questions,
  rated.not_computed_because,
  rated.discretion_from,
  rated.discretion_to,
  rated.discretion_reason,
  rated.judged_rating,
  rated.published_rating,
  rated.rating,
  scale.rating_rank,
  rated.rating_source,
  rated.counts,
  case when rated.counts then rating_score.score end as score,
  case
    when rated.rating is not null then null
    when rated.not_computed_because = 'no relevant case' then 'no relevant case'
    else 'not known'
  end as unrated_because
from rated
left join core.rating as scale using (edition_code, rating)
left join core.rating_score using (rule_set_id, rating);

comment on view rating.standard_score is 'An inspection and a standard with its rating, where the rating is from, and its score.';
comment on column rating.standard_score.computed_rank is 'Rank of computed_rating on the edition''s scale; NULL when not computed.';
comment on column rating.standard_score.discretion_to is 'The rating a panel decided on; NULL without a decision.';
comment on column rating.standard_score.judged_rating is 'The inspectors'' recorded judgement; NULL for a case-based standard.';
comment on column rating.standard_score.counts is 'Whether the standard counts towards the score.';
comment on column rating.standard_score.unrated_because is 'no relevant case, or not known; NULL when the standard is rated.';
