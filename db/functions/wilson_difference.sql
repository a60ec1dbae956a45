-- The interval of the difference of two independent proportions, first less second, in percentage points, for the normal quantile z:
-- Newcombe's hybrid score interval, from the Wilson intervals of the two (R. G. Newcombe, "Interval estimation for the difference
-- between independent proportions: comparison of eleven methods", Statistics in Medicine 17, 1998, 873-890: method 10).
-- NULL when a count is unknown or a base is 0.
create function rating.difference_low(yes1 integer, base1 integer, yes2 integer, base2 integer, z double precision) returns double precision
language sql immutable parallel safe
return 100.0::double precision * yes1 / nullif(base1, 0) - 100.0::double precision * yes2 / nullif(base2, 0)
  - sqrt(
    power(100.0::double precision * yes1 / nullif(base1, 0) - rating.wilson_low(yes1, base1, z), 2)
    + power(rating.wilson_high(yes2, base2, z) - 100.0::double precision * yes2 / nullif(base2, 0), 2)
  );
comment on function rating.difference_low(integer, integer, integer, integer, double precision) is
  'Lower end of Newcombe''s interval of the difference of two proportions, in percentage points.';

create function rating.difference_high(yes1 integer, base1 integer, yes2 integer, base2 integer, z double precision) returns double precision
language sql immutable parallel safe
return 100.0::double precision * yes1 / nullif(base1, 0) - 100.0::double precision * yes2 / nullif(base2, 0)
  + sqrt(
    power(rating.wilson_high(yes1, base1, z) - 100.0::double precision * yes1 / nullif(base1, 0), 2)
    + power(100.0::double precision * yes2 / nullif(base2, 0) - rating.wilson_low(yes2, base2, z), 2)
  );
comment on function rating.difference_high(integer, integer, integer, integer, double precision) is
  'Upper end of Newcombe''s interval of the difference of two proportions, in percentage points.';
