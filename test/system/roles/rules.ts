/**
 * Who may do what to which table, view, sequence and function, as it is meant to be. Written by hand: the tests hold the server to it.
 * Every object has to stand here; a new one has no decision yet, and a test says so. What is not said is forbidden.
 */
import type { RoleName } from '../../../src/database/role-names.js';

interface TableRule {
  select: RoleName[];
  /** Columns that the loader may give a value: all, or those named. Nobody else changes anything anywhere. */
  insert: 'all' | string[];
  update: string[];
  delete: boolean;
}

const nobody: RoleName[] = [];
const loader: RoleName[] = ['loader'];
const loaderAndAnalyst: RoleName[] = ['loader', 'analyst'];
const all: RoleName[] = ['loader', 'analyst', 'reader'];

const rule = (names: string, rights: Partial<TableRule> = {}): Record<string, TableRule> => {
  const whole = { select: loaderAndAnalyst, insert: [], update: [], delete: false, ...rights };
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, whole]),
  );
};

export const tableRules: Record<string, TableRule> = {
  // The framework: an edition decides ratings, and is its owner's to load; so is the register.
  ...rule(`
    core.confidence_level core.evidence core.edition core.rating core.sample core.case_kind core.case_attribute
    core.attribute_value core.programme core.programme_standard core.domain core.standard core.question
    core.question_kind core.question_not_asked core.rule_set core.percentage_base core.band core.rating_score
    core.overall_band core.counting_standard core.limiting_judgement core.limiting_judgement_standard
    core.crosswalk core.question_pair core.inspectorate_year core.published_total core.local_authority
    core.local_authority_name core.service_succession core.disclosure_control core.display_rule
    core.made_object core.applied_migration core.role_limit kept.rule_period kept.question_series`),
  // A service that was not met before.
  ...rule('core.service core.service_name core.service_authority', { insert: 'all' }),
  // An inspection goes with all that belongs to it, and a list of groups is replaced whole.
  ...rule(
    `core.inspection core.answer core.listed_figure core.comparator_group core.comparator_member
    kept.answer_count kept.key_question_count kept.prompt_count kept.answer_bits kept.standard_count
    kept.standard_result kept.overall_result kept.case_group`,
    { insert: 'all', delete: true },
  ),
  ...rule(
    `core.inspection_sample core.sample_kind core.inspected_case core.published_result core.prose_count
    core.published_standard_rating core.published_overall core.qualitative_rating core.judged_question
    core.panel_decision core.context_fact core.recommendation core.finding core.printed_contradiction`,
    { insert: 'all' },
  ),
  // What was done, when and by whom, is added to, never changed.
  ...rule('core.load', { insert: ['kind', 'subject', 'content_hash', 'program', 'inspection_id'] }),
  ...rule('core.load_file core.load_remark core.replaced_rating', { insert: 'all' }),
  // What ratings were, and when: neither time nor name is the loader's to say.
  ...rule('core.rating_record core.recorded_rating'),
  ...rule('core.load_queue', { update: ['mark'] }),
  // Parts of core.answer are reached through it alone.
  ...rule('core_answer.one_at_a_time public.schema_migrations', { select: nobody }),
};

/** Schemas that a role may look into. */
export const schemaRules: Record<string, RoleName[]> = {
  core: loaderAndAnalyst,
  core_answer: loader,
  kept: loaderAndAnalyst,
  rating: loaderAndAnalyst,
  analytics: all,
  public: all,
};

/** Who may use what is no table: read a view, call a function, take a number from a sequence. The first that fits holds. */
const uses: Record<'view' | 'function' | 'sequence', [names: RegExp, who: RoleName[]][]> = {
  view: [
    [/^analytics\.subgroup_count$/, loaderAndAnalyst],
    [/^analytics\./, all],
    // for who reads what lies below them
    [/^rating\./, loaderAndAnalyst],
  ],
  function: [
    [/^core\.(new_answer_part|attach_answer_part|analyze_loaded|is_distributed)$/, loader],
    [/^core\.(is_named|has_authorities)$/, loader],
    [/^core\.is_own_load$/, loaderAndAnalyst],
    [/^core\.(refuse_rewriting|refuse_others_load|record_removal|look_up_quantiles)$/, nobody],
    [/^core\.(rate_under_changed_rules|note_changed_rules|rate_noted_editions)$/, nobody],
    [/^rating\.(apply_role_limits|distribution_statements|distribution_rights)$/, nobody],
    // These change what is kept, with the rights of who calls them.
    [/^rating\.(keep_rules|keep_series|rate_edition|write_\w+|settle_edition)$/, nobody],
    [/^rating\.(count_answers|rate|record_ratings|renew|remove_superseded)$/, loader],
    // All others compute, and look at nothing.
    [/^rating\./, loaderAndAnalyst],
  ],
  sequence: [
    [/^core\.(inspection_inspection|service_service)_id_seq$/, loader],
    [
      /^core\.(inspection_block|crosswalk_crosswalk_id_seq|load_load_id_seq|rating_record_record_id_seq)$/,
      nobody,
    ],
    [/^core\.(service_name_service_name|local_authority_local_authority|question_question)_id_seq$/, nobody],
    [/^core\.(sample_sample|rule_set_rule_set)_id_seq$/, nobody],
  ],
};

/** Who may use it; undefined where nobody has decided. */
export const usersOf = (kind: keyof typeof uses, name: string): RoleName[] | undefined =>
  uses[kind].find(([names]) => names.test(name))?.[1];
