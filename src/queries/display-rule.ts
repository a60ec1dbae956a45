import type { Connection } from '../database/connect.js';
import type { Rounding } from '../ratings/rules.js';

/** How figures that belong to no edition (trends, comparisons, splits) are shown. */
export interface DisplayRule {
  rounding: Rounding;
  /** Level of the intervals `low` to `high`, in percent. */
  confidence_level: number;
  /** Level of the intervals `low_95` to `high_95`, in percent. */
  wider_confidence_level: number;
  /** Groups of fewer cases have their figures protected in splits. */
  fewest_cases: number;
}

/**
 * The rule that the views show such figures by.
 *
 * @example
 * const rule = await displayRule(db);
 * const heading = `${rule.confidence_level}% interval`;
 */
export async function displayRule(db: Connection): Promise<DisplayRule> {
  const row = await db.selectFrom('analytics.display_rule').selectAll().executeTakeFirstOrThrow();
  return row as DisplayRule;
}
