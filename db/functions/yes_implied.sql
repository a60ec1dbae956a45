-- Yes as a printed percentage implies it: the only whole number of base cases that gives it. NULL where none does, or more than one.
create function rating.yes_implied(printed_percent integer, base integer, rounding text) returns integer
language sql immutable parallel safe
return case
  when base > 0
    and least(rating.minimum_yes(printed_percent + 1, base, rounding, 'rounded'), base + 1)
      - rating.minimum_yes(printed_percent, base, rounding, 'rounded') = 1
    then rating.minimum_yes(printed_percent, base, rounding, 'rounded')
end;
comment on function rating.yes_implied(integer, integer, text) is
  'The only whole number of yes in base cases that a printed percentage is, or NULL.';
