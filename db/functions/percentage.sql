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
