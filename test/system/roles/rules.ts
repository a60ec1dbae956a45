/**
 * Who may do what to which table, view, sequence and function, as it is meant to be. Written by hand: the tests hold the server to it.
 * Every object has to stand here; a new one has no decision yet, and a test says so.
 */

export type Role = 'loader' | 'analyst' | 'reader';

/** Rights on a table, as letters: s select, i insert, d delete; of columns those that are named, of others none. */
interface TableRule {
  select: Role[];
  /** Columns that the loader may give a value: all, none, or those named. */
  insert: 'all' | readonly string[];
  update: readonly string[];
  delete: boolean;
}

const seen: Role[] = ['loader', 'analyst'];
const rule = (
  names: string,
  { select = seen, insert = [], update = [], delete: mayDelete = false }: Partial<TableRule> = {},
): Record<string, TableRule> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, { select, insert, update, delete: mayDelete }]),
  );

/** Tables; what is not said is forbidden to all three. Only the loader changes anything anywhere. */
export const tableRules: Record<string, TableRule> = {
  // The framework: an edition decides ratings, and is its owner's to load; so is the register.
  ...rule(`
    core.confidence_level core.evidence core.edition core.rating core.sample core.case_kind core.case_attribute
    core.attribute_value core.programme core.programme_standard core.domain core.standard core.question core.question_kind
    core.question_not_asked core.rule_set core.percentage_base core.band core.rating_score
    core.overall_band core.counting_standard core.limiting_judgement core.limiting_judgement_standard core.crosswalk core.question_pair
    core.inspectorate_year core.published_total
    core.local_authority core.local_authority_name core.service_succession core.disclosure_control core.display_rule
    core.made_object core.applied_migration core.role_limit`),
  // A service that was not met before.
  ...rule('core.service core.service_name core.service_authority', { insert: 'all' }),
  // An inspection goes with all that belongs to it.
  ...rule('core.inspection core.answer core.listed_figure', { insert: 'all', delete: true }),
  ...rule(
    `core.inspection_sample core.sample_kind core.inspected_case core.published_result core.prose_count
    core.published_standard_rating core.published_overall core.qualitative_rating core.judged_question core.panel_decision
    core.context_fact core.recommendation core.finding core.printed_contradiction`,
    { insert: 'all' },
  ),
  ...rule(
    `kept.answer_count kept.key_question_count kept.prompt_count kept.answer_bits kept.standard_count kept.standard_result
    kept.overall_result kept.case_group`,
    { insert: 'all', delete: true },
  ),
  ...rule('kept.rule_period'),
  // What was done, when and by whom: added to, never changed.
  ...rule('core.load', { insert: ['kind', 'subject', 'content_hash', 'program', 'inspection_id'] }),
  ...rule('core.load_file core.load_remark core.replaced_rating', { insert: 'all' }),
  // What ratings were, and when: neither time nor name is the loader's to say.
  // A list of groups is replaced whole.
  ...rule('core.comparator_group core.comparator_member', { insert: 'all', delete: true }),
  ...rule('core.rating_record core.recorded_rating'),
  ...rule('core.load_queue', { update: ['mark'] }),
  // Parts of core.answer are reached through it alone.
  ...rule('core_answer.one_at_a_time public.schema_migrations', { select: [] }),
};

/** Views of rating are for who reads what lies below them; those of analytics for all, but for one. */
export function viewRule(name: string): Role[] | undefined {
  if (name === 'analytics.subgroup_count') return ['loader', 'analyst'];
  if (name.startsWith('analytics.')) return ['loader', 'analyst', 'reader'];
  if (name.startsWith('rating.')) return ['loader', 'analyst'];
  return undefined;
}

/** Sequences from which a role may take a number; none may set or read one otherwise. */
export const sequenceRules: Record<string, Role[]> = {
  'core.inspection_inspection_id_seq': ['loader'],
  'core.inspection_block': [],
  'core.crosswalk_crosswalk_id_seq': [],
  'core.load_load_id_seq': [],
  'core.rating_record_record_id_seq': [],
  'core.service_name_service_name_id_seq': [],
  'core.local_authority_local_authority_id_seq': [],
  'core.question_question_id_seq': [],
  'core.sample_sample_id_seq': [],
  'core.rule_set_rule_set_id_seq': [],
  'core.service_service_id_seq': [],
};

/** Functions that a role may call: all others of rating compute and look at nothing. */
export function functionRule(name: string): Role[] | undefined {
  if (/^core\.(new_answer_part|attach_answer_part|analyze_loaded)$/.test(name)) return ['loader'];
  if (/^core\.(is_named|has_authorities)$/.test(name)) return ['loader'];
  if (name === 'core.is_own_load') return ['loader', 'analyst'];
  if (
    /^core\.(refuse_rewriting|refuse_others_load|record_removal|look_up_quantiles|rate_under_changed_rules|note_changed_rules|rate_noted_editions|is_distributed)$/.test(
      name,
    )
  )
    return [];
  // These change what is kept, with the rights of who calls them.
  if (/^rating\.(keep_rules|rate_edition)$/.test(name)) return [];
  if (/^rating\.(count_answers|rate|record_ratings|renew)$/.test(name)) return ['loader'];
  return name.startsWith('rating.') ? ['loader', 'analyst'] : undefined;
}

/** Schemas that a role may look into; none may make anything in one. */
export const schemaRules: Record<string, Role[]> = {
  core: ['loader', 'analyst'],
  core_answer: ['loader'],
  kept: ['loader', 'analyst'],
  rating: ['loader', 'analyst'],
  analytics: ['loader', 'analyst', 'reader'],
  public: ['loader', 'analyst', 'reader'],
};
