import { minimumYes } from './percentage.js';
import { type Evidence, evidenceGrades, type KeyQuestionResult } from './question.js';
import { type Rules, rankOf } from './rules.js';

/** A case-based standard's computed rating and what it comes from. */
export interface LowestBand {
  /** Weakest evidence among its key questions; null when there is none. */
  evidence: Evidence | null;
  rating: string | null;
  lowestPercent: number | null;
  /** Code of the key question that set the rating; the first of them where several tie. */
  drivingKeyQuestion: string | null;
  /** Codes of the others at the same lowest percentage, separated by commas. */
  tiedKeyQuestions: string | null;
  notComputedBecause: string | null;
}

/** The grounds on which a panel may consider discretion. null when the counts that a ground needs are not known. */
export interface Grounds {
  nearBoundary: boolean | null;
  oneCaseFlips: boolean | null;
  smallSample: boolean | null;
}

/** A key question of the standard with its result, undefined when nothing is known of it. In order of codes. */
export type Asked = { code: string; result: KeyQuestionResult | undefined };

type Banded = { code: string; result: KeyQuestionResult & { rating: string; percent: number } };

/**
 * The lowest band among the key questions that have a percentage. One whose figures are not known might be lower still,
 * so it leaves the standard without a computed rating, unless the scale's lowest is reached already.
 */
export function lowestBand(rules: Rules, asked: readonly Asked[]): LowestBand {
  const banded = byLowest(rules, asked);
  const lowest = banded[0];
  const unknown = asked
    .filter(({ result }) => (result?.state ?? 'unknown') === 'unknown')
    .map(({ code }) => code);
  const grades = asked.flatMap(({ result }) => (result ? [evidenceGrades.indexOf(result.evidence)] : []));
  const evidence = grades.length > 0 ? (evidenceGrades[Math.max(...grades)] as Evidence) : null;
  if (lowest && (unknown.length === 0 || rankOf(rules, lowest.result.rating) === 0)) {
    const lowestPercent = Math.min(...banded.map(({ result }) => result.percent));
    const tied = banded.filter(
      ({ code, result }) =>
        code !== lowest.code && result.percent === lowestPercent && result.rating === lowest.result.rating,
    );
    const order = asked.map(({ code }) => code);
    return {
      evidence,
      rating: lowest.result.rating,
      lowestPercent,
      drivingKeyQuestion: lowest.code,
      tiedKeyQuestions:
        tied
          .map(({ code }) => code)
          .sort((a, b) => order.indexOf(a) - order.indexOf(b))
          .join(', ') || null,
      notComputedBecause: null,
    };
  }
  const notComputedBecause =
    !lowest && unknown.length === 0
      ? 'no relevant case'
      : grades.length === 0
        ? 'no case answers, counts or percentages'
        : `not known: ${unknown.join(', ')}`;
  return {
    evidence,
    rating: null,
    lowestPercent: null,
    drivingKeyQuestion: null,
    tiedKeyQuestions: null,
    notComputedBecause,
  };
}

/** The grounds for discretion over a standard's computed rating; undefined when none is computed. */
export function discretionGrounds(rules: Rules, asked: readonly Asked[]): Grounds | undefined {
  const { rating, lowestPercent } = lowestBand(rules, asked);
  if (rating === null) return undefined;
  const rank = rankOf(rules, rating);
  const banded = byLowest(rules, asked);
  const driving = banded.filter(({ result }) => result.rating === rating && result.percent === lowestPercent);
  const hasUnknown = asked.some(({ result }) => (result?.state ?? 'unknown') === 'unknown');
  return {
    nearBoundary: anyOf(driving.map(({ result }) => isNearBoundary(rules, result))),
    oneCaseFlips: flips(rules, banded, rank, hasUnknown),
    smallSample: anyOf(driving.map(({ result }) => isSmall(rules, result))),
  };
}

function byLowest(rules: Rules, asked: readonly Asked[]): Banded[] {
  return asked
    .filter((one): one is Banded => one.result?.state === 'known')
    .sort(
      (a, b) =>
        rankOf(rules, a.result.rating) - rankOf(rules, b.result.rating) ||
        a.result.percent - b.result.percent,
    );
}

function isNearBoundary(rules: Rules, { percent, countedYes, baseCount }: Banded['result']): boolean | null {
  const boundaries = rules.bands.slice(1).map(({ fromPercent }) => fromPercent);
  const { points } = rules.discretion;
  if (rules.bandOn === 'rounded')
    return boundaries.some((boundary) => Math.abs(percent - boundary) <= points);
  if (countedYes === null || baseCount === null) return null;
  return boundaries.some(
    (boundary) => Math.abs(100 * countedYes - boundary * baseCount) <= points * baseCount,
  );
}

/** Whether the sample or the sub-sample, which is the relevant cases, is small. As many as have a yes are relevant. */
function isSmall(rules: Rules, { relevant, countedYes, inspected }: Banded['result']): boolean | null {
  const { sample } = rules.discretion;
  if ([relevant, inspected].some((cases) => cases !== null && cases <= sample)) return true;
  return (relevant ?? countedYes ?? 0) > sample ? false : null;
}

/**
 * Whether so few differing judgements as the rules say would change the rating: all of the lowest rise, or one falls. Only a
 * relevant case can have another judgement; where these are not known, there may be enough of them.
 */
function flips(rules: Rules, banded: readonly Banded[], rank: number, hasUnknown: boolean): boolean | null {
  const firstPercentFrom = (wanted: (rank: number) => boolean) =>
    rules.bands.find(({ rating }) => wanted(rankOf(rules, rating)))?.fromPercent;
  const above = firstPercentFrom((other) => other > rank);
  const own = firstPercentFrom((other) => other >= rank) ?? 0;
  let toRise = 0;
  let toFall = Number.POSITIVE_INFINITY;
  let countsUnknown = hasUnknown;
  let isOpen = false;
  for (const { result } of banded) {
    const { countedYes, baseCount, relevant } = result;
    if (countedYes === null || baseCount === null) {
      countsUnknown = true;
      if (rankOf(rules, result.rating) === rank) toRise = Number.POSITIVE_INFINITY;
      continue;
    }
    if (rankOf(rules, result.rating) === rank) {
      const needed = above === undefined ? Number.POSITIVE_INFINITY : minimumYes(rules, above, baseCount);
      toRise +=
        needed > Math.min(baseCount, relevant ?? baseCount) ? Number.POSITIVE_INFINITY : needed - countedYes;
      isOpen ||= relevant === null;
    }
    const fall = countedYes - (minimumYes(rules, own, baseCount) - 1);
    if (fall <= countedYes) toFall = Math.min(toFall, fall);
  }
  const { judgements } = rules.discretion;
  const mayRise = !hasUnknown && toRise <= judgements;
  if ((mayRise && !isOpen) || toFall <= judgements) return true;
  return countsUnknown || mayRise ? null : false;
}

/** true when any is, false when all are known not to be, else null. */
function anyOf(values: readonly (boolean | null)[]): boolean | null {
  return values.includes(true) ? true : values.includes(null) ? null : false;
}
