-- The whole-number percentage that an edition publishes for yes of base cases, in integers throughout.
-- NULL when a count is unknown or the base is 0: no case, no percentage.
create function rating.percentage(yes integer, base integer, rounding text) returns integer
language sql immutable parallel safe
return case rounding
  when 'down' then 100 * yes / nullif(base, 0)
  when 'up' then (100 * yes + base - 1) / nullif(base, 0)
  when 'half up' then (200 * yes + base) / nullif(2 * base, 0)
  when 'half even' then
    (200 * yes + base) / nullif(2 * base, 0)
    -- exactly halfway, half up has gone up: step back where that landed on an odd number
    - case when (200 * yes + base) % nullif(2 * base, 0) = 0 then (200 * yes + base) / nullif(2 * base, 0) % 2 else 0 end
end;
comment on function rating.percentage(integer, integer, text) is
  'Whole-number percentage of yes in base cases under a rounding rule; NULL when unknown or the base is 0.';

-- Yes as a printed percentage implies it: the only whole number of base cases that gives it. NULL where none does, or more than one.
-- A query of its own, which the planner leaves as it is: a view that shows many figures of such a count would be planned with all of
-- this in place of each. Not in PL/pgSQL, which looks functions up when it is called, in a schema that readers may not look into.
create function rating.implied_yes(printed_percent integer, base integer, rounding text) returns integer
language sql immutable parallel safe
return (
  select case
    when base > 0 and least(rating.minimum_yes(printed_percent + 1, base, rounding, 'rounded'), base + 1) - fewest = 1 then fewest
  end
  from (select rating.minimum_yes(printed_percent, base, rounding, 'rounded') as fewest) as least_number
);
comment on function rating.implied_yes(integer, integer, text) is
  'The only whole number of yes in base cases that a printed percentage is, or NULL.';
