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
  /** null when no rating is computed. */
  grounds: Grounds | null;
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

/** A counted key question with its band. */
type Banded = { code: string; rank: number; result: KeyQuestionResult & { percent: number } };

/** Of a standard of which nothing is asked. */
export const nothingAsked: LowestBand = {
  evidence: null,
  rating: null,
  lowestPercent: null,
  drivingKeyQuestion: null,
  tiedKeyQuestions: null,
  notComputedBecause: null,
  grounds: null,
};

/**
 * The lowest band among the key questions that have a percentage, and the lowest rating of those that are judged. One of which nothing
 * is known might be lower still, so it leaves the standard without a computed rating, unless the scale's lowest is reached already.
 */
export function lowestBand(rules: Rules, asked: readonly Asked[]): LowestBand {
  const banded = asked.flatMap(({ code, result }) =>
    result?.state === 'known'
      ? [{ code, rank: rankOf(rules, result.rating as string), result } as Banded]
      : [],
  );
  const judged = asked.flatMap(({ code, judged }) => (judged ? [{ code, rank: rankOf(rules, judged) }] : []));
  const unknown = asked.filter(isUnknown).map(({ code }) => code);
  const grades = asked.flatMap(({ result }) => (result ? [evidenceGrades.indexOf(result.evidence)] : []));
  const evidence = grades.length > 0 ? (evidenceGrades[Math.max(...grades)] as Evidence) : null;
  const rank = Math.min(...[...banded, ...judged].map((one) => one.rank));
  if (rank === Infinity || (unknown.length > 0 && rank > 0)) {
    const isAnyKnown = grades.length > 0 || judged.length > 0;
    const hasCounted = asked.some(({ judged }) => judged === undefined);
    let notComputedBecause = `not known: ${unknown.join(', ')}`;
    if (unknown.length === 0) notComputedBecause = 'no relevant case';
    else if (!isAnyKnown) notComputedBecause = 'no case answers, counts or percentages';
    else if (rules.bands.length === 0 && hasCounted)
      notComputedBecause = 'the bands of the edition are not known';
    return { ...nothingAsked, evidence, notComputedBecause };
  }
  const lowestPercent = banded.length > 0 ? Math.min(...banded.map(({ result }) => result.percent)) : null;
  const lowest = banded.filter((one) => one.rank === rank && one.result.percent === lowestPercent);
  // What is judged sets the rating where it is lower than everything counted.
  const setting = lowest.length > 0 ? lowest : judged.filter((one) => one.rank === rank);
  const [drivingKeyQuestion = null, ...tied] = setting.map(({ code }) => code);
  const { points, judgements, sample } = rules.discretion;
  const isHeld = judged.some((one) => one.rank === rank);
  return {
    evidence,
    rating: rules.ratings[rank] as string,
    lowestPercent,
    drivingKeyQuestion,
    tiedKeyQuestions: tied.join(', ') || null,
    notComputedBecause: null,
    grounds: {
      nearBoundary: points === null ? null : anyOf(lowest, (one) => isNearBoundary(rules, one, points)),
      oneCaseFlips:
        judgements === null ? null : flips(rules, banded, rank, isHeld, unknown.length > 0, judgements),
      smallSample: sample === null ? null : anyOf(lowest, (one) => isSmall(one, sample)),
    },
  };
}

const isUnknown = ({ result, judged }: Asked): boolean =>
  judged === undefined ? (result?.state ?? 'unknown') === 'unknown' : judged === null;

function isNearBoundary(rules: Rules, { result }: Banded, points: number): boolean | null {
  const { percent, countedYes, baseCount } = result;
  const boundaries = rules.bands.slice(1).map(({ fromPercent }) => fromPercent);
  if (rules.bandOn === 'rounded')
    return boundaries.some((boundary) => Math.abs(percent - boundary) <= points);
  if (countedYes === null || baseCount === null) return null;
  return boundaries.some(
    (boundary) => Math.abs(100 * countedYes - boundary * baseCount) <= points * baseCount,
  );
}

/** Whether the sample or the sub-sample, which is the relevant cases, is small. As many as have a yes are relevant. */
function isSmall({ result: { relevant, countedYes, inspected } }: Banded, sample: number): boolean | null {
  if ([relevant, inspected].some((cases) => cases !== null && cases <= sample)) return true;
  return (relevant ?? countedYes ?? 0) > sample ? false : null;
}

/**
 * Whether so few differing judgements as the rules say would change the rating: all of the lowest rise, or one falls. Only a
 * relevant case can have another judgement; where these are not known, there may be enough of them. What is judged as low holds the
 * rating, whatever cases answer.
 */
function flips(
  rules: Rules,
  banded: readonly Banded[],
  rank: number,
  isHeld: boolean,
  hasUnknown: boolean,
  judgements: number,
): boolean | null {
  const bandFrom = (least: number) =>
    rules.bands.find(({ rating }) => rankOf(rules, rating) >= least)?.fromPercent;
  const above = bandFrom(rank + 1);
  const own = bandFrom(rank) ?? 0;
  let toRise = isHeld ? Infinity : 0;
  let toFall = Infinity;
  let countsUnknown = hasUnknown;
  let isOpen = false;
  for (const { rank: itsRank, result } of banded) {
    const { countedYes, baseCount, relevant } = result;
    if (countedYes === null || baseCount === null) {
      countsUnknown = true;
      if (itsRank === rank) toRise = Infinity;
      continue;
    }
    if (itsRank === rank) {
      const needed = above === undefined ? Infinity : minimumYes(rules, above, baseCount);
      toRise += needed > Math.min(baseCount, relevant ?? baseCount) ? Infinity : needed - countedYes;
      isOpen ||= relevant === null;
    }
    const fall = countedYes - (minimumYes(rules, own, baseCount) - 1);
    if (fall <= countedYes) toFall = Math.min(toFall, fall);
  }
  const mayRise = !hasUnknown && toRise <= judgements;
  if ((mayRise && !isOpen) || toFall <= judgements) return true;
  return countsUnknown || mayRise ? null : false;
}

/** true when something is so of any, false when it is known not to be of all, else null. */
function anyOf<One>(all: readonly One[], isSo: (one: One) => boolean | null): boolean | null {
  const values = all.map(isSo);
  if (values.includes(true)) return true;
  return values.includes(null) ? null : false;
}
