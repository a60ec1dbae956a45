-- What loaded inspections use of their editions
-- One row: a rating, standard, domain, question, sample, kind of case, value of an attribute or programme of an edition that some
-- inspection has something of.
-- Rule: of such a part an edition may change the words; it may neither lose it nor rate it otherwise.
-- rated_by is NULL but for a standard, and for a question of a sample.
create view rating.edition_part_in_use as
with ratings as not materialized (
  select inspection_id, rating, standard_code from core.published_standard_rating
  union all select inspection_id, rating, standard_code from core.qualitative_rating
  union all select inspection_id, rating, null from core.published_overall
  union all select inspection_id, rating, null from core.judged_question
  union all select inspection_id, from_rating, standard_code from core.panel_decision
  union all select inspection_id, to_rating, standard_code from core.panel_decision
),
about as not materialized (
  select inspection_id, standard_code, domain_code from core.context_fact
  union all select inspection_id, standard_code, domain_code from core.finding
  union all select inspection_id, null, domain_code from core.recommendation
),
questions as not materialized (
  select question_id from core.published_result
  union all select question_id from core.prose_count
  union all select question_id from core.judged_question
  union all select question_id from kept.answer_count
),
kinds as not materialized (
  select sample_id, kind from core.sample_kind
  union all select sample_id, kind from core.inspected_case
  union all select sample_id, null from core.inspection_sample where cases is not null
)
select edition_code, 'rating' as kind, rating as name, null::text as rated_by
from ratings join core.inspection using (inspection_id)
where rating is not null
union
select edition_code, 'standard', standard_code, basis
from (select inspection_id, standard_code from ratings union all select inspection_id, standard_code from about) as named
join core.inspection using (inspection_id)
join core.standard using (edition_code, standard_code)
union
select edition_code, 'domain', domain_code, null
from about join core.inspection using (inspection_id)
where domain_code is not null
union
select question.edition_code, 'question', question_code, sample
from core.question
left join core.sample using (sample_id)
where question_id in (select question_id from questions)
union
select edition_code, 'sample', sample, null
from core.sample
where sample_id in (select sample_id from kinds)
union
select edition_code, 'kind of case', kind || ' of sample ' || sample, null
from kinds join core.sample using (sample_id)
where kind is not null
union
select edition_code, 'value', value || ' of ' || key, null
from core.inspected_case
join core.inspection using (inspection_id)
cross join jsonb_each_text(attributes)
union
select edition_code, 'programme', programme, null
from core.inspection
where programme is not null;

comment on view rating.edition_part_in_use is 'Something of an edition that a loaded inspection uses.';
comment on column rating.edition_part_in_use.edition_code is 'Code of the edition.';
comment on column rating.edition_part_in_use.kind is
  'What it is: rating, standard, domain, question, sample, kind of case, value, programme.';
comment on column rating.edition_part_in_use.name is
  'Its code or word; of a kind of case with its sample, of a value with its attribute.';
comment on column rating.edition_part_in_use.rated_by is
  'Of a standard its basis, of a question its sample; NULL of all others, and of a question that is judged.';
