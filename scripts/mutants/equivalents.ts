import type { Mutant } from './rules.js';

/** A change that cannot be seen in anything that the database could ever hold. */
interface Equivalent extends Pick<Mutant, 'file' | 'before' | 'after'> {
  because: string;
}

const keyed =
  'every inspection has its row of inspection_key, because its service is a foreign key: nothing is left without a partner';

const equivalents: Equivalent[] = [
  {
    file: 'db/views/6-public/finding.sql',
    before: 'join rating.inspection_key as key using (inspection_id);',
    after: 'left join rating.inspection_key as key using (inspection_id);',
    because: keyed,
  },
  {
    file: 'db/views/6-public/recommendation.sql',
    before: 'join rating.inspection_key as key using (inspection_id);',
    after: 'left join rating.inspection_key as key using (inspection_id);',
    because: keyed,
  },
  {
    file: 'db/views/6-public/context_fact.sql',
    before: 'join rating.inspection_key as key using (inspection_id);',
    after: 'left join rating.inspection_key as key using (inspection_id);',
    because: keyed,
  },
  {
    file: 'db/views/6-public/fact_comparison.sql',
    before: 'join rating.inspection_key as key using (inspection_id)',
    after: 'left join rating.inspection_key as key using (inspection_id)',
    because: keyed,
  },
  {
    file: 'db/views/6-public/league_table.sql',
    before: 'join rating.inspection_key as key using (inspection_id)',
    after: 'left join rating.inspection_key as key using (inspection_id)',
    because: keyed,
  },
  {
    file: 'db/views/2-percentages/key_question_band.sql',
    before: 'join core.rating using (edition_code, rating)',
    after: 'left join core.rating using (edition_code, rating)',
    because: 'the rating of a band is a foreign key',
  },
  {
    file: 'db/views/3-ratings/limit_applied.sql',
    before: 'join core.limiting_judgement using (rule_set_id, edition_code)',
    after: 'left join core.limiting_judgement using (rule_set_id, edition_code)',
    because: 'what has no limit here has no limit_no to be joined by in the next line, and falls out there',
  },
  {
    file: 'db/views/5-reconciliation/reconciled_question.sql',
    before: 'join core.question using (question_id)',
    after: 'left join core.question using (question_id)',
    because: 'the question of a published figure is a foreign key',
  },
  {
    file: 'db/views/2-percentages/display_rule.sql',
    before: 'where shown.is_only',
    after: 'where true',
    because: 'core.display_rule has one row at most: its key is is_only, which is true',
  },
];

/** Why nothing can notice a mutant; undefined where something ought to. */
export const whyEquivalent = ({ file, before, after }: Mutant): string | undefined =>
  equivalents.find((known) => known.file === file && known.before === before && known.after === after)
    ?.because;
