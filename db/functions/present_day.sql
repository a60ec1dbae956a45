-- The day that "today" means in views: days since the last inspection are counted to it, and a service, its name or its authority is
-- current when it is so on it. It is the clock's, unless the session has set yot_ratings.day: a file of the data is of one day,
-- and has to be the same whenever it is written.
create function rating.present_day() returns date
language sql stable parallel safe
return coalesce(nullif(current_setting('yot_ratings.day', true), '')::date, current_date);
comment on function rating.present_day() is
  'The day that days are counted to: today, or what the session has set as yot_ratings.day, as exports and books do.';
