-- migrate:up
-- Stored, so that trends need not compute it for every row that they sum, and the server knows how many years there are.
alter table core.inspection
  add column year integer
    generated always as (coalesce(extract(year from fieldwork_start)::integer, published_year::integer)) stored;
comment on column core.inspection.year is 'Year of fieldwork; of publication where fieldwork is not known.';

-- migrate:down
do $$
declare
  made text;
begin
  for made in
    select format('drop %s %s', kind, string_agg(name, ', ')) from core.made_object group by kind order by kind desc
  loop
    execute made;
  end loop;
  delete from core.made_object;
  delete from core.load where kind = 'views';
end
$$;

alter table core.inspection drop column year;
