import { fullScore, type Rules, rankOf, weightOf } from './rules.js';

/** A standard's rating as the overall rating sees it. */
export interface RatedStandard {
  code: string;
  rating: string | null;
  /** Why there is no rating; null when there is one. */
  unratedBecause: 'no relevant case' | 'not rated' | 'not known' | null;
}

/** Score and overall rating by the rules. */
export interface Overall {
  /** Points of the rated standards that count; null when none is rated. */
  score: number | null;
  /** The most points that they could have had. */
  maxScore: number | null;
  rating: string | null;
  /** Whether a standard that counts has no rating because nothing is known of it. */
  hasUnknownStandard: boolean;
  limitedBy: string | null;
  notComputedBecause: string | null;
}

/**
 * Sums and bands the scores, and applies the limiting judgements. Standards come in the edition's order.
 * What an unrated standard means is the edition's rule; one whose rating is not known always leaves overall unrated.
 */
export function overall(rules: Rules, standards: readonly RatedStandard[]): Overall {
  const counting = standards.filter(({ code }) => rules.countingStandards.includes(code));
  const rated = counting.filter(({ rating }) => rating !== null);
  const because = (reason: RatedStandard['unratedBecause']) =>
    counting.filter(({ unratedBecause }) => unratedBecause === reason);
  const unknown = because('not known');
  const unrated = [...because('no relevant case'), ...because('not rated')];
  const { overall: rule = 'summed', unratedStandard } = rules;
  const points = Object.values(rules.scores);
  const weights = (of: readonly RatedStandard[]) =>
    of.reduce((sum, { code }) => sum + weightOf(rules, code), 0);
  const asLowest = unratedStandard === 'counts as lowest' ? weights(unrated) : 0;
  const score =
    rated.reduce(
      (sum, { code, rating }) => sum + weightOf(rules, code) * (rules.scores[rating as string] as number),
      0,
    ) +
    asLowest * Math.min(...points);
  const maxScore = (weights(rated) + asLowest) * Math.max(...points);
  const full = fullScore(rules);
  const isAny = rated.length > 0 && rule === 'summed' && points.length > 0;

  let notComputedBecause: string | null = null;
  const isKnown = rules.countingStandards.length > 0 && points.length > 0 && rules.overallBands.length > 0;
  if (rule === 'judged' || rule === 'none') notComputedBecause = notSummed[rule];
  else if (rule === null || !isKnown) notComputedBecause = 'the rule of the overall rating is not known';
  else if (unknown.length > 0) notComputedBecause = `no rating is known for ${codes(unknown)}`;
  else if (
    unrated.length > 0 &&
    (!isAny || (unratedStandard ?? 'overall not rated') === 'overall not rated')
  ) {
    const [withoutCases, notRated] = [because('no relevant case'), because('not rated')];
    notComputedBecause = [
      ...(withoutCases.length > 0 ? [`no relevant case for ${codes(withoutCases)}`] : []),
      ...(notRated.length > 0 ? [`not rated: ${codes(notRated)}`] : []),
    ].join('; ');
  }
  // Multiplied out, so that the share of the maximum is compared without a fraction.
  const banded =
    isAny && notComputedBecause === null
      ? rules.overallBands.findLast(({ fromScore }) => fromScore * maxScore <= score * full)
      : undefined;
  const limit = banded && lowestLimit(rules, standards, rankOf(rules, banded.rating));
  return {
    score: isAny ? score : null,
    maxScore: isAny ? maxScore : null,
    rating: limit?.overallAtMost ?? banded?.rating ?? null,
    hasUnknownStandard: unknown.length > 0,
    limitedBy: limit?.explanation ?? null,
    notComputedBecause,
  };
}

const notSummed = { judged: 'it is judged, not computed', none: 'the edition has no overall rating' };

/**
 * The overall rating that a printed score of a maximum gives, limited by the standards whose ratings are known. Null where the
 * edition has no bands for such a maximum. `mayBeLimitedBy` are standards of unknown rating that could limit it to what is printed.
 */
export function overallOfScore(
  rules: Rules,
  { score, maxScore, printed }: { score: number; maxScore: number; printed: string | null },
  standards: readonly RatedStandard[],
): { rating: string; mayBeLimitedBy: string[] } | null {
  const full = fullScore(rules);
  if (rules.overall !== undefined && rules.overall !== 'summed') return null;
  if (maxScore !== full && rules.unratedStandard !== 'bands in proportion') return null;
  const band = rules.overallBands.findLast(({ fromScore }) => fromScore * maxScore <= score * full);
  if (!band) return null;
  const rating = lowestLimit(rules, standards, rankOf(rules, band.rating))?.overallAtMost ?? band.rating;
  const isLower = printed !== null && rankOf(rules, printed) < rankOf(rules, rating);
  const known = new Map(standards.map((one) => [one.code, one]));
  const mayLimit = rules.limits.flatMap((limit) => {
    const unknown = limit.standards.filter((code) => known.get(code)?.unratedBecause === 'not known');
    return isLower && limit.overallAtMost === printed ? unknown : [];
  });
  return { rating, mayBeLimitedBy: [...new Set(mayLimit)] };
}

/** The limiting judgement that lowers a rating the most; an unrated standard does not limit. */
function lowestLimit(rules: Rules, standards: readonly RatedStandard[], rank: number) {
  const applied = rules.limits.flatMap((limit) => {
    const low = standards.filter(
      ({ code, rating }) =>
        limit.standards.includes(code) &&
        rating !== null &&
        rankOf(rules, rating) <= rankOf(rules, limit.atOrBelow),
    );
    if (low.length < limit.minimumStandards || rankOf(rules, limit.overallAtMost) >= rank) return [];
    const which = low.map(({ code, rating }) => `${code} ${rating}`).join(', ');
    return [{ ...limit, explanation: `${which}: overall at most ${limit.overallAtMost}` }];
  });
  return applied.sort((a, b) => rankOf(rules, a.overallAtMost) - rankOf(rules, b.overallAtMost))[0];
}

const codes = (standards: readonly RatedStandard[]) => standards.map(({ code }) => code).join(', ');
