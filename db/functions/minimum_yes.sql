-- The smallest number of yes, of base cases, whose percentage reaches from_percent: rating.percentage() solved for yes.
-- band_on 'exact' compares the fraction itself. NULL when the base is unknown.
create function rating.minimum_yes(from_percent integer, base integer, rounding text, band_on text) returns integer
language sql immutable parallel safe
return case
  when from_percent <= 0 then 0 * base
  when band_on = 'exact' or rounding = 'down' then (from_percent * base + 99) / 100
  when rounding = 'up' then (from_percent - 1) * base / 100 + 1
  when rounding = 'half up' or from_percent % 2 = 0 then ((2 * from_percent - 1) * base + 199) / 200
  else (2 * from_percent - 1) * base / 200 + 1
end;
comment on function rating.minimum_yes(integer, integer, text, text) is
  'Smallest number of yes in base cases whose percentage reaches from_percent under the rounding and banding rules.';
