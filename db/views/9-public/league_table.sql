-- Services in order of their latest score
-- One row: a service's latest inspection; real and invented services' inspections apart.
-- Rule: services are ranked by score (computed, or published where ratings of standards are not known: score_source) in proportion to the most points there could have been, ties share a rank and the next
-- one is left out after them (1, 2, 2, 4). The latest inspection is that of the latest fieldwork, or publication where that is
-- not known. Years and editions differ: the table says where each service stood when it was last looked at, among all, and among those
-- of the same edition.
-- The percentage is of yes in relevant cases, over all key questions, under every edition; its intervals are Wilson's,
-- at the levels of display_rule.
-- rank and score_share are NULL without a score; yes, relevant, percent, low and high when a count is not known.
create view analytics.league_table as
with latest as (
  select distinct on (service_id, is_synthetic)
    service_id,
    inspection_id,
    edition_code,
    is_synthetic
  from core.inspection
  order by service_id, is_synthetic, as_of desc, inspection_id desc
),
-- all have to be ranked before one can be told: nothing is looked up here that ranking does not need
ranked as (
  select
    latest.service_id,
    latest.inspection_id,
    overall.score,
    overall.max_score,
    overall.score_share,
    overall.score_source,
    overall.evidence,
    overall.rating,
    overall.rating_rank,
    (rank() over (of_all order by overall.score_share desc nulls last))::integer as rank,
    (count(overall.score_share) over of_all)::integer as services,
    (rank() over (of_edition order by overall.score_share desc nulls last))::integer as rank_in_edition,
    (count(overall.score_share) over of_edition)::integer as services_in_edition
  from latest
  join rating.score_standing as overall using (inspection_id)
  window
    of_all as (partition by latest.is_synthetic),
    of_edition as (partition by latest.is_synthetic, latest.edition_code)
),
answered as (
  select
    rated.service_id,
    rated.inspection_id,
    case when bool_and(counted.yes is not null) then sum(counted.yes)::integer end as yes,
    case when bool_and(counted.yes is not null) then sum(counted.relevant)::integer end as relevant
  from kept.standard_result as rated
  join core.standard using (edition_code, standard_code)
  left join kept.standard_count as counted using (inspection_id, standard_code)
  where standard.basis = 'cases'
  group by rated.service_id, rated.inspection_id
)
select
  inspection_id,
  service_id,
  key.service,
  key.area,
  key.region,
  key.nation,
  key.edition,
  key.fieldwork_start,
  key.year,
  key.published,
  key.is_synthetic,
  case when ranked.score_share is not null then ranked.rank end as rank,
  ranked.services,
  case when ranked.score_share is not null then ranked.rank_in_edition end as rank_in_edition,
  ranked.services_in_edition,
  ranked.score,
  ranked.max_score,
  ranked.score_share::double precision as score_share,
  ranked.score_source,
  ranked.evidence,
  ranked.rating,
  ranked.rating_rank,
  answered.yes,
  answered.relevant,
  rating.percentage(answered.yes, answered.relevant, display.rounding) as percent,
  'relevant' as base,
  rating.wilson_low(answered.yes, answered.relevant, display.z) as low,
  rating.wilson_high(answered.yes, answered.relevant, display.z) as high,
  rating.wilson_low(answered.yes, answered.relevant, display.z_95) as low_95,
  rating.wilson_high(answered.yes, answered.relevant, display.z_95) as high_95
from ranked
join rating.inspection_key as key using (service_id, inspection_id)
left join answered using (service_id, inspection_id)
cross join rating.display_rule as display;

comment on view analytics.league_table is
  'One row a service, with its latest inspection: its place by score, and the yes of all key questions with an interval.';
