-- What limiting judgements make of the overall rating of a score: the lowest ceiling that one of them sets, and which of several does.
-- A query of its own, which the planner puts in the place of the call: it is of the rows' own arrays alone, and names no table.
create function rating.limits_reached(
  limits jsonb, overall_rank integer, printed_rating text, standards text[], ratings text[], ranks integer[], unrated_becauses text[]
) returns table (ceiling_rank integer, limited_by text, might_be_limited_by text)
language sql immutable parallel safe
begin atomic
  select
    -- the lowest ceiling; the first of several
    (array_agg(limited.ceiling_rank order by limited.ceiling_rank, limited.limit_no) filter (where low >= minimum_standards))[1],
    (array_agg(low_standards || ': overall at most ' || overall_at_most order by limited.ceiling_rank, limited.limit_no)
      filter (where low >= minimum_standards))[1],
    string_agg(unknown_standards, ', ' order by limited.limit_no)
      filter (where low < minimum_standards and low + unknown >= minimum_standards and overall_at_most = limits_reached.printed_rating)
  from (
    select
      limit_rule.limit_no,
      limit_rule.ceiling_rank,
      limit_rule.minimum_standards,
      limit_rule.overall_at_most,
      count(*) filter (where standard.rating_rank <= limit_rule.threshold_rank) as low,
      string_agg(standard.code || ' ' || standard.rating, ', ' order by standard.place)
        filter (where standard.rating_rank <= limit_rule.threshold_rank) as low_standards,
      count(*) filter (where standard.unrated_because = 'not known') as unknown,
      string_agg(standard.code, ', ' order by standard.place) filter (where standard.unrated_because = 'not known') as unknown_standards
    from jsonb_to_recordset(limits_reached.limits) as limit_rule (
      limit_no integer, standards text[], threshold_rank integer, minimum_standards integer, overall_at_most text, ceiling_rank integer
    )
    cross join unnest(limits_reached.standards, limits_reached.ratings, limits_reached.ranks, limits_reached.unrated_becauses)
      with ordinality as standard (code, rating, rating_rank, unrated_because, place)
    where standard.code = any (limit_rule.standards)
      and limit_rule.ceiling_rank < limits_reached.overall_rank
    group by limit_rule.limit_no, limit_rule.ceiling_rank, limit_rule.minimum_standards, limit_rule.overall_at_most
  ) as limited;
end;
comment on function rating.limits_reached(jsonb, integer, text, text[], text[], integer[], text[]) is
  'What limiting judgements make of the overall rating of a score: the lowest ceiling, what sets it, and standards not known that might.';

create function rating.ceiling(limits jsonb, standards text[], ranks integer[]) returns integer
language sql immutable parallel safe
return (
  select min(applied.ceiling_rank)
  from (
    select limit_rule.ceiling_rank
    from jsonb_to_recordset(ceiling.limits) as limit_rule (
      limit_no integer, standards text[], threshold_rank integer, minimum_standards integer, ceiling_rank integer
    )
    cross join unnest(ceiling.standards, ceiling.ranks) as low (code, rating_rank)
    where low.code = any (limit_rule.standards)
      and low.rating_rank <= limit_rule.threshold_rank
    group by limit_rule.limit_no, limit_rule.minimum_standards, limit_rule.ceiling_rank
    having count(*) >= limit_rule.minimum_standards
  ) as applied
);
comment on function rating.ceiling(jsonb, text[], integer[]) is
  'Rank of what limiting judgements leave overall at most, by the ratings of standards that are known; NULL where none holds.';

create function rating.may_be_limited(
  limits jsonb, to_rank integer, standards text[], ranks integer[], unrated_becauses text[]
) returns boolean
language sql immutable parallel safe
return exists (
  select
  from jsonb_to_recordset(may_be_limited.limits) as limit_rule (
    standards text[], threshold_rank integer, minimum_standards integer, ceiling_rank integer
  )
  where limit_rule.ceiling_rank = may_be_limited.to_rank
    and limit_rule.minimum_standards <= (
      select count(*)
      from unnest(may_be_limited.standards, may_be_limited.ranks, may_be_limited.unrated_becauses)
        as possible (code, rating_rank, unrated_because)
      where possible.code = any (limit_rule.standards)
        and (possible.rating_rank <= limit_rule.threshold_rank or possible.unrated_because = 'not known')
    )
);
comment on function rating.may_be_limited(jsonb, integer, text[], integer[], text[]) is
  'Whether a limiting judgement that holds, or might, leaves overall at a rank.';
