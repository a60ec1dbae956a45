-- Dates as exactly as they are known
-- 2019-04-01, 2019-04 or 2019: tables keep the first day that it may be, and how exactly it is known ('day' where there is none).
-- NULL for NULL.

create function rating.first_day(known text) returns date
language sql immutable parallel safe
return (known || substr('-01-01', length(known) - 3))::date;
comment on function rating.first_day(text) is 'First day that a date may mean, which is known as a day, a month or a year.';

create function rating.precision_of(known text) returns text
language sql immutable parallel safe
return case length(known) when 4 then 'year' when 7 then 'month' else 'day' end;
comment on function rating.precision_of(text) is 'How exactly a date is known: day, month, year; day where there is none.';

create function rating.known_date(first_day date, known_to text) returns text
language sql immutable parallel safe
return left(first_day::text, case known_to when 'year' then 4 when 'month' then 7 else 10 end);
comment on function rating.known_date(date, text) is 'A date as exactly as it is known, such as 2019-04, of its first day.';
