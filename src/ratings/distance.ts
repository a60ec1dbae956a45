import type { InspectionResult, StandardResult } from './inspection.js';
import { minimumYes } from './percentage.js';
import type { KeyQuestionResult } from './question.js';
import { type Rules, rankOf } from './rules.js';

export type Direction = 'up' | 'down';

/** How far a case-based standard's computed rating is from the next one in a direction. */
export interface StandardDistance {
  standard: string;
  direction: Direction;
  computedRating: string | null;
  /** The rating that stands; another one where a panel decided so. */
  rating: string | null;
  /** Whether a ratings panel decided on the rating; the distance is that of the computed one all the same. */
  discretion: boolean;
  /** null when there is none, or nothing is computed. */
  nextRating: string | null;
  /** Fewest answers that would have to be otherwise; null when not known or not reachable. */
  answers: number | null;
  /** Which key questions have to move, and by how many answers each: up all of them, down any one. */
  keyQuestions: MovingQuestion[] | null;
  /** Whether the relevant cases allow it; null when that is not known, or there is no next rating. */
  isReachable: boolean | null;
  /** Why `answers` or `isReachable` is null, or why it can't be reached. */
  explanation: string | null;
}

/** A key question and the answers that it has to move by. */
export interface MovingQuestion {
  code: string;
  answers: number;
}

/** What it takes to move a standard's computed rating to a band, or past it. */
export interface Move {
  direction: Direction;
  toRating: string;
  /** null when not known or not reachable. */
  answers: number | null;
  keyQuestions: MovingQuestion[] | null;
  state: 'reachable' | 'not reachable' | 'relevant cases not known' | 'not known';
  explanation: string | null;
}

/**
 * The distances of all case-based standards of an inspection, up and down. Answers are changed from no to yes or from yes to
 * no; relevant cases stay the same, so that there is never more yes than relevant cases.
 */
export function standardDistances(result: InspectionResult): StandardDistance[] {
  return result.standards
    .filter(({ basis }) => basis === 'cases')
    .flatMap((standard) => {
      const moves = movesOf(result, standard);
      return (['up', 'down'] as const).map((direction) => {
        const next = moves.find((move) => move.direction === direction);
        return {
          standard: standard.code,
          direction,
          computedRating: standard.computedRating,
          rating: standard.rating,
          discretion: standard.ratingSource === 'panel decision',
          nextRating: next?.toRating ?? null,
          answers: next?.answers ?? null,
          keyQuestions: next?.keyQuestions ?? null,
          isReachable: next?.state === 'reachable' ? true : next?.state === 'not reachable' ? false : null,
          explanation: next ? next.explanation : withoutNext(standard, direction),
        };
      });
    });
}

function withoutNext(standard: StandardResult, direction: Direction): string {
  if (standard.computedRating === null)
    return standard.notComputedBecause ?? 'no key question of it is asked';
  return direction === 'up' ? 'it is the highest rating' : 'it is the lowest rating';
}

/** The moves of a standard's computed rating to every other band, nearest first; none when nothing is computed. */
export function movesOf({ rules, keyQuestions }: InspectionResult, standard: StandardResult): Move[] {
  const { computedRating } = standard;
  if (computedRating === null) return [];
  const asked = standard.keyQuestions
    .filter((code) => !standard.judged.has(code))
    .map((code) => ({ code, result: keyQuestions.get(code) }))
    .filter(({ result }) => result?.state !== 'no relevant case');
  const own = rankOf(rules, computedRating);
  const up = rules.bands
    .filter(({ rating }) => rankOf(rules, rating) > own)
    .map(({ rating, fromPercent }) => {
      const isBelow = (other: string) => rankOf(rules, other) < rankOf(rules, rating);
      const below = asked.filter(({ result }) => !result?.rating || isBelow(result.rating));
      return moveUp(
        rating,
        below.map(({ code, result }) => ({ code, result, answers: rise(rules, result, fromPercent) })),
        {
          held: [...standard.judged].filter(([, judged]) => judged !== null && isBelow(judged)),
          unrecorded: [...standard.judged].filter(([, judged]) => judged === null),
        },
      );
    });
  const down = rules.bands
    .flatMap(({ rating }, at) => {
      if (rankOf(rules, rating) >= own) return [];
      // there is one above: bands are in the order of ratings, and one more is needed to have been reached
      const leaves = rules.bands[at + 1]?.fromPercent;
      return [
        moveDown(
          rating,
          asked.map(({ code, result }) => ({
            code,
            answers: leaves === undefined ? null : fall(rules, result, leaves),
          })),
          [...standard.judged],
        ),
      ];
    })
    .reverse();
  return [...up, ...down];
}

/** Answers of yes that a key question lacks to a band; null when its counts are not known. */
function rise(rules: Rules, result: KeyQuestionResult | undefined, fromPercent: number): number | null {
  const { rating = null, countedYes = null, baseCount = null } = result ?? {};
  if (rating === null || countedYes === null || baseCount === null) return null;
  return minimumYes(rules, fromPercent, baseCount) - countedYes;
}

/** Answers of yes that a key question has to lose to be below a percentage; null when its counts are not known. */
function fall(rules: Rules, result: KeyQuestionResult | undefined, fromPercent: number): number | null {
  const lacking = rise(rules, result, fromPercent);
  return lacking === null ? null : 1 - lacking;
}

function moveUp(
  toRating: string,
  all: { code: string; result: KeyQuestionResult | undefined; answers: number | null }[],
  { held, unrecorded }: { held: Judged[]; unrecorded: Judged[] },
): Move {
  const codesOf = (some: typeof all) => some.map(({ code }) => code).join(', ');
  const tooMany = all.filter(
    ({ result, answers }) =>
      answers !== null &&
      result?.relevant != null &&
      (result.countedYes as number) + answers > result.relevant,
  );
  const uncounted = all.filter(({ answers }) => answers === null);
  const open = all.filter(({ result, answers }) => answers !== null && result?.relevant === null);
  const move = { direction: 'up' as const, toRating };
  if (held.length > 0) return { ...move, ...heldBy(held) };
  if (tooMany.length > 0) {
    const explanation = `more yes than relevant cases: ${codesOf(tooMany)}`;
    return { ...move, answers: null, keyQuestions: null, state: 'not reachable', explanation };
  }
  if (unrecorded.length > 0) {
    const explanation = `no judgement is recorded: ${unrecorded.map(([code]) => code).join(', ')}`;
    return { ...move, answers: null, keyQuestions: null, state: 'not known', explanation };
  }
  if (uncounted.length > 0) return { ...move, ...unknownFor(codesOf(uncounted)) };
  return {
    ...move,
    answers: all.reduce((sum, { answers }) => sum + (answers as number), 0),
    keyQuestions: all.map(({ code, answers }) => ({ code, answers: answers as number })),
    state: open.length > 0 ? 'relevant cases not known' : 'reachable',
    explanation: open.length > 0 ? `relevant cases not known: ${codesOf(open)}` : null,
  };
}

function moveDown(toRating: string, all: { code: string; answers: number | null }[], judged: Judged[]): Move {
  const move = { direction: 'down' as const, toRating };
  if (all.length === 0) return { ...move, ...heldBy(judged) };
  const uncounted = all.filter(({ answers }) => answers === null);
  if (uncounted.length > 0) return { ...move, ...unknownFor(uncounted.map(({ code }) => code).join(', ')) };
  const fewest = Math.min(...all.map(({ answers }) => answers as number));
  return {
    ...move,
    answers: fewest,
    keyQuestions: all
      .filter(({ answers }) => answers === fewest)
      .map(({ code }) => ({ code, answers: fewest })),
    state: 'reachable',
    explanation: null,
  };
}

/** A key question that is judged, and its rating. */
type Judged = [code: string, rating: string | null];

/** No answer of a case moves what is judged. */
const heldBy = (judged: Judged[]) => ({
  answers: null,
  keyQuestions: null,
  state: 'not reachable' as const,
  explanation: `judged, not counted: ${judged.map(([code]) => code).join(', ')}`,
});

const unknownFor = (codes: string) => ({
  answers: null,
  keyQuestions: null,
  state: 'not known' as const,
  explanation: `counts not known: ${codes}`,
});
