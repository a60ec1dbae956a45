-- What is kept between the evidence and the public views, filled from the views
-- For whoever changes evidence by SQL there is one function to call afterwards, in the same transaction:
--   select rating.renew(inspection_id);
-- and rating.renew() without a key for all inspections. It counts the answers, rates the standards, and records the ratings where
-- they have become others. A change of rules calls rating.rate_edition by itself.

create function rating.renew(ids bigint[], why text default 'computed anew', loads bigint[] default null) returns void
language plpgsql
as $$
begin
  perform rating.count_answers(ids);
  if cardinality(ids) > 20 then
    perform core.analyze_loaded();
  end if;
  perform rating.rate(ids);
  perform rating.record_ratings(ids, why, loads);
end
$$;
comment on function rating.renew(bigint[], text, bigint[]) is 'Counts, rates and records inspections after a change of their evidence.';

create function rating.renew(inspection_id bigint) returns void
language sql
as $$
  select rating.renew(array[inspection_id], 'computed anew', null)
$$;
comment on function rating.renew(bigint) is 'Counts, rates and records an inspection after a change of its evidence by SQL.';

create function rating.renew() returns void
language sql
as $$
  select rating.renew(array(select inspection_id from core.inspection order by inspection_id), 'computed anew', null)
$$;
comment on function rating.renew() is 'Counts, rates and records all inspections after changes of evidence by SQL.';
