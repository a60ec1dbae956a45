-- Series of questions over editions
-- One row: a question of any edition.
-- Rule: a question belongs to the series of the question that continues it, to the newest; no relation but 'continues' joins. The series
-- goes by that question, as its edition and code. What the same code asks in another edition may be of another series: this is what one
-- groups by.
-- It is broken when the crosswalk does not continue an earlier edition's question in it, when that question, or the key question that
-- it stands below, was asked of other cases, or when the percentages of that edition's last rules are taken of other cases than those of
-- its own first rules, or nobody knows of which: the first of these is given. A question of the first edition is not broken: there is nothing before.
-- continued_question_id is NULL where a series begins, broken_because where it goes on. What table kept.question_series keeps.
create view rating.question_series as
with recursive member as (
  select question_id, question_id as series_question_id
  from core.question
  where question_id not in (select from_question_id from core.crosswalk where relation = 'continues')
  union all
  select crosswalk.from_question_id, member.series_question_id
  from member
  join core.crosswalk on crosswalk.to_question_id = member.question_id and crosswalk.relation = 'continues'
),
edition_base as (
  select
    edition_code,
    level,
    min(effective_from) as effective_from,
    (array_agg(base order by effective_from) filter (where base is not null))[1] as first_base,
    (array_agg(base order by effective_from desc) filter (where base is not null))[1] as last_base
  from core.rule_set
  cross join (select distinct level from core.question) as levels
  left join core.percentage_base using (rule_set_id, edition_code, level)
  group by edition_code, level
)
select
  member.series_question_id,
  newest.edition_code || ' ' || newest.question_code as question_series,
  question.question_id,
  question.edition_code,
  question.level,
  crosswalk.from_question_id as continued_question_id,
  case
    when crosswalk.from_question_id is null then
      case when own.effective_from > min(own.effective_from) over (partition by question.level) then 'continues no question' end
    when question.applies_when is distinct from continued.applies_when or parent.applies_when is distinct from continued_parent.applies_when
      then 'asked of other cases'
    when own.first_base is distinct from earlier.last_base then 'percentages published of other cases'
  end as broken_because
from member
join core.question using (question_id)
join core.question as newest on newest.question_id = member.series_question_id
join edition_base as own on own.edition_code = question.edition_code and own.level = question.level
left join core.crosswalk on crosswalk.to_question_id = question.question_id and crosswalk.relation = 'continues'
left join core.question as parent on parent.question_id = question.parent_question_id
left join core.question as continued on continued.question_id = crosswalk.from_question_id
left join core.question as continued_parent on continued_parent.question_id = continued.parent_question_id
left join edition_base as earlier on earlier.edition_code = continued.edition_code and earlier.level = continued.level;

comment on view rating.question_series is 'A question with the series over editions that it belongs to.';
comment on column rating.question_series.series_question_id is 'Key of the newest question of the series, which names it.';
comment on column rating.question_series.continued_question_id is 'Key of the earlier edition''s question that it continues; NULL where the series begins.';
comment on column rating.question_series.broken_because is 'Why figures of its edition do not go on from the edition before; NULL where they do.';
