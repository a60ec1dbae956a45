-- Series of standards over editions
-- One row: a standard of an edition.
-- Rule: it goes by the newest standard that continues it, itself where none does, as edition and code. A code may name two: 3.4 of 2018
-- is continued by no other 3.4. This is what one groups by across editions.
-- Never NULL.
create view rating.standard_series as
select distinct on (continued.from_edition_code, continued.from_standard_code)
  continued.from_edition_code as edition_code,
  continued.from_standard_code as standard_code,
  continued.edition_code || ' ' || continued.standard_code as standard_series
from rating.standard_continuation as continued
join (
  select edition_code, min(effective_from) as effective_from
  from core.rule_set
  group by edition_code
) as edition using (edition_code)
order by continued.from_edition_code, continued.from_standard_code, edition.effective_from desc, continued.standard_code;

comment on view rating.standard_series is 'A standard of an edition with the name of the series over editions that it belongs to.';
comment on column rating.standard_series.standard_series is 'Edition and code of the newest standard of the series.';
