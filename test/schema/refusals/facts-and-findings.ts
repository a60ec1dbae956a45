import { type Refusal, refusal } from './refusal.js';

/** Wrong rows of what a report holds besides: contextual facts, recommendations, findings. */
export const factRefusals: Refusal[] = [
  refusal(
    'a fact twice',
    'context_fact_pkey',
    'insert into core.context_fact select * from core.context_fact limit 1',
  ),
  refusal(
    'a fact about an inspection that there is not',
    'context_fact_inspection_id_edition_code_fkey',
    "insert into core.context_fact (inspection_id, edition_code, fact_no, measure, value, unit) values (-1, '2018', 1, 'budget', 1, 'pounds')",
  ),
  refusal(
    'a fact about a domain that its edition does not have',
    'context_fact_edition_code_domain_code_fkey',
    "update core.context_fact set domain_code = '4' where inspection_id = wigan()",
  ),
  refusal(
    'a fact about a standard that its edition does not have',
    'context_fact_edition_code_standard_code_fkey',
    "update core.context_fact set standard_code = '4.1' where inspection_id = wigan()",
  ),
  refusal(
    'a fact that measures nothing',
    'context_fact_measure_check',
    "update core.context_fact set measure = ''",
  ),
  refusal(
    'a value both lost and given',
    'value_is_lost_or_given',
    'update core.context_fact set lost = true, value = 1',
  ),
  refusal(
    'a value neither lost nor given',
    'value_is_lost_or_given',
    'update core.context_fact set lost = false, value = null',
  ),
  refusal(
    'the figure beside it both lost and given',
    'comparator_is_lost_or_given',
    "update core.context_fact set comparator = 'Wales', comparator_value = 1, comparator_lost = true",
  ),
  refusal(
    'a figure beside it, nobody knows whose',
    'comparator_value_has_a_comparator',
    'update core.context_fact set comparator = null, comparator_value = 1, comparator_lost = false',
  ),
  refusal(
    'a recommendation twice',
    'recommendation_pkey',
    'insert into core.recommendation select * from core.recommendation limit 1',
  ),
  refusal(
    'a recommendation to nobody',
    'recommendation_addressed_to_check',
    "update core.recommendation set addressed_to = ''",
  ),
  refusal(
    'a recommendation of nothing',
    'recommendation_summary_check',
    "update core.recommendation set summary = ''",
  ),
  refusal(
    'a recommendation of an inspection that there is not',
    'recommendation_inspection_id_edition_code_fkey',
    "insert into core.recommendation values (-1, '2018', 1, 'The board', 'Do it')",
  ),
  refusal(
    'a recommendation about a domain that there is not',
    'recommendation_edition_code_domain_code_fkey',
    "update core.recommendation set domain_code = '9'",
  ),
  refusal('a finding twice', 'finding_pkey', 'insert into core.finding select * from core.finding limit 1'),
  refusal(
    'a finding that is neither a strength nor an area for improvement',
    'finding_kind_check',
    "update core.finding set kind = 'gossip'",
  ),
  refusal('a finding of nothing', 'finding_summary_check', "update core.finding set summary = ''"),
  refusal(
    'a finding of an inspection that there is not',
    'finding_inspection_id_edition_code_fkey',
    "insert into core.finding (inspection_id, edition_code, finding_no, kind, summary) values (-1, '2018', 1, 'strength', 'Good')",
  ),
  refusal(
    'a finding about a domain that there is not',
    'finding_edition_code_domain_code_fkey',
    "update core.finding set domain_code = '9'",
  ),
  refusal(
    'a finding about a standard that there is not',
    'finding_edition_code_standard_code_fkey',
    "update core.finding set standard_code = '9.9'",
  ),
];
