-- A service beside others
-- One row: an inspection, a standard of its edition that is rated (or 'overall'), and whom it stands beside: everywhere, its
-- region, or a group of a list that a user has loaded (see comparator groups).
-- Rule: it stands beside all inspections of the same year and edition that are rated on the same standard, itself among them;
-- real ones beside real ones, invented ones beside invented ones. Editions are not pooled, because a standard's code may mean
-- different things in them. The median is that of scores of the same maximum. Intervals are Wilson's, at the levels of
-- display_rule: what the inspections of one year say of services like these.
-- There is no row for the region where that is not known. score, max_score and median_score are NULL where there is no score.
create view analytics.service_comparison as
with standing as (
  select
    subject.inspection_id,
    subject.service_id,
    subject.standard_code,
    subject.edition_code,
    subject.rating,
    subject.rating_rank,
    subject.score,
    subject.max_score,
    inspection.year,
    inspection.is_synthetic,
    located.region
  from rating.rated_subject as subject
  join core.inspection using (inspection_id)
  join rating.inspection_region as located using (inspection_id)
),
placed as (
  select
    inspection_id, standard_code, edition_code, rating, rating_rank, score, max_score, year, is_synthetic,
    'everywhere' as beside, null as peers, true as is_shown
  from standing
  union all
  select
    inspection_id, standard_code, edition_code, rating, rating_rank, score, max_score, year, is_synthetic,
    'region', region, true
  from standing
  where region is not null
  union all
  -- neighbours are there to be counted; they do not stand beside those whose neighbours they are
  select
    inspection_id, standard_code, edition_code, rating, rating_rank, score, max_score, year, is_synthetic,
    member.comparator_set, member.group_name, coalesce(named.neighbours_of = standing.service_id, true)
  from standing
  join core.comparator_member as member using (service_id)
  join core.comparator_group as named using (comparator_set, group_name)
),
counted as (
  select
    placed.*,
    (count(*) over peers)::integer as inspections,
    (count(*) over (
      partition by year, is_synthetic, edition_code, standard_code, beside, peers, rating_rank
    ))::integer as same,
    (count(*) over (peers order by rating_rank))::integer as up_to_same
  from placed
  window peers as (partition by year, is_synthetic, edition_code, standard_code, beside, peers)
),
middle as (
  select
    year,
    is_synthetic,
    edition_code,
    standard_code,
    beside,
    peers,
    max_score,
    percentile_cont(0.5) within group (order by score) as median_score
  from placed
  where score is not null
  group by year, is_synthetic, edition_code, standard_code, beside, peers, max_score
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
  key.published,
  key.is_synthetic,
  standard.domain,
  standard.domain_title,
  counted.standard_code as standard,
  standard.title,
  counted.beside,
  counted.peers,
  counted.rating,
  counted.rating_rank,
  counted.score,
  counted.max_score,
  counted.inspections,
  counted.inspections - counted.up_to_same as higher,
  counted.same,
  counted.up_to_same - counted.same as lower,
  rating.percentage(counted.inspections - counted.up_to_same, counted.inspections, display.rounding) as percent_higher,
  rating.wilson_low(counted.inspections - counted.up_to_same, counted.inspections, display.z) as higher_low,
  rating.wilson_high(counted.inspections - counted.up_to_same, counted.inspections, display.z) as higher_high,
  rating.wilson_low(counted.inspections - counted.up_to_same, counted.inspections, display.z_95) as higher_low_95,
  rating.wilson_high(counted.inspections - counted.up_to_same, counted.inspections, display.z_95) as higher_high_95,
  rating.percentage(counted.same, counted.inspections, display.rounding) as percent_same,
  rating.wilson_low(counted.same, counted.inspections, display.z) as same_low,
  rating.wilson_high(counted.same, counted.inspections, display.z) as same_high,
  rating.wilson_low(counted.same, counted.inspections, display.z_95) as same_low_95,
  rating.wilson_high(counted.same, counted.inspections, display.z_95) as same_high_95,
  rating.percentage(counted.up_to_same - counted.same, counted.inspections, display.rounding) as percent_lower,
  rating.wilson_low(counted.up_to_same - counted.same, counted.inspections, display.z) as lower_low,
  rating.wilson_high(counted.up_to_same - counted.same, counted.inspections, display.z) as lower_high,
  rating.wilson_low(counted.up_to_same - counted.same, counted.inspections, display.z_95) as lower_low_95,
  rating.wilson_high(counted.up_to_same - counted.same, counted.inspections, display.z_95) as lower_high_95,
  middle.median_score
from counted
join rating.inspection_key as key using (inspection_id)
cross join rating.display_rule as display
left join rating.standard_key as standard
  on standard.edition_code = counted.edition_code and standard.standard_code = counted.standard_code
left join middle
  on middle.year = counted.year
  and middle.is_synthetic = counted.is_synthetic
  and middle.edition_code = counted.edition_code
  and middle.standard_code = counted.standard_code
  and middle.beside = counted.beside
  and middle.peers is not distinct from counted.peers
  and middle.max_score = counted.max_score
where counted.is_shown;

comment on view analytics.service_comparison is
  'One row an inspection, rated standard (or overall) and whom it stands beside (everywhere, its region, a group of a list): how many of the same year and edition are rated higher, the same, lower.';
