-- The financial year of a day, from April to March: 2021/22. A year from January on would be right for no budget and no return.
-- NULL without a day.
create function rating.financial_year(day date) returns text
language sql immutable parallel safe
return extract(year from day - interval '3 months')::integer
  || '/' || lpad((extract(year from day + interval '9 months')::integer % 100)::text, 2, '0');
comment on function rating.financial_year(date) is 'The financial year (April to March) of a day, such as 2021/22; NULL without a day.';
