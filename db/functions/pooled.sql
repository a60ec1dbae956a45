-- Intervals of percentages that are pooled over inspections
-- Answers of one inspection are alike, so that those of many are worth fewer than as many independent ones. The variance of the
-- ratio yes / relevant is estimated between inspections (the ratio estimator, linearised; inspections as clusters); the design effect is
-- that over the variance of as many independent answers. The interval is Wilson's, on the effective number of answers: relevant over
-- the design effect, and over (t / z) squared for the degrees of freedom, one fewer than inspections. So E. L. Korn and B. I. Graubard
-- ("Confidence intervals for proportions with small expected number of positive counts estimated from survey data", Survey
-- Methodology 24, 1998, 193-201) do it for the interval of Clopper and Pearson, which would be wider than its name; that Wilson's does as well
-- on the effective number is what N. Dean and M. Pagano ("Evaluating confidence interval methods for binomial proportions in
-- clustered surveys", Journal of Survey Statistics and Methodology 3, 2015, 484-503) find.

-- Never less than 1: fewer answers than there are can't be known better. NULL for one inspection, and for no yes or nothing but yes.
create function rating.design_effect(
  inspections integer, yes integer, relevant integer, yes_squares bigint, products bigint, relevant_squares bigint
) returns double precision
language sql immutable parallel safe
return case
  when inspections > 1 and yes > 0 and yes < relevant then greatest(
    1,
    inspections::double precision / (inspections - 1)
      * (yes_squares - 2 * (yes::double precision / relevant) * products + power(yes::double precision / relevant, 2) * relevant_squares)
      / (yes::double precision * (relevant - yes) / relevant)
  )
end;
comment on function rating.design_effect(integer, integer, integer, bigint, bigint, bigint) is
  'How many times the variance of yes / relevant between inspections is that of as many independent answers; NULL where it can''t be estimated.';

-- Of a class of cases that is found in all inspections (girls, say), an inspection has few: their answers are worth more than those of as many
-- cases of few inspections. L. Kish and M. R. Frankel ("Inference from complex samples", Journal of the Royal Statistical Society B 36,
-- 1974, 1-37): what the design effect is above 1 shrinks in proportion to the class. So it follows from sums, and tells nothing of one inspection.
create function rating.class_design_effect(design_effect double precision, of_class integer, relevant integer)
returns double precision
language sql immutable parallel safe
return 1 + (design_effect - 1) * of_class / nullif(relevant, 0);
comment on function rating.class_design_effect(double precision, integer, integer) is
  'Design effect of the answers of a class of cases, of that of all relevant cases and how many of them are of the class.';

-- Student's t: exact for 1 and 2 degrees of freedom, beyond them by the expansion of Cornish and Fisher about the normal quantile z
-- (right within 0.4% at 95% and 3 degrees).
create function rating.student_quantile(level double precision, z double precision, degrees integer) returns double precision
language sql immutable parallel safe
return case
  when degrees = 1 then tan(pi() * level / 200)
  when degrees = 2 then level / 100 * sqrt(2 / (1 - power(level / 100, 2)))
  else z
    + (power(z, 3) + z) / (4 * degrees)
    + (5 * power(z, 5) + 16 * power(z, 3) + 3 * z) / (96 * power(degrees, 2))
    + (3 * power(z, 7) + 19 * power(z, 5) + 17 * power(z, 3) - 15 * z) / (384 * power(degrees, 3))
    + (79 * power(z, 9) + 776 * power(z, 7) + 1482 * power(z, 5) - 1920 * power(z, 3) - 945 * z) / (92160 * power(degrees, 4))
end;
comment on function rating.student_quantile(double precision, double precision, integer) is
  'Quantile of Student''s t for a two-sided level in percent, whose normal quantile is z.';

-- One inspection alone has its design effect unknown: its answers stand for themselves. NULL when a count is unknown or nothing is relevant.
create function rating.effective_number(
  relevant integer, design_effect double precision, inspections integer, level integer, z double precision
) returns double precision
language sql immutable parallel safe
return nullif(relevant, 0) / coalesce(design_effect, 1)
  * power(z / case when design_effect is null then z else rating.student_quantile(level, z, inspections - 1) end, 2);
comment on function rating.effective_number(integer, double precision, integer, integer, double precision) is
  'How many independent answers those of several inspections are worth, for an interval at a level in percent.';

-- Bodies are parsed when they are made: who reads a view needs no right on what its functions call.
create function rating.wilson_end(share double precision, number double precision, z double precision, side integer)
returns double precision
language sql immutable parallel safe
return 100 * (share + z * z / (2 * number) + side * z * sqrt(share * (1 - share) / number + z * z / (4 * number * number)))
  / (1 + z * z / number);
comment on function rating.wilson_end(double precision, double precision, double precision, integer) is
  'Lower (side -1) or upper (side 1) end of the Wilson interval of a share of a number that need not be whole, in percent.';

create function rating.pooled_low(
  yes integer, relevant integer, design_effect double precision, inspections integer, level integer, z double precision
) returns double precision
language sql immutable parallel safe
return case
  when yes = 0 and relevant > 0 then 0
  else rating.wilson_end(
    yes::double precision / nullif(relevant, 0),
    rating.effective_number(relevant, design_effect, inspections, level, z),
    z,
    -1
  )
end;
comment on function rating.pooled_low(integer, integer, double precision, integer, integer, double precision) is
  'Lower end of the Wilson interval on the effective number of answers, in percent.';

create function rating.pooled_high(
  yes integer, relevant integer, design_effect double precision, inspections integer, level integer, z double precision
) returns double precision
language sql immutable parallel safe
return case
  when yes = relevant and relevant > 0 then 100
  else rating.wilson_end(
    yes::double precision / nullif(relevant, 0),
    rating.effective_number(relevant, design_effect, inspections, level, z),
    z,
    1
  )
end;
comment on function rating.pooled_high(integer, integer, double precision, integer, integer, double precision) is
  'Upper end of the Wilson interval on the effective number of answers, in percent.';
