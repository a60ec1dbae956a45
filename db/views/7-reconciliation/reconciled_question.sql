-- Published counts and percentages, held against what is computed
-- One row: a published figure (counts, or a percentage) of a key question or prompt.
-- Rule: with case answers (or, for a percentage, with counts) the figure is computed and compared; a percentage that is
-- itself the evidence is tested for a whole number of cases: on the edition's base rounded, on it truncated, on another base.
-- computed is NULL when nothing can be.
create view rating.reconciled_question as
with fraction as (
  select
    service_id,
    inspection_id,
    question_id,
    string_agg(yes || '/' || cases, ', ' order by cases desc) filter (where is_edition_base and is_rounded) as on_base,
    string_agg(yes || '/' || cases, ', ' order by cases desc) filter (where is_edition_base and not is_rounded) as truncated,
    string_agg(yes || '/' || cases, ', ' order by cases desc) filter (where not is_edition_base and is_rounded) as other_base
  from rating.possible_fraction
  group by service_id, inspection_id, question_id
),
figure as (
  select
    result.*,
    printed.relevant as published_relevant,
    printed.yes as published_yes,
    printed.percent as published_percent,
    printed.no_relevant_case,
    printed.relevant_lost or printed.yes_lost as count_lost,
    printed.percent_lost,
    printed.place,
    prose.yes as prose_yes,
    prose.relevant as prose_relevant,
    fraction.on_base,
    fraction.truncated,
    fraction.other_base
  from core.published_result as printed
  join rating.question_percentage as result using (inspection_id, question_id)
  left join core.prose_count as prose using (inspection_id, question_id)
  left join fraction
    on fraction.service_id = result.service_id
    and fraction.inspection_id = result.inspection_id
    and fraction.question_id = result.question_id
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
  -- counts
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
      when count_lost then 'not computable'
      when published_yes is null and published_relevant is null and not no_relevant_case then 'not computable'
      when evidence_rank > 0 then 'agrees'
      when yes = coalesce(published_yes, 0) and relevant = coalesce(published_relevant, 0) then 'agrees'
      else 'disagrees'
    end as status,
    case
      when count_lost then 'a cell is lost in the source and is not guessed'
      when evidence_rank > 0 then 'the published counts are the evidence'
    end as explanation
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
      when evidence_rank < 2 then case
        when percent is null then 'not computable'
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
        when evidence_rank < 2 or on_base is not null then null
        when inspected is null then 'the number of inspected cases is not known'
        else concat_ws('; ',
          'no whole number of ' || coalesce(base_count::text, 'the') || ' cases rounds to ' || published_percent || '%',
          'truncated: ' || truncated,
          'on another base: ' || other_base
        )
      end,
      case when not percent_lost and (prose_yes <> counted_yes or on_base is null)
        then 'the running text gives ' || prose_yes || coalesce(' of ' || prose_relevant, '') end
    )
  where percent_lost or published_percent is not null
) as compared;

comment on view rating.reconciled_question is 'A published count or percentage of a question, held against what is computed.';
