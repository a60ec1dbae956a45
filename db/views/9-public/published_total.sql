-- Known inspections beside the totals that the Inspectorate published
-- One row: a year as the Inspectorate counts, and all its inspections, those with a rating, with that or a better one where that was
-- published, or with none.
-- Rule: a real inspection is of the year in which its report was published; where of that the year alone is known, as if it were the
-- first of January (dated_by_year says of how many). A service that was never published in full is not missing: what is missing is
-- what the Inspectorate counted and is not known here. More can be known than was counted: then missing is below zero.
-- published and published_percent are NULL where the Inspectorate does not say; known never is.
create view analytics.published_total as
with scale as (
  select rating, max(rating_rank)::integer as rating_rank
  from core.rating
  group by rating
),
subject as (
  select inspectorate_year, 'all' as rating, null::integer as rating_rank, false as or_better
  from core.inspectorate_year
  union all
  select inspectorate_year, rating, rating_rank, false
  from core.inspectorate_year
  cross join scale
  union all
  select inspectorate_year, rating, rating_rank, true
  from core.published_total
  join scale using (rating)
  where or_better
  union all
  select inspectorate_year, 'none known', null, false
  from core.inspectorate_year
),
known as (
  select
    year.inspectorate_year,
    overall.rating,
    scale.rating_rank,
    count(*) as inspections,
    count(*) filter (where inspection.published is null) as dated_by_year
  from core.inspectorate_year as year
  join core.inspection
    on coalesce(inspection.published, make_date(inspection.published_year, 1, 1)) >= year.published_from
    and coalesce(inspection.published, make_date(inspection.published_year, 1, 1)) < year.published_until
    and not inspection.is_synthetic
  join kept.overall_result as overall using (service_id, inspection_id)
  left join scale using (rating)
  group by year.inspectorate_year, overall.rating, scale.rating_rank
),
counted as (
  select
    subject.inspectorate_year,
    subject.rating,
    subject.rating_rank,
    subject.or_better,
    coalesce(sum(known.inspections), 0)::integer as known,
    coalesce(sum(known.dated_by_year), 0)::integer as dated_by_year
  from subject
  left join known
    on known.inspectorate_year = subject.inspectorate_year
    and case
      when subject.rating = 'all' then true
      when subject.rating = 'none known' then known.rating is null
      when subject.or_better then known.rating_rank >= subject.rating_rank
      else known.rating = subject.rating
    end
  group by subject.inspectorate_year, subject.rating, subject.rating_rank, subject.or_better
)
select
  counted.inspectorate_year,
  year.published_from,
  year.published_until,
  counted.rating,
  counted.rating_rank,
  counted.or_better,
  total.inspections::integer as published,
  total.percent as published_percent,
  counted.known,
  round(100.0 * counted.known / nullif(sum(counted.known) filter (where counted.rating = 'all') over of_year, 0), 1) as known_percent,
  counted.dated_by_year,
  total.inspections - counted.known as missing
from counted
join core.inspectorate_year as year using (inspectorate_year)
left join core.published_total as total using (inspectorate_year, rating, or_better)
window of_year as (partition by counted.inspectorate_year);

comment on view analytics.published_total is
  'One row a year of the Inspectorate and a rating (or all, or none known): inspections known here beside the total that it published.';
