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

/**
 * A key question of the standard with its result, undefined when nothing is known of it. One that is judged, not counted, has its
 * recorded rating, null when that is not known, and no result. In the edition's order.
 */
export type Asked = { code: string; result: KeyQuestionResult | undefined; judged?: string | null };

type Banded = { code: string; result: KeyQuestionResult & { rating: string; percent: number } };

/**
 * The lowest band among the key questions that have a percentage, and the lowest rating of those that are judged. One of which nothing
 * is known might be lower still, so it leaves the standard without a computed rating, unless the scale's lowest is reached already.
 */
export function lowestBand(rules: Rules, asked: readonly Asked[]): LowestBand {
  const banded = byLowest(rules, asked);
  const lowest = banded[0];
  const judged = lowestJudged(rules, asked);
  const unknown = asked.filter(isUnknown).map(({ code }) => code);
  const grades = asked.flatMap(({ result }) => (result ? [evidenceGrades.indexOf(result.evidence)] : []));
  const evidence = grades.length > 0 ? (evidenceGrades[Math.max(...grades)] as Evidence) : null;
  const rank = Math.min(
    ...[lowest?.result.rating, judged?.rating].flatMap((one) => (one ? [rankOf(rules, one)] : [])),
  );
  if ((lowest || judged) && (unknown.length === 0 || rank === 0)) {
    const lowestPercent = banded.length > 0 ? Math.min(...banded.map(({ result }) => result.percent)) : null;
    if (!lowest || (judged && rankOf(rules, judged.rating) < rankOf(rules, lowest.result.rating))) {
      const { rating, codes } = judged as Judged;
      const [drivingKeyQuestion = null, ...others] = codes;
      return {
        evidence,
        rating,
        lowestPercent,
        drivingKeyQuestion,
        tiedKeyQuestions: others.join(', ') || null,
        notComputedBecause: null,
      };
    }
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
      : grades.length === 0 && !judged
        ? 'no case answers, counts or percentages'
        : rules.bands.length === 0 && asked.some(({ judged }) => judged === undefined)
          ? 'the bands of the edition are not known'
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

interface Judged {
  rating: string;
  codes: string[];
}

/** The lowest rating among the judged key questions, and which have it; undefined when none is recorded. */
function lowestJudged(rules: Rules, asked: readonly Asked[]): Judged | undefined {
  const recorded = asked.flatMap(({ code, judged }) => (judged ? [{ code, rating: judged }] : []));
  const lowest = Math.min(...recorded.map(({ rating }) => rankOf(rules, rating)));
  const having = recorded.filter(({ rating }) => rankOf(rules, rating) === lowest);
  return having[0] && { rating: having[0].rating, codes: having.map(({ code }) => code) };
}

const isUnknown = ({ result, judged }: Asked): boolean =>
  judged === undefined ? (result?.state ?? 'unknown') === 'unknown' : judged === null;

/** The grounds for discretion over a standard's computed rating; undefined when none is computed. */
export function discretionGrounds(rules: Rules, asked: readonly Asked[]): Grounds | undefined {
  const { rating, lowestPercent } = lowestBand(rules, asked);
  if (rating === null) return undefined;
  const rank = rankOf(rules, rating);
  const banded = byLowest(rules, asked);
  const driving = banded.filter(({ result }) => result.rating === rating && result.percent === lowestPercent);
  const hasUnknown = asked.some(isUnknown);
  // What is judged as low keeps the rating there, whatever cases answer.
  const judged = lowestJudged(rules, asked);
  const isHeld = judged !== undefined && rankOf(rules, judged.rating) === rank;
  const { points, judgements, sample } = rules.discretion;
  return {
    nearBoundary:
      points === null ? null : anyOf(driving.map(({ result }) => isNearBoundary(rules, result, points))),
    oneCaseFlips: judgements === null ? null : flips(rules, banded, { rank, hasUnknown, isHeld, judgements }),
    smallSample: sample === null ? null : anyOf(driving.map(({ result }) => isSmall(result, sample))),
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

function isNearBoundary(
  rules: Rules,
  { percent, countedYes, baseCount }: Banded['result'],
  points: number,
): boolean | null {
  const boundaries = rules.bands.slice(1).map(({ fromPercent }) => fromPercent);
  if (rules.bandOn === 'rounded')
    return boundaries.some((boundary) => Math.abs(percent - boundary) <= points);
  if (countedYes === null || baseCount === null) return null;
  return boundaries.some(
    (boundary) => Math.abs(100 * countedYes - boundary * baseCount) <= points * baseCount,
  );
}

/** Whether the sample or the sub-sample, which is the relevant cases, is small. As many as have a yes are relevant. */
function isSmall({ relevant, countedYes, inspected }: Banded['result'], sample: number): boolean | null {
  if ([relevant, inspected].some((cases) => cases !== null && cases <= sample)) return true;
  return (relevant ?? countedYes ?? 0) > sample ? false : null;
}

/**
 * Whether so few differing judgements as the rules say would change the rating: all of the lowest rise, or one falls. Only a
 * relevant case can have another judgement; where these are not known, there may be enough of them.
 */
function flips(
  rules: Rules,
  banded: readonly Banded[],
  {
    rank,
    hasUnknown,
    isHeld,
    judgements,
  }: { rank: number; hasUnknown: boolean; isHeld: boolean; judgements: number },
): boolean | null {
  const firstPercentFrom = (wanted: (rank: number) => boolean) =>
    rules.bands.find(({ rating }) => wanted(rankOf(rules, rating)))?.fromPercent;
  const above = firstPercentFrom((other) => other > rank);
  const own = firstPercentFrom((other) => other >= rank) ?? 0;
  let toRise = isHeld ? Number.POSITIVE_INFINITY : 0;
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
  const mayRise = !hasUnknown && toRise <= judgements;
  if ((mayRise && !isOpen) || toFall <= judgements) return true;
  return countsUnknown || mayRise ? null : false;
}

/** true when any is, false when all are known not to be, else null. */
function anyOf(values: readonly (boolean | null)[]): boolean | null {
  return values.includes(true) ? true : values.includes(null) ? null : false;
}
