-- The lowest band of each standard
-- One row: an inspection and a standard of which anything is known or printed of a key question.
-- Rule: a standard takes the lowest band among its key questions that have a percentage. Whether that is its rating depends on
-- those of which nothing is known: see standard_result.
-- lowest_band, lowest_percent and the key questions are NULL when no key question has a band.
create view rating.standard_lowest as
with banded as (
  select
    service_id,
    inspection_id,
    standard_code,
    count(band)::integer as known,
    (count(*) filter (where relevant = 0))::integer as without_cases,
    max(evidence_rank) as evidence_rank,
    min(band) as lowest_band,
    min(percent) filter (where band is not null) as lowest_percent,
    -- the lowest first; those at the same band and percentage follow it
    array_agg(question_code order by band, percent, position) filter (where band is not null) as codes,
    array_agg(1000 * band + percent order by band, percent, position) filter (where band is not null) as places,
    array_agg(question_code order by position) filter (where band is not null or relevant = 0) as settled
  from rating.key_question_result
  group by service_id, inspection_id, standard_code
)
select
  service_id,
  inspection_id,
  standard_code,
  known,
  without_cases,
  evidence_rank,
  lowest_band,
  lowest_percent,
  codes[1] as driving_key_question,
  nullif(codes[2:cardinality(array_positions(places, places[1]))], '{}') as tied_key_questions,
  settled
from banded;

comment on view rating.standard_lowest is 'An inspection and a standard with the lowest band among its key questions.';
comment on column rating.standard_lowest.known is 'Key questions that have a band (number).';
comment on column rating.standard_lowest.without_cases is 'Key questions without a relevant case (number).';
comment on column rating.standard_lowest.evidence_rank is 'The weakest evidence of a key question, by its rank in core.evidence.';
comment on column rating.standard_lowest.lowest_band is 'Place of the lowest band among those of the rules, 1 the lowest; NULL when no key question has one.';
comment on column rating.standard_lowest.settled is 'Codes of the key questions that have a band, or no relevant case; NULL when there is none.';
