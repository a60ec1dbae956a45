-- Takes away what was known by its publication of inspections that are known by their fieldwork now
-- What tables of ratings said of them stays, beside the report (core.listed_figure). The loader calls it after it has written the inspections
-- of the given keys, in the same transaction.
create function rating.remove_superseded(ids bigint[]) returns void
language plpgsql as $$
begin
  insert into core.listed_figure (inspection_id, code, rating, not_rated, score, out_of, score_percent, source, certainty)
  select superseded.inspection_id, said.code, said.rating, said.not_rated, said.score, said.out_of, said.score_percent, source, certainty
  from rating.superseded_publication as superseded
  join rating.published_figure as said on said.inspection_id = superseded.superseded_id
  where superseded.inspection_id = any (ids) and superseded.is_listed_only
  on conflict do nothing;
  delete from core.inspection
  where inspection_id in (select superseded_id from rating.superseded_publication as superseded where superseded.inspection_id = any (ids));
end
$$;
comment on function rating.remove_superseded(bigint[]) is 'Takes away inspections that are known better now from a report with its fieldwork; keeps what tables of ratings said of them.';
