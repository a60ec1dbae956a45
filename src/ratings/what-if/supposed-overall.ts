import { rankOf } from '../rules.js';
import { type SupposedRating, standingOf } from './standing.js';
import type { AsIf } from './supposed-result.js';
import { named, type Setting } from './supposition.js';

export interface SupposedOverall extends SupposedRating {
  /** Points, and the most that they could be; null when they are not known. */
  scoreAsItIs: number | null;
  maxScoreAsItIs: number | null;
  scoreAsIf: number | null;
  maxScoreAsIf: number | null;
}

export function supposedOverall(setting: Setting, { result, range }: AsIf): SupposedOverall {
  const { asItIs, missingLimits, rules } = setting;
  const [before, after] = [asItIs.overall, result.overall];
  const isAsItIs = result === asItIs;
  const open = range && range[0].rating !== range[1].rating ? range : undefined;
  const isGiven = after.rating !== null || rules.overall === 'none';
  // the published rating stands where the own rules give none: what it would be is not theirs to say
  const isPublished = before.computedRating === null && before.rating !== null;
  const isLeftOpen = !isGiven && (isPublished || rules.overall === null || rules.overall === 'judged');
  const isUnknown = !isAsItIs && (after.hasUnknownStandard || open !== undefined || isLeftOpen);
  const asIf = isUnknown ? null : (range?.[0] ?? after).rating;
  const unlimited = missingLimits
    .filter(({ overallAtMost }) => asIf !== null && rankOf(rules, overallAtMost) < rankOf(rules, asIf))
    .flatMap(({ standards }) => standards);
  return {
    asItIs: before.rating,
    asIf,
    standing: standingOf(before.rating, asIf, isUnknown),
    why:
      open && !after.hasUnknownStandard
        ? openRange(open, setting)
        : (after.notComputedBecause ??
          after.limitedBy ??
          (unlimited.length > 0 ? `${named(unlimited, setting)}, which can limit it, is left out` : null)),
    scoreAsItIs: before.hasUnknownStandard ? null : before.score,
    maxScoreAsItIs: before.hasUnknownStandard ? null : before.maxScore,
    scoreAsIf: after.hasUnknownStandard ? null : after.score,
    maxScoreAsIf: after.hasUnknownStandard ? null : after.maxScore,
  };
}

/** Why the overall rating is open: what the missing standards would be rated decides. */
function openRange([least, most]: NonNullable<AsIf['range']>, setting: Setting): string {
  const ratings = `${least.rating ?? 'not rated'} or ${most.rating ?? 'not rated'}`;
  return `${named(setting.missing, setting)}, which counts there, would decide: ${least.score} to ${most.score} of ${most.maxScore} points, ${ratings}`;
}
