import { groupBy } from '../group-by.js';
import { type Direction, type Move, type MovingQuestion, movesOf } from './distance.js';
import type { InspectionResult, StandardResult } from './inspection.js';
import type { Overall } from './overall.js';
import { fullScore, type Limit, type Rules, rankOf, weightOf } from './rules.js';

/** What the distance of an overall rating rests on: the rules of scores, the standards, and what it takes to move them. */
export interface Standing {
  rules: Pick<Rules, 'ratings' | 'scores' | 'countingStandards' | 'weights' | 'overallBands' | 'limits'>;
  /** In the edition's order. */
  standards: readonly RatedStandard[];
  overall: Pick<Overall, 'score' | 'maxScore' | 'limitedBy' | 'notComputedBecause'> & {
    computedRating: string | null;
  };
  /** The moves of a standard's computed rating to every other band, nearest first. */
  movesOf: (standard: string) => readonly Move[];
}

type RatedStandard = Pick<StandardResult, 'code' | 'rating' | 'ratingSource' | 'score'>;

/** How far an inspection's overall rating is from a higher or a lower one. */
export interface OverallDistance {
  direction: Direction;
  /** Points, of `maxScore`; null when none is rated or the rating of a standard is not known. */
  score: number | null;
  maxScore: number | null;
  computedRating: string | null;
  /** The next overall rating, which may be passed; null when there is none, or no overall rating is computed. */
  nextRating: string | null;
  /** Points to gain or to lose for the next band of the score; 0 when only a limiting judgement holds the rating down. */
  points: number | null;
  /** Fewest answers that would have to be otherwise, over all standards; null when not known or not reachable. */
  answers: number | null;
  /** Which standards move, to which rating, by how many answers, and by which of their key questions. */
  standards: MovingStandard[] | null;
  isReachable: boolean | null;
  /** Standards that no answer moves, by what their rating is from. */
  fixedStandards: string | null;
  /** Why `answers` or `isReachable` is null, or why it can't be reached. */
  explanation: string | null;
}

/** A standard that is moved, and what that takes. */
export interface MovingStandard {
  code: string;
  toRating: string;
  answers: number;
  /** Up all of them, down any one. */
  keyQuestions: MovingQuestion[];
}

/** A limit that is to be lifted or, downwards, to be brought about, and how many standards have to pass it for that. */
interface Hurdle extends Limit {
  missing: number;
}

/** A move that brings points, or passes hurdles: what it gains of each. */
interface Useful extends Move {
  standard: string;
  rank: number;
  gains: number[];
}

/** A choice of moves, of the first standards or of all: what it gains and costs. */
interface Choice {
  gains: number[];
  answers: number;
  chosen: Useful[];
  /** Rank that each standard moves to, Infinity where it stays. */
  path: number[];
}

/** The same as `overallDistancesOf`, of an inspection that was rated here. */
export function overallDistances(result: InspectionResult): OverallDistance[] {
  const { rules, standards, overall } = result;
  const [score, maxScore] = overall.hasUnknownStandard ? [null, null] : [overall.score, overall.maxScore];
  const byCode = new Map(standards.map((standard) => [standard.code, standard]));
  return overallDistancesOf({
    rules,
    standards,
    overall: { ...overall, score, maxScore },
    movesOf: (code) => movesOf(result, byCode.get(code) as StandardResult),
  });
}

/**
 * The fewest answers for a higher and for a lower overall rating: the cheapest choice of a move for each standard whose rating
 * is computed. Of several, the one that moves the fewest standards; then, standard by standard, the one that moves it, and to the
 * lower rating.
 */
export function overallDistancesOf(standing: Standing): OverallDistance[] {
  return (['up', 'down'] as const).map((direction) => distance(standing, direction));
}

function distance(standing: Standing, direction: Direction): OverallDistance {
  const { rules, standards, overall } = standing;
  const { score, maxScore, computedRating, notComputedBecause, limitedBy } = overall;
  const none = {
    ...{ direction, score, maxScore, computedRating, fixedStandards: fixedStandards(standards) },
    ...{ nextRating: null, points: null, answers: null, standards: null, isReachable: null },
  };
  if (computedRating === null) {
    const because = notComputedBecause === null ? '' : `: ${notComputedBecause}`;
    return { ...none, explanation: `no overall rating is computed${because}` };
  }
  const own = rankOf(rules, computedRating);
  const nextRating = next(rules, own, direction);
  const points = nextRating === null ? null : pointsTo(standing, own, direction);
  const there = { ...none, nextRating, points };
  const scores = rules.ratings.map((rating) => rules.scores[rating] as number);
  if (scores.some((one, rank) => one < (scores[rank - 1] ?? one)))
    return { ...there, explanation: 'the scores do not ascend with the ratings' };
  if (points === null)
    return { ...none, explanation: `it is the ${direction === 'up' ? 'highest' : 'lowest'} rating` };

  const hurdles = hurdlesOf(standing, own, direction);
  const moves = standards.map((standard) => usefulMoves(standing, standard, direction, hurdles));
  const uncounted = moves.flatMap((of) => of.find(({ state }) => state === 'not known')?.standard ?? []);
  if (uncounted.length > 0) return { ...there, explanation: `counts not known: ${uncounted.join(', ')}` };
  const best = cheapest(moves, [points, ...hurdles.map(({ missing }) => missing)], direction);
  if (!best) {
    const limited = limitedBy === null ? '' : `; ${limitedBy}`;
    const explanation = `out of reach of the standards that can move${limited}`;
    return { ...there, isReachable: false, explanation };
  }
  const open = best.chosen.filter(({ state }) => state === 'relevant cases not known');
  return {
    ...there,
    answers: best.answers,
    standards: best.chosen.map(({ standard, toRating, answers, keyQuestions }) => ({
      code: standard,
      toRating,
      answers: answers as number,
      keyQuestions: keyQuestions ?? [],
    })),
    isReachable: open.length > 0 ? null : true,
    explanation:
      open.length > 0 ? `relevant cases not known: ${open.map(({ standard }) => standard).join(', ')}` : null,
  };
}

/** The next overall rating that bands or limiting judgements can give; null when there is none. */
function next(rules: Standing['rules'], own: number, direction: Direction): string | null {
  const bands = rules.overallBands.map(({ rating }) => rankOf(rules, rating));
  // No limit lifts: up, there has to be a band.
  if (direction === 'up' && !bands.some((rank) => rank > own)) return null;
  const all = [...bands, ...rules.limits.map(({ overallAtMost }) => rankOf(rules, overallAtMost))];
  const others = all.filter((rank) => (direction === 'up' ? rank > own : rank < own));
  if (others.length === 0) return null;
  return rules.ratings[direction === 'up' ? Math.min(...others) : Math.max(...others)] as string;
}

/** Points to the next band above a rank, or to lose for the band below it. */
function pointsTo({ rules, overall }: Standing, own: number, direction: Direction): number {
  const [score, maxScore, full] = [overall.score as number, overall.maxScore as number, fullScore(rules)];
  const band = rules.overallBands.find(({ rating }) => {
    const rank = rankOf(rules, rating);
    return direction === 'up' ? rank > own : rank >= own;
  });
  const from = full > 0 ? Math.ceil(((band?.fromScore as number) * maxScore) / full) : 0;
  return direction === 'up' ? Math.max(from - score, 0) : score + 1 - from;
}

const isLow = (rules: Standing['rules'], limit: Limit, code: string, rating: string | null) =>
  limit.standards.includes(code) &&
  rating !== null &&
  rankOf(rules, rating) <= rankOf(rules, limit.atOrBelow);

/** Up, the limits that hold the rating down; down, those that do not, and would. */
function hurdlesOf({ rules, standards }: Standing, own: number, direction: Direction): Hurdle[] {
  return rules.limits.flatMap((limit) => {
    const low = standards.filter(({ code, rating }) => isLow(rules, limit, code, rating)).length;
    const above = low - limit.minimumStandards;
    const ceiling = rankOf(rules, limit.overallAtMost);
    if (direction === 'up') return ceiling <= own && above >= 0 ? [{ ...limit, missing: above + 1 }] : [];
    return ceiling < own && above < 0 ? [{ ...limit, missing: -above }] : [];
  });
}

/** The moves of a computed standard that are of use, nearest first, each as far as its answers carry it. */
function usefulMoves(
  { rules, movesOf }: Standing,
  { code, rating, ratingSource, score }: RatedStandard,
  direction: Direction,
  hurdles: readonly Hurdle[],
): Useful[] {
  if (ratingSource !== 'computed') return [];
  const weight = weightOf(rules, code);
  return movesOf(code)
    .filter((move) => move.direction === direction)
    .filter(({ answers }, at, all) => answers === null || all[at + 1]?.answers !== answers)
    .map((move) => {
      const points = weight * (rules.scores[move.toRating] ?? 0) - (score ?? 0);
      const passes = hurdles.map((limit) =>
        isLow(rules, limit, code, rating) !== isLow(rules, limit, code, move.toRating) ? 1 : 0,
      );
      const gains = [weight > 0 ? Math.abs(points) : 0, ...passes];
      return { ...move, standard: code, rank: rankOf(rules, move.toRating), gains };
    })
    .filter(({ gains }) => gains.some((gain) => gain > 0));
}

/**
 * The cheapest choice of at most one move a standard that gains, up, all that is needed (points, and standards past each hurdle);
 * down, any of it. Of the choices that gain the same so far, only the cheapest can be part of it.
 */
function cheapest(
  moves: readonly (readonly Useful[])[],
  needed: readonly number[],
  direction: Direction,
): Choice | undefined {
  let choices: Choice[] = [{ gains: needed.map(() => 0), answers: 0, chosen: [], path: [] }];
  for (const ofStandard of moves) {
    const best = new Map<string, Choice>();
    for (const choice of choices) {
      for (const move of [null, ...ofStandard.filter(({ answers }) => answers !== null)]) {
        const gained = needed.map((most, at) =>
          Math.min((choice.gains[at] as number) + (move?.gains[at] ?? 0), most),
        );
        const after = {
          gains: gained,
          answers: choice.answers + (move?.answers ?? 0),
          chosen: move ? [...choice.chosen, move] : choice.chosen,
          path: [...choice.path, move?.rank ?? Number.POSITIVE_INFINITY],
        };
        const other = best.get(`${gained}`);
        if (!other || isCheaper(after, other)) best.set(`${gained}`, after);
      }
    }
    choices = [...best.values()];
  }
  const enough = choices.filter(({ gains }) => {
    const isThere = gains.map((gain, at) => gain === needed[at]);
    return direction === 'up' ? isThere.every(Boolean) : isThere.some(Boolean);
  });
  return enough.sort((a, b) => (isCheaper(a, b) ? -1 : 1))[0];
}

function isCheaper(one: Choice, other: Choice): boolean {
  if (one.answers !== other.answers) return one.answers < other.answers;
  if (one.chosen.length !== other.chosen.length) return one.chosen.length < other.chosen.length;
  const at = one.path.findIndex((rank, place) => rank !== other.path[place]);
  return at >= 0 && (one.path[at] as number) < (other.path[at] as number);
}

/** Standards whose rating is not computed, by what it is from: `judgement: 1.1, 1.2; panel decision: 2.1`. */
function fixedStandards(standards: readonly RatedStandard[]): string | null {
  const fixed = standards.filter(({ ratingSource }) => ratingSource !== 'computed');
  const sources = [...groupBy(fixed, ({ ratingSource }) => ratingSource ?? 'not rated')];
  const told = sources.map(([source, of]) => `${source}: ${of.map(({ code }) => code).join(', ')}`);
  return told.sort().join('; ') || null;
}
