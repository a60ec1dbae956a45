-- Inspections by their publication, for loaders to tell which one a table of ratings means
-- One row: an inspection, when it was published, as exactly as that is known, and what was published of it.
-- published is NULL when it is not known. said has fieldwork (its month) where that is known, and leaves out what was not published.
create view rating.known_publication as
select
  inspection.service_id,
  inspection.inspection_id,
  inspection.inspection_code,
  inspection.is_synthetic,
  inspection.is_listed_only,
  inspection.fieldwork_start,
  coalesce(
    rating.known_date(inspection.published, inspection.published_precision),
    inspection.published_year::text
  ) as published,
  coalesce(
    (
      select json_object_agg(figure.code, coalesce(to_json(figure.rating), to_json(figure.score)))
      from (
        select code, rating, score
        from rating.published_figure
        where published_figure.inspection_id = inspection.inspection_id and coalesce(rating, score::text) is not null
        union all
        select 'fieldwork', left(inspection.fieldwork_start::text, 7), null
        where inspection.fieldwork_start is not null
      ) as figure
    ),
    '{}'
  ) as said
from core.inspection;

comment on view rating.known_publication is 'An inspection by its publication, and what was published of it.';
comment on column rating.known_publication.inspection_code is 'Code of the inspection.';
comment on column rating.known_publication.is_listed_only is 'Whether it is known from a table of ratings alone.';
comment on column rating.known_publication.published is 'Day, month or year of publication, as exactly as it is known: 2019-05-12, 2019-05, 2019. NULL when not known.';
comment on column rating.known_publication.said is 'Published ratings by the codes of standards, overall, score (points) and the month of fieldwork (JSON), as far as they are known.';
