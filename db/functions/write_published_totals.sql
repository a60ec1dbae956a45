-- The totals that the Inspectorate published are written from their document, which is db/published/totals.yaml
create function rating.write_published_totals(document jsonb) returns void
language plpgsql
as $$
begin
  delete from core.inspectorate_year;
  insert into core.inspectorate_year (inspectorate_year, published_from, published_until)
  select one ->> 'year', (one ->> 'published_from')::date, (one ->> 'published_until')::date
  from jsonb_array_elements(document -> 'years') as one;
  insert into core.published_total (inspectorate_year, rating, or_better, inspections, percent)
  select one ->> 'year', 'all', false, (one ->> 'inspections')::smallint, null::numeric
  from jsonb_array_elements(document -> 'years') as one
  where one ? 'inspections'
  union all
  select one ->> 'year', rating, false, number::smallint, null
  from jsonb_array_elements(document -> 'years') as one
  cross join jsonb_each_text(one -> 'ratings') as with_it (rating, number)
  union all
  select one ->> 'year', rating, true, null, share::numeric
  from jsonb_array_elements(document -> 'years') as one
  cross join jsonb_each_text(one -> 'at_least') as with_it_or_better (rating, share);
end
$$;
comment on function rating.write_published_totals(jsonb) is 'Replaces the totals that the Inspectorate published.';
