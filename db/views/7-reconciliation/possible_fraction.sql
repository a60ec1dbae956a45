-- Fractions that could have produced a printed percentage
-- One row: an inspection and a question with a printed percentage, for each number of cases up to those inspected that
-- some whole number of yes turns into the printed figure, rounded as the edition says or truncated.
-- Rule: a printed percentage is worth testing; is_edition_base says whether that number of cases is the edition's base
-- (when the relevant cases are not known, every number of cases could be). Where the yes beside it is legible, it is that yes.
-- Never NULL; no row when the number of inspected cases is not known.
create view rating.possible_fraction as
with tried as (
  select
    result.service_id,
    result.inspection_id,
    result.question_id,
    result.printed_percent,
    result.rounding,
    result.inspected,
    result.base_count,
    cases,
    coalesce(result.yes, rating.minimum_yes(result.printed_percent, cases, result.rounding, 'rounded')) as yes_rounded,
    coalesce(result.yes, rating.minimum_yes(result.printed_percent, cases, 'down', 'rounded')) as yes_truncated
  from rating.question_percentage as result
  cross join lateral generate_series(greatest(1, result.yes), result.inspected) as cases
  where result.printed_percent is not null
),
found as (
  select service_id, inspection_id, question_id, base_count, cases, yes_rounded as yes, true as is_rounded
  from tried
  where rating.percentage(yes_rounded, cases, rounding) = printed_percent
  union all
  select service_id, inspection_id, question_id, base_count, cases, yes_truncated, false
  from tried
  where rating.percentage(yes_truncated, cases, 'down') = printed_percent
    and rating.percentage(yes_truncated, cases, rounding) <> printed_percent
)
select
  service_id,
  inspection_id,
  question_id,
  yes,
  cases,
  is_rounded,
  coalesce(cases = base_count, true) as is_edition_base
from found;

comment on view rating.possible_fraction is
  'An inspection, a question and a whole-case fraction that could have produced its printed percentage.';
comment on column rating.possible_fraction.yes is 'Yes (cases) in the fraction; the fewest, where several give the printed figure.';
comment on column rating.possible_fraction.cases is 'Cases that the fraction is taken of.';
comment on column rating.possible_fraction.is_rounded is 'true when the edition''s rounding gives the figure, false when only truncation does.';
comment on column rating.possible_fraction.is_edition_base is 'Whether the number of cases is, or may be, the edition''s base.';
