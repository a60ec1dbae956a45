-- Wilson score interval of a population of known size, of which base cases were drawn without replacement, in percent.
-- The variance of the share of yes in such a sample is p (1 - p) / n * (N - n) / (N - 1): W. G. Cochran, Sampling Techniques,
-- third edition (1977), section 3.2. With it in place of p (1 - p) / n, Wilson's test is solved as before, so that his interval
-- stands with n' = n (N - 1) / (N - n) for n at the same share of yes; multiplied out, with z * sqrt((N - n) / (N - 1)) for z.
-- An endless population gives Wilson's interval; a census, N = n, gives the share of yes itself.
-- NULL when a count or the population is unknown, the base is 0, or the population is smaller than the sample.
create function rating.population_z(base integer, population integer, z double precision) returns double precision
language sql immutable parallel safe
return case
  when population > base then z * sqrt((population - base)::double precision / (population - 1))
  when population = base then 0 * z
end;
comment on function rating.population_z(integer, integer, double precision) is
  'Quantile z narrowed by the finite population correction of base cases in a population; NULL when that is smaller than the sample.';

create function rating.wilson_low_of_population(yes integer, base integer, population integer, z double precision) returns double precision
language sql immutable parallel safe
return case
  when population >= base then rating.wilson_low(yes, base, rating.population_z(base, population, z))
end;
comment on function rating.wilson_low_of_population(integer, integer, integer, double precision) is
  'Lower end of the Wilson score interval with finite population correction, in percent.';

create function rating.wilson_high_of_population(yes integer, base integer, population integer, z double precision) returns double precision
language sql immutable parallel safe
return case
  when population >= base then rating.wilson_high(yes, base, rating.population_z(base, population, z))
end;
comment on function rating.wilson_high_of_population(integer, integer, integer, double precision) is
  'Upper end of the Wilson score interval with finite population correction, in percent.';
