-- Wilson score interval (E. B. Wilson, 1927) of yes in base cases, in percent, for the normal quantile z.
-- No yes begins at 0 and nothing but yes ends at 100, exactly. NULL when a count is unknown, the base is 0,
-- or there are more yes than cases, as SQL past the loader may say.
create function rating.wilson_low(yes integer, base integer, z double precision) returns double precision
language sql immutable parallel safe
return case
  when base = 0 or base is null or yes > base then null
  when yes = 0 then 0
  else 100 * ((yes + z * z / 2 - z * sqrt(yes::double precision * (base - yes) / base + z * z / 4)) / (base + z * z))
end;
comment on function rating.wilson_low(integer, integer, double precision) is 'Lower end of the Wilson score interval, in percent.';

create function rating.wilson_high(yes integer, base integer, z double precision) returns double precision
language sql immutable parallel safe
return case
  when base = 0 or yes > base then null
  when yes = base then 100
  else 100 * ((yes + z * z / 2 + z * sqrt(yes::double precision * (base - yes) / base + z * z / 4)) / (base + z * z))
end;
comment on function rating.wilson_high(integer, integer, double precision) is 'Upper end of the Wilson score interval, in percent.';
