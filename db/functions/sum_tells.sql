-- Whether sums of answers tell too much of those that are hidden
-- Who takes from the sums what is open inspection by inspection is left with sums over the hidden inspections, whose totals are published.
-- Values that are protected are one with each other to him. So yes and no, where there is one among the hidden answers, have to be
-- found in so many of these inspections, and in each value that is shown and in the protected ones together; and each of these needs
-- many relevant cases: they are of many inspections, so the number times itself. Otherwise it would be told which had but one answer.
-- That a question applied to all cases of a value, over many inspections, may be told: it says nothing of what was done for them.
-- Where none of the hidden cases was relevant there is nothing to tell.
create function rating.sum_tells(
  fewest integer,
  yes integer, no integer,
  yes_inspections integer, no_inspections integer,
  least_yes integer, least_no integer, least_relevant integer
) returns boolean
language sql immutable parallel safe
return yes + no > 0
  and (
    (yes > 0 and (yes_inspections < fewest or least_yes = 0))
    or (no > 0 and (no_inspections < fewest or least_no = 0))
    or least_relevant < fewest * fewest
  );
comment on function rating.sum_tells(integer, integer, integer, integer, integer, integer, integer, integer) is
  'Whether the sums of hidden answers are of too few inspections, or the least of what is shown apart is of too few cases.';
