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
type ScoreRules = Standing['rules'];

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

/** A standard with the moves that bring it anything; cheapest first, each as far as its answers carry it. */
interface Movable {
  standard: RatedStandard;
  moves: Useful[];
}

interface Useful extends Move {
  answers: number;
  rank: number;
  points: number;
  /** Which of the limits that hold the rating down it lifts the standard above. */
  lifts: boolean[];
}

/** A choice of moves, of the first standards or of all: what it costs and brings. */
interface Choice {
  points: number;
  lifts: number[];
  answers: number;
  chosen: { standard: RatedStandard; move: Useful }[];
  /** Rank that each standard moves to, Infinity where it stays: choices that cost the same are put in order by it. */
  path: number[];
}

/**
 * The fewest answers for a higher and for a lower overall rating: the cheapest choice of a move for each standard whose rating
 * is computed. Of several, the one that moves the fewest standards; then, standard by standard, the one that moves it, and to the
 * lower rating.
 */
export function overallDistancesOf(standing: Standing): OverallDistance[] {
  return (['up', 'down'] as const).map((direction) => distance(standing, direction));
}

/** The same of an inspection that was rated here. */
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

function distance(result: Standing, direction: Direction): OverallDistance {
  const { rules, overall } = result;
  const { computedRating } = overall;
  const known = {
    direction,
    score: overall.score,
    maxScore: overall.maxScore,
    computedRating,
    fixedStandards: fixedStandards(result.standards),
  };
  const without = (explanation: string) => ({
    ...known,
    nextRating: null,
    points: null,
    answers: null,
    standards: null,
    isReachable: null,
    explanation,
  });
  if (computedRating === null) {
    const because = overall.notComputedBecause === null ? '' : `: ${overall.notComputedBecause}`;
    return without(`no overall rating is computed${because}`);
  }
  const own = rankOf(rules, computedRating);
  const next = nextRank(rules, own, direction);
  const nextRating = next === null ? null : (rules.ratings[next] as string);
  const points = next === null ? null : pointsTo(result, own, direction);
  const there = { ...without(''), nextRating, points };
  const scores = rules.ratings.map((rating) => rules.scores[rating] as number);
  if (scores.some((score, rank) => score < (scores[rank - 1] ?? score)))
    return { ...there, explanation: 'the scores do not ascend with the ratings' };
  if (points === null) return without(`it is the ${direction === 'up' ? 'highest' : 'lowest'} rating`);

  const lowIn = (limit: Limit) => result.standards.filter((standard) => isLow(rules, limit, standard));
  const holding = rules.limits.filter(
    (limit) => rankOf(rules, limit.overallAtMost) <= own && lowIn(limit).length >= limit.minimumStandards,
  );
  const lurking = rules.limits.filter(
    (limit) => rankOf(rules, limit.overallAtMost) < own && lowIn(limit).length < limit.minimumStandards,
  );
  const { movable, uncounted } = movables(result, direction, direction === 'up' ? holding : lurking);
  if (uncounted.length > 0)
    return { ...there, explanation: `counts not known: ${uncounted.map(({ code }) => code).join(', ')}` };
  const needed = holding.map((limit) => lowIn(limit).length - limit.minimumStandards + 1);
  const ways = [
    cheapest(movable, points, direction === 'up' ? needed : []),
    ...(direction === 'down'
      ? lurking.map((limit) => under(rules, movable, limit, limit.minimumStandards - lowIn(limit).length))
      : []),
  ].flatMap((way) => (way ? [way] : []));
  const best = ways.reduce<Choice | undefined>(
    (best, way) => (best && best.answers <= way.answers ? best : way),
    undefined,
  );
  if (!best) {
    const limited = overall.limitedBy === null ? '' : `; ${overall.limitedBy}`;
    return {
      ...there,
      isReachable: false,
      explanation: `out of reach of the standards that can move${limited}`,
    };
  }
  const open = best.chosen.filter(({ move }) => move.state === 'relevant cases not known');
  return {
    ...there,
    answers: best.answers,
    standards: best.chosen.map(({ standard, move }) => ({
      code: standard.code,
      toRating: move.toRating,
      answers: move.answers,
      keyQuestions: move.keyQuestions ?? [],
    })),
    isReachable: open.length > 0 ? null : true,
    explanation:
      open.length > 0
        ? `relevant cases not known: ${open.map(({ standard }) => standard.code).join(', ')}`
        : null,
  };
}

/** Rank of the next overall rating that bands or limiting judgements can give; null when there is none. */
function nextRank(rules: ScoreRules, own: number, direction: Direction): number | null {
  const bands = rules.overallBands.map(({ rating }) => rankOf(rules, rating));
  const ceilings = rules.limits.map(({ overallAtMost }) => rankOf(rules, overallAtMost));
  // No limit lifts: up, there has to be a band.
  if (direction === 'up' && !bands.some((rank) => rank > own)) return null;
  const others = [...bands, ...ceilings].filter((rank) => (direction === 'up' ? rank > own : rank < own));
  if (others.length === 0) return null;
  return direction === 'up' ? Math.min(...others) : Math.max(...others);
}

/** Points to the next band above a rank, or to lose for the band below it. */
function pointsTo({ rules, overall }: Standing, own: number, direction: Direction): number {
  const [score, maxScore] = [overall.score as number, overall.maxScore as number];
  const full = fullScore(rules);
  const least = (fromScore: number) => {
    let points = 0;
    while (points * full < fromScore * maxScore && full > 0) points++;
    return points;
  };
  const band = rules.overallBands.find(({ rating }) => {
    const rank = rankOf(rules, rating);
    return direction === 'up' ? rank > own : rank >= own;
  });
  const from = least(band?.fromScore as number);
  return direction === 'up' ? Math.max(from - score, 0) : score + 1 - from;
}

const isLow = (rules: ScoreRules, limit: Limit, { code, rating }: RatedStandard) =>
  limit.standards.includes(code) &&
  rating !== null &&
  rankOf(rules, rating) <= rankOf(rules, limit.atOrBelow);

/** The standards that can be moved to any use, and those of which it is not known what that would take. */
function movables(
  result: Standing,
  direction: Direction,
  limits: readonly Limit[],
): { movable: Movable[]; uncounted: RatedStandard[] } {
  const { rules } = result;
  const movable: Movable[] = [];
  const uncounted: RatedStandard[] = [];
  for (const standard of result.standards) {
    if (standard.ratingSource !== 'computed') continue;
    const own = rankOf(rules, standard.rating as string);
    const moves = result
      .movesOf(standard.code)
      .filter((move) => move.direction === direction)
      .map((move) => {
        const rank = rankOf(rules, move.toRating);
        const weight = weightOf(rules, standard.code);
        const points = Math.abs(weight * (rules.scores[move.toRating] ?? 0) - (standard.score ?? 0));
        const lifts = limits.map(
          ({ standards, atOrBelow }) =>
            standards.includes(standard.code) &&
            own <= rankOf(rules, atOrBelow) !== rank <= rankOf(rules, atOrBelow),
        );
        return { ...move, rank, points: weight > 0 ? points : 0, lifts };
      });
    const useful = moves.filter(({ points, lifts }) => points > 0 || lifts.includes(true));
    if (useful.length === 0) continue;
    if (useful.some(({ state }) => state === 'not known')) uncounted.push(standard);
    movable.push({
      standard,
      moves: useful.filter(
        (move): move is Useful =>
          move.answers !== null && moves[moves.indexOf(move) + 1]?.answers !== move.answers,
      ),
    });
  }
  return { movable, uncounted };
}

/** The cheapest choice that brings the points and lifts enough standards above each limit; undefined when none does. */
function cheapest(
  movable: readonly Movable[],
  points: number,
  needed: readonly number[],
): Choice | undefined {
  let choices: Choice[] = [{ points: 0, lifts: needed.map(() => 0), answers: 0, chosen: [], path: [] }];
  for (const { standard, moves } of movable) {
    const best = new Map<string, Choice>();
    for (const choice of choices) {
      for (const move of [null, ...moves]) {
        const next = move ? moved(choice, standard, move) : { ...choice, path: [...choice.path, Infinity] };
        next.points = Math.min(next.points, points);
        const key = `${next.points} ${next.lifts}`;
        const other = best.get(key);
        if (!other || isCheaper(next, other)) best.set(key, next);
      }
    }
    choices = [...best.values()];
  }
  return choices
    .filter(
      (choice) => choice.points >= points && choice.lifts.every((lift, at) => lift >= (needed[at] as number)),
    )
    .reduce<Choice | undefined>((best, one) => (best && !isCheaper(one, best) ? best : one), undefined);
}

const moved = (choice: Choice, standard: RatedStandard, move: Useful): Choice => ({
  points: choice.points + move.points,
  lifts: choice.lifts.map((lift, at) => lift + (move.lifts[at] ? 1 : 0)),
  answers: choice.answers + move.answers,
  chosen: [...choice.chosen, { standard, move }],
  path: [...choice.path, move.rank],
});

function isCheaper(one: Choice, other: Choice): boolean {
  if (one.answers !== other.answers) return one.answers < other.answers;
  if (one.chosen.length !== other.chosen.length) return one.chosen.length < other.chosen.length;
  const at = one.path.findIndex((rank, place) => rank !== other.path[place]);
  return at >= 0 && (one.path[at] as number) < (other.path[at] as number);
}

/** The cheapest standards that come under a limit, as many as it lacks; undefined when there are not so many. */
function under(
  rules: ScoreRules,
  movable: readonly Movable[],
  limit: Limit,
  missing: number,
): Choice | undefined {
  const chosen = movable
    .flatMap(({ standard, moves }, place) => {
      const move = moves.find(({ rank }) => rank <= rankOf(rules, limit.atOrBelow));
      return limit.standards.includes(standard.code) && !isLow(rules, limit, standard) && move
        ? [{ standard, move, place }]
        : [];
    })
    .sort((a, b) => a.move.answers - b.move.answers)
    .slice(0, missing)
    .sort((a, b) => a.place - b.place);
  if (chosen.length < missing) return undefined;
  const answers = chosen.reduce((sum, { move }) => sum + move.answers, 0);
  return { points: 0, lifts: [], answers, chosen, path: [] };
}

function fixedStandards(standards: readonly RatedStandard[]): string | null {
  const bySource = new Map<string, string[]>();
  for (const { code, ratingSource } of standards) {
    if (ratingSource === 'computed') continue;
    const source = ratingSource ?? 'not rated';
    bySource.set(source, [...(bySource.get(source) ?? []), code]);
  }
  return (
    [...bySource]
      .map(([source, codes]) => `${source}: ${codes.join(', ')}`)
      .sort()
      .join('; ') || null
  );
}
