-- Rules of the schema, asked of the server's catalogue: what each rule is about, and whether it is broken there.

-- a schema has a comment
select nspname as name, obj_description(oid, 'pg_namespace') is null as is_broken
from pg_namespace where nspname in ('core', 'rating', 'analytics');

-- a table of core, and a view of rating and analytics, has a comment
select oid::regclass as name, obj_description(oid, 'pg_class') is null as is_broken
from pg_class
where relkind in ('r', 'p') and relnamespace = 'core'::regnamespace
  or relkind = 'v' and relnamespace in ('rating'::regnamespace, 'analytics'::regnamespace);

-- a function of rating has a comment
select proname as name, obj_description(oid, 'pg_proc') is null as is_broken
from pg_proc where pronamespace = 'rating'::regnamespace;

-- a column of a view has a comment
select relation || '.' || name as name, col_description(relation, number) is null as is_broken
from known_column where relkind = 'v';

-- tables, views and columns are called in snake case
select relation || '.' || name as name,
  (relname || '.' || name) !~ '^[a-z][a-z0-9]*(_[a-z0-9]+)*[.][a-z][a-z0-9]*(_[a-z0-9]+)*$' as is_broken
from known_column;

-- analytics holds views and nothing else
select relname as name, relkind <> 'v' as is_broken from pg_class where relnamespace = 'analytics'::regnamespace
union all
select proname, true from pg_proc where pronamespace = 'analytics'::regnamespace;

-- a column of analytics is of a type that every tool reads, or a list of codes or numbers, which some show as text
select relation || '.' || name as name,
  type not in ('boolean', 'date', 'double precision', 'integer', 'bigint', 'numeric', 'text', 'text[]', 'integer[]')
    as is_broken
from known_column where schema = 'analytics';

-- a view of analytics that is about an inspection has its key, service, edition and year
select about.relation || '.' || wanted.name as name, own.type is distinct from wanted.type as is_broken
from known_column as about
cross join (values ('service', 'text'), ('area', 'text'), ('edition', 'text'), ('fieldwork_start', 'date'),
  ('year', 'integer'), ('published', 'date'), ('is_synthetic', 'boolean')) as wanted (name, type)
left join known_column as own on own.relation = about.relation and own.name = wanted.name
where about.schema = 'analytics' and about.name = 'inspection_id'
  -- there it is the printed figure
  and (about.relation, wanted.name) <> ('analytics.reconciliation'::regclass, 'published');

-- its domain stands beside a standard in analytics, with the titles of both
select relation::text as name,
  not (names @> '{domain,domain_title}' and (names && '{title,standard_title}')) as is_broken
from (select relation, array_agg(name::text) as names from known_column where schema = 'analytics' group by relation)
where 'standard' = any(names);

-- key, region and nation stand beside a service in analytics
select relation::text as name, not names @> '{service_id,region,nation}' as is_broken
from (select relation, array_agg(name::text) as names from known_column where schema = 'analytics' group by relation)
where 'service' = any(names);

-- inspection_id is bigint everywhere, and never null in a large table
select relation::text as name,
  type <> 'bigint' or relation in (select * from large_table) and not is_never_null as is_broken
from known_column where name = 'inspection_id';

-- a key of a large table begins with the inspection; of a foreign key, where what it refers to is of an inspection
select conname as name, first.name <> 'inspection_id' as is_broken
from pg_constraint
join large_table on conrelid = relation
join known_column as first on first.relation = conrelid and number = conkey[1]
where contype in ('p', 'u', 'x')
  or contype = 'f' and confrelid in (select relation from known_column where name = 'inspection_id');

-- an index of a large table begins with the inspection, or with the service that its rows are looked for by
select indexrelid::regclass as name, first.name not in ('inspection_id', 'service_id') as is_broken
from pg_index
join large_table on indrelid = relation
join known_column as first on first.relation = indrelid and number = indkey[0];

-- a large table has no trigger, and no identity that a bulk load would have to work around
select relation::text as name,
  exists (select from pg_trigger where tgrelid = relation and not tgisinternal)
    or exists (select from pg_attribute where attrelid = relation and attidentity <> '') as is_broken
from large_table;

-- an inspection that is deleted takes its answers and figures with it, and a question that has some stays
select conname as name, (confdeltype = 'c')
  <> (confrelid in (select relation from known_column where name = 'inspection_id')) as is_broken
from pg_constraint
where contype = 'f' and conrelid in ('core.answer'::regclass, 'core.published_result'::regclass);

-- a view or a function that asks the clock does so by the day that a session may set
select oid::regclass::text as name, pg_get_viewdef(oid) ~* 'current_(date|time)|localtime|\mnow\(|_timestamp\(' as is_broken
from pg_class where relkind = 'v' and relnamespace in ('rating'::regnamespace, 'analytics'::regnamespace)
union all
select proname, proname <> 'present_day'
  and coalesce(pg_get_function_sqlbody(oid), prosrc) ~* 'current_(date|time)|localtime|\mnow\(|_timestamp\('
from pg_proc where pronamespace = 'rating'::regnamespace;
