-- Which standards of two editions correspond
-- One row: a standard of an edition, and the one of an edition (its own among them) that it corresponds to.
-- Rule: of all standards of the other edition it shares the most key questions with that one, as the crosswalk says, and that one of all
-- standards of the first with it; and both are rated in the same way, from cases or by judgement. A standard corresponds to itself.
-- Never NULL.
create view rating.standard_counterpart as
select own.edition_code, own.standard_code, own.from_edition_code as other_edition_code, own.from_standard_code as other_standard_code
from rating.standard_continuation as own
join rating.standard_continuation as back
  on (back.edition_code, back.standard_code) = (own.from_edition_code, own.from_standard_code)
  and (back.from_edition_code, back.from_standard_code) = (own.edition_code, own.standard_code)
join core.standard on (standard.edition_code, standard.standard_code) = (own.edition_code, own.standard_code)
join core.standard as other on (other.edition_code, other.standard_code) = (own.from_edition_code, own.from_standard_code)
where standard.basis = other.basis;

comment on view rating.standard_counterpart is 'A standard of an edition with the standard of another edition that it corresponds to, one to one.';
comment on column rating.standard_counterpart.other_edition_code is 'Edition of the standard that it corresponds to.';
comment on column rating.standard_counterpart.other_standard_code is 'Code of the standard that it corresponds to.';
