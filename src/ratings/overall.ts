import { fullScore, type Rules, rankOf, weightOf } from './rules.js';

export type UnratedBecause = 'no relevant case' | 'not rated' | 'not known';

/** A standard's rating as the overall rating sees it, or why there is none. */
export interface RatedStandard {
  code: string;
  rating: string | null;
  unratedBecause: UnratedBecause | null;
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
  const { overall: rule = 'summed', unratedStandard } = rules;
  const counting = standards.filter(({ code }) => rules.countingStandards.includes(code));
  const because = (reason: UnratedBecause) =>
    counting.filter(({ unratedBecause }) => unratedBecause === reason).map(({ code }) => code);
  const [noCase, notRated, unknown] = [
    because('no relevant case'),
    because('not rated'),
    because('not known'),
  ];
  const unrated = [...noCase, ...notRated];
  const rated = counting.flatMap(({ code, rating }) => (rating === null ? [] : [{ code, rating }]));
  const points = Object.values(rules.scores);
  const weightsOf = (codes: readonly string[]) => codes.reduce((sum, code) => sum + weightOf(rules, code), 0);
  const asLowest = unratedStandard === 'counts as lowest' ? weightsOf(unrated) : 0;
  const earned = rated.map(({ code, rating }) => weightOf(rules, code) * (rules.scores[rating] as number));
  const score = earned.reduce((sum, one) => sum + one, 0) + asLowest * Math.min(...points);
  const maxScore = (weightsOf(rated.map(({ code }) => code)) + asLowest) * Math.max(...points);
  const isSummed = rated.length > 0 && rule === 'summed' && points.length > 0;

  let notComputedBecause: string | null = null;
  const isKnown = rules.countingStandards.length > 0 && points.length > 0 && rules.overallBands.length > 0;
  const isLeftUnrated = (unratedStandard ?? 'overall not rated') === 'overall not rated';
  if (rule === 'judged' || rule === 'none') notComputedBecause = notSummed[rule];
  else if (rule === null || !isKnown) notComputedBecause = 'the rule of the overall rating is not known';
  else if (unknown.length > 0) notComputedBecause = `no rating is known for ${unknown.join(', ')}`;
  else if (unrated.length > 0 && (!isSummed || isLeftUnrated))
    notComputedBecause = [
      ...(noCase.length > 0 ? [`no relevant case for ${noCase.join(', ')}`] : []),
      ...(notRated.length > 0 ? [`not rated: ${notRated.join(', ')}`] : []),
    ].join('; ');

  const banded = isSummed && notComputedBecause === null ? bandOf(rules, score, maxScore) : undefined;
  const limit = banded === undefined ? undefined : lowestLimit(rules, standards, banded);
  return {
    score: isSummed ? score : null,
    maxScore: isSummed ? maxScore : null,
    rating: limit?.overallAtMost ?? banded ?? null,
    hasUnknownStandard: unknown.length > 0,
    limitedBy: limit?.explanation ?? null,
    notComputedBecause,
  };
}

const notSummed = { judged: 'it is judged, not computed', none: 'the edition has no overall rating' };

/** Multiplied out, so that the share of the maximum is compared without a fraction. */
const bandOf = (rules: Rules, score: number, maxScore: number): string | undefined =>
  rules.overallBands.findLast(({ fromScore }) => fromScore * maxScore <= score * fullScore(rules))?.rating;

/** The limiting judgement that lowers a rating the most; an unrated standard does not limit. */
function lowestLimit(rules: Rules, standards: readonly RatedStandard[], banded: string) {
  const applied = rules.limits.flatMap((limit) => {
    const low = standards.filter(
      ({ code, rating }) =>
        limit.standards.includes(code) &&
        rating !== null &&
        rankOf(rules, rating) <= rankOf(rules, limit.atOrBelow),
    );
    const ceiling = rankOf(rules, limit.overallAtMost);
    if (low.length < limit.minimumStandards || ceiling >= rankOf(rules, banded)) return [];
    const which = low.map(({ code, rating }) => `${code} ${rating}`).join(', ');
    return [{ ...limit, ceiling, explanation: `${which}: overall at most ${limit.overallAtMost}` }];
  });
  return applied.sort((a, b) => a.ceiling - b.ceiling)[0];
}
