-- Whether something is in force on a day: rules, questions, names of services, the authorities that they work for.
-- Half open, as date ranges are. With coalesce the planner takes every other row to be in force, where it would take one in a
-- thousand, and begin with a join of everything with everything.
create function rating.holds(span daterange, day date) returns boolean
language sql immutable parallel safe
return coalesce(span @> day, false);
comment on function rating.holds(daterange, date) is 'Whether a day is within a time; false when either is not known.';
