-- Yes as a printed percentage implies it: the only whole number of base cases that gives it. NULL where none does, or more than one.
-- A query of its own, which the planner leaves as it is: a view that shows many figures of such a count would be planned with all of
-- this in place of each. Not in PL/pgSQL, which looks functions up when it is called, in a schema that readers may not look into.
create function rating.yes_implied(printed_percent integer, base integer, rounding text) returns integer
language sql immutable parallel safe
return (
  select case
    when base > 0 and least(rating.minimum_yes(printed_percent + 1, base, rounding, 'rounded'), base + 1) - fewest = 1 then fewest
  end
  from (select rating.minimum_yes(printed_percent, base, rounding, 'rounded') as fewest) as least_number
);
comment on function rating.yes_implied(integer, integer, text) is
  'The only whole number of yes in base cases that a printed percentage is, or NULL.';
