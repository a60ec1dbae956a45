-- Ratings by year
-- One row: a year, an edition, one of its standards (or 'overall'), and a rating of its scale, or not rated, or not known; real and
-- invented inspections apart.
-- Rule: ratings that stand (after discretion, or as judged or published), by year of fieldwork. Every rating of the scale has a
-- row, also when nothing got it; what has none is in rows of its own, where there is any, so that inspections of all rows add up to
-- those that inspect it. Editions are not pooled, because a standard's code may mean different things in them.
-- Intervals are Wilson's, at the levels of display_rule, and as share is: between 0 and 1.
-- not_known stands in every row: what is known of an edition may be a selection, which shares and intervals can't allow for.
-- A standard on which no inspection of the year is rated has no rows of the scale. title, domain and standard_series are NULL for overall, the rank, share
-- and its intervals for what is not rated or not known.
create view analytics.rating_trend as
with counted as (
  select
    inspection.year,
    inspection.is_synthetic,
    subject.edition_code,
    subject.standard_code,
    subject.rating,
    count(*) as inspections,
    count(*) filter (where subject.rating_source = 'published') as as_published
  from rating.rated_subject as subject
  join core.inspection using (inspection_id)
  group by inspection.year, inspection.is_synthetic, subject.edition_code, subject.standard_code, subject.rating
),
rated as (
  select year, is_synthetic, edition_code, standard_code, sum(inspections) as rated
  from counted
  group by year, is_synthetic, edition_code, standard_code
),
unrated as (
  select
    inspection.year,
    inspection.is_synthetic,
    subject.edition_code,
    subject.standard_code,
    subject.state,
    count(*)::integer as inspections,
    (sum(count(*) filter (where subject.state = 'not known')) over (
      partition by inspection.year, inspection.is_synthetic, subject.edition_code, subject.standard_code
    ))::integer as not_known
  from rating.unrated_subject as subject
  join core.inspection using (inspection_id)
  group by inspection.year, inspection.is_synthetic, subject.edition_code, subject.standard_code, subject.state
),
unknown as (
  select year, is_synthetic, edition_code, standard_code, max(not_known) as not_known
  from unrated
  group by year, is_synthetic, edition_code, standard_code
)
select
  rated.year,
  rated.is_synthetic,
  rated.edition_code as edition,
  standard.domain,
  standard.domain_title,
  rated.standard_code as standard,
  standard.title,
  series.standard_series,
  scale.rating,
  scale.rating_rank::integer as rating_rank,
  coalesce(counted.inspections, 0)::integer as inspections,
  coalesce(counted.as_published, 0)::integer as as_published,
  rated.rated::integer as rated,
  coalesce(unknown.not_known, 0) as not_known,
  coalesce(counted.inspections, 0) / rated.rated::double precision as share,
  rating.wilson_low(coalesce(counted.inspections, 0)::integer, rated.rated::integer, display.z) / 100 as low,
  rating.wilson_high(coalesce(counted.inspections, 0)::integer, rated.rated::integer, display.z) / 100 as high,
  rating.wilson_low(coalesce(counted.inspections, 0)::integer, rated.rated::integer, display.z_95) / 100 as low_95,
  rating.wilson_high(coalesce(counted.inspections, 0)::integer, rated.rated::integer, display.z_95) / 100 as high_95
from rated
cross join rating.display_rule as display
join core.rating as scale using (edition_code)
left join counted
  on counted.year = rated.year
  and counted.is_synthetic = rated.is_synthetic
  and counted.edition_code = rated.edition_code
  and counted.standard_code = rated.standard_code
  and counted.rating = scale.rating
left join unknown
  on unknown.year = rated.year
  and unknown.is_synthetic = rated.is_synthetic
  and unknown.edition_code = rated.edition_code
  and unknown.standard_code = rated.standard_code
left join rating.standard_key as standard
  on standard.edition_code = rated.edition_code and standard.standard_code = rated.standard_code
left join rating.standard_series as series
  on series.edition_code = rated.edition_code and series.standard_code = rated.standard_code
union all
select
  unrated.year,
  unrated.is_synthetic,
  unrated.edition_code,
  standard.domain,
  standard.domain_title,
  unrated.standard_code,
  standard.title,
  series.standard_series,
  unrated.state,
  null,
  unrated.inspections,
  0,
  0,
  unrated.not_known,
  null,
  null,
  null,
  null,
  null
from unrated
left join rating.standard_key as standard
  on standard.edition_code = unrated.edition_code and standard.standard_code = unrated.standard_code
left join rating.standard_series as series
  on series.edition_code = unrated.edition_code and series.standard_code = unrated.standard_code;

comment on view analytics.rating_trend is
  'One row a year, edition, standard (or overall) and rating (or not rated, or not known): how many inspections have it. Where one is rated each rating of the scale has a row, with 0 when none has it; not rated and not known have one only where there are any. Inspections of one standard in one year and edition add up to all whose programme inspects it, shares to 1.';
