-- Published counts and percentages, held against what is computed
-- One row: a published figure (counts, or a percentage) of a key question or prompt; a count in running text, where no figure is
-- printed beside it.
-- Rule: with case answers (or, for a percentage, with counts) the figure is computed and compared; a percentage that is
-- itself the evidence is tested for a whole number of cases: on the edition's base rounded, on it truncated, on another base.
-- What can't be is denied by itself: more yes than relevant cases, or more of either than the sample has. Of counts of which one is lost the other is compared; a count in running text is compared with what is printed, both numbers.
-- computed is NULL when nothing can be.
create view rating.reconciled_question as
with printed as (
  select
    result.inspection_id,
    result.question_id,
    result.relevant as published_relevant,
    result.yes as published_yes,
    result.percent as published_percent,
    result.no_relevant_case,
    result.relevant_lost or result.yes_lost as count_lost,
    result.percent_lost,
    result.place,
    prose.yes as prose_yes,
    prose.relevant as prose_relevant,
    false as is_prose
  from core.published_result as result
  left join core.prose_count as prose using (inspection_id, question_id)
  union all
  select
    prose.inspection_id, prose.question_id, null, null, null, false, false, false, prose.place, prose.yes, prose.relevant, true
  from core.prose_count as prose
  where not exists (
    select
    from core.published_result as beside
    where beside.inspection_id = prose.inspection_id and beside.question_id = prose.question_id
  )
),
figure as (
  select
    result.*,
    printed.published_relevant,
    printed.published_yes,
    printed.published_percent,
    printed.no_relevant_case,
    printed.count_lost,
    printed.percent_lost,
    printed.place,
    printed.is_prose,
    printed.prose_yes,
    printed.prose_relevant,
    -- more than what it is part of
    case
      when printed.published_yes > printed.published_relevant
        then 'yes ' || printed.published_yes || ' is more than ' || printed.published_relevant || ' relevant cases'
      when greatest(printed.published_yes, printed.published_relevant) > result.inspected
        then greatest(printed.published_yes, printed.published_relevant) || ' is more than the ' || result.inspected || ' cases of the sample'
    end as denied_by_itself,
    printed.prose_yes || coalesce(' of ' || printed.prose_relevant, '') as prose,
    fraction.on_base,
    fraction.truncated,
    fraction.other_base
  from printed
  join rating.question_percentage as result using (inspection_id, question_id)
  -- fractions that could have produced a printed percentage, of the row's own figures
  left join lateral (
    select
      string_agg(yes || '/' || cases, ', ' order by cases desc) filter (where is_base and is_rounded) as on_base,
      string_agg(yes || '/' || cases, ', ' order by cases desc) filter (where is_base and not is_rounded) as truncated,
      string_agg(yes || '/' || cases, ', ' order by cases desc) filter (where not is_base and is_rounded) as other_base
    from (
      select
        cases,
        is_rounded,
        case when is_rounded then result.rounding else 'down' end as rounding,
        -- where the relevant cases are not known, every number of cases could be the edition's base
        coalesce(cases = result.base_count, true) as is_base,
        -- the yes beside it where that is legible, else the fewest
        coalesce(
          result.yes,
          rating.minimum_yes(result.printed_percent, cases, case when is_rounded then result.rounding else 'down' end, 'rounded')
        ) as yes
      from unnest(array[true, false]) as way (is_rounded)
      cross join lateral generate_series(
        greatest(1, result.yes), case when result.printed_percent is not null then result.inspected end
      ) as cases
    ) as possible
    where rating.percentage(yes, cases, rounding) = result.printed_percent
      and (is_rounded or rating.percentage(yes, cases, result.rounding) <> result.printed_percent)
  ) as fraction on true
)
select
  figure.service_id,
  figure.inspection_id,
  figure.question_id,
  figure.level,
  figure.question_code as code,
  compared.published,
  compared.computed,
  compared.status,
  nullif(compared.explanation, '') as explanation,
  figure.place
from figure
cross join lateral (
  -- counts, of which one may be lost: no relevant case is 0 of 0
  select
    case
      when no_relevant_case then 'N/A'
      else coalesce(published_yes::text, 'lost') || ' of ' || coalesce(published_relevant::text, 'lost')
    end as published,
    case
      when evidence_rank = 0 and no_relevant_case and relevant = 0 then 'N/A'
      when relevant is not null and yes is not null then yes || ' of ' || relevant
    end as computed,
    case
      when denied_by_itself is not null then 'disagrees'
      when evidence_rank = 0 and (legible_yes <> yes or legible_relevant <> relevant) then 'disagrees'
      when prose_yes <> legible_yes or prose_relevant <> legible_relevant or prose_yes > prose_relevant then 'disagrees'
      when count_lost then 'not computable'
      else 'agrees'
    end as status,
    concat_ws('; ',
      denied_by_itself,
      case
        when count_lost then 'a cell is lost in the source and is not guessed'
        when evidence_rank > 0 and denied_by_itself is null then 'the published counts are the evidence'
      end,
      case
        when prose_yes <> legible_yes or prose_relevant <> legible_relevant or prose_yes > prose_relevant then 'the running text gives ' || prose
      end
    ) as explanation
  from (
    values (
      case when no_relevant_case then 0 else published_yes end,
      case when no_relevant_case then 0 else published_relevant end
    )
  ) as legible (legible_yes, legible_relevant)
  where no_relevant_case or count_lost or coalesce(published_relevant, published_yes) is not null
  union all
  -- a percentage
  select
    coalesce(published_percent || '%', 'lost'),
    case
      when percent_lost then null
      when evidence_rank < 2 then coalesce(yes || ' of ' || base_count || ', ' || percent || '%', 'no percentage')
      else coalesce(on_base, truncated || ' truncated', other_base || ' on another base')
    end,
    case
      when percent_lost then 'not computable'
      when denied.by_prose then 'disagrees'
      when evidence_rank < 2 then case
        when percent is null then case
          -- of cases that are not known, but are not fewer than the relevant ones
          when published_percent > coalesce(rating.percentage(yes, relevant, 'up'), case when 0 in (relevant, inspected) then 0 end) then 'disagrees'
          else 'not computable'
        end
        when percent = published_percent then 'agrees'
        when rating.percentage(yes, base_count, 'down') = published_percent then 'agrees truncated'
        when published_percent in (percent_of_relevant, percent_of_inspected) then 'agrees on another base'
        else 'disagrees'
      end
      when inspected is null then 'not computable'
      when on_base is not null then 'agrees'
      when truncated is not null then 'agrees truncated'
      when other_base is not null then 'agrees on another base'
      else 'disagrees'
    end,
    concat_ws('; ',
      case
        when percent_lost then 'the percentage is lost in the source and is not guessed'
        when evidence_rank < 2 and 0 in (relevant, inspected) then 'no relevant case'
        when evidence_rank < 2 or on_base is not null then null
        when inspected is null then 'the number of inspected cases is not known'
        else concat_ws('; ',
          'no whole number of ' || coalesce(base_count::text, 'the') || ' cases rounds to ' || published_percent || '%',
          'truncated: ' || truncated,
          'on another base: ' || other_base
        )
      end,
      case
        when not percent_lost and (prose_yes <> counted_yes or on_base is null or denied.by_prose) then 'the running text gives ' || prose
      end
    )
  from (
    -- whether no number of cases that the count in running text can be of gives the percentage
    select
      coalesce(prose_yes > prose_relevant, false) or prose_yes is not null
        and inspected is not null
        and not exists (
          select
          from generate_series(greatest(prose_yes, prose_relevant, 1)::integer, inspected) as cases
          where published_percent in (
            rating.percentage(prose_yes::integer, cases, rounding), rating.percentage(prose_yes::integer, cases, 'down')
          )
        ) as by_prose
  ) as denied
  where percent_lost or published_percent is not null
  union all
  -- a count in running text alone, beside case answers or a sample of no cases: nothing else is known without a printed figure
  select
    prose,
    yes || ' of ' || relevant,
    case
      when prose_yes > prose_relevant or prose_yes <> yes or prose_relevant <> relevant then 'disagrees'
      else 'agrees'
    end,
    'in the running text'
  where is_prose
) as compared;

comment on view rating.reconciled_question is 'A published count or percentage of a question, held against what is computed.';
