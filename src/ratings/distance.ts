import type { InspectionResult, StandardResult } from './inspection.js';
import { minimumYes } from './percentage.js';
import type { KeyQuestionResult } from './question.js';
import { type Rules, rankOf } from './rules.js';

export type Direction = 'up' | 'down';

/** A key question and the answers that it has to move by. */
export interface MovingQuestion {
  code: string;
  answers: number;
}

/** What it takes to move a standard's computed rating to a band, or past it. */
export interface Move {
  direction: Direction;
  toRating: string;
  /** Fewest answers that would have to be otherwise; null when not known or not reachable. */
  answers: number | null;
  /** Which key questions have to move: up all of them, down any one. */
  keyQuestions: MovingQuestion[] | null;
  state: 'reachable' | 'not reachable' | 'relevant cases not known' | 'not known';
  /** Why it is not known or can't be reached. */
  explanation: string | null;
}

/** How far a case-based standard's computed rating is from the next one in a direction, whatever a panel decided. */
export interface StandardDistance
  extends Pick<Move, 'direction' | 'answers' | 'keyQuestions' | 'explanation'> {
  standard: string;
  computedRating: string | null;
  /** The rating that stands, and whether a ratings panel decided on it. */
  rating: string | null;
  discretion: boolean;
  /** null when there is none, or nothing is computed. */
  nextRating: string | null;
  /** Whether the relevant cases allow it; null when that is not known, or there is no next rating. */
  isReachable: boolean | null;
}

/**
 * The distances of all case-based standards of an inspection, up and down. Answers are changed from no to yes or from yes to
 * no; relevant cases stay the same, so that there is never more yes than relevant cases.
 */
export function standardDistances(result: InspectionResult): StandardDistance[] {
  const caseBased = result.standards.filter(({ basis }) => basis === 'cases');
  return caseBased.flatMap((standard) => {
    const moves = movesOf(result, standard);
    return (['up', 'down'] as const).map((direction) => {
      const next = moves.find((move) => move.direction === direction);
      const isKnown = next?.state === 'reachable' || next?.state === 'not reachable';
      return {
        standard: standard.code,
        direction,
        computedRating: standard.computedRating,
        rating: standard.rating,
        discretion: standard.ratingSource === 'panel decision',
        nextRating: next?.toRating ?? null,
        answers: next?.answers ?? null,
        keyQuestions: next?.keyQuestions ?? null,
        isReachable: isKnown ? next?.state === 'reachable' : null,
        explanation: next ? next.explanation : withoutNext(standard, direction),
      };
    });
  });
}

function withoutNext({ computedRating, notComputedBecause }: StandardResult, direction: Direction): string {
  if (computedRating === null) return notComputedBecause ?? 'no key question of it is asked';
  return direction === 'up' ? 'it is the highest rating' : 'it is the lowest rating';
}

/** The moves of a standard's computed rating to every other band, nearest first; none when nothing is computed. */
export function movesOf({ rules, keyQuestions }: InspectionResult, standard: StandardResult): Move[] {
  const { computedRating, judged } = standard;
  if (computedRating === null) return [];
  const counted = standard.keyQuestions
    .filter((code) => !judged.has(code))
    .map((code) => ({ code, result: keyQuestions.get(code) }))
    .filter(({ result }) => result?.state !== 'no relevant case');
  const own = rankOf(rules, computedRating);
  const others = rules.bands.map((band, at) => ({ ...band, at, rank: rankOf(rules, band.rating) }));
  const up = others
    .filter(({ rank }) => rank > own)
    .map(({ rating, rank, fromPercent }) => {
      const isBelow = (other: string) => rankOf(rules, other) < rank;
      const rising = counted
        .filter(({ result }) => !result?.rating || isBelow(result.rating))
        .map(({ code, result }) => ({ code, result, answers: lacking(rules, result, fromPercent) }));
      const held = [...judged].filter(([, one]) => one !== null && isBelow(one));
      const unrecorded = [...judged].filter(([, one]) => one === null);
      const outcome = allRise(rising, codesOf(held), codesOf(unrecorded));
      return { direction: 'up' as const, toRating: rating, ...outcome };
    });
  const down = others
    .filter(({ rank }) => rank < own)
    .map(({ rating, at }) => {
      // below a rating there is one above: its band is left
      const left = rules.bands[at + 1]?.fromPercent as number;
      const falling = counted.map(({ code, result }) => {
        const rise = lacking(rules, result, left);
        return { code, answers: rise === null ? null : 1 - rise };
      });
      return { direction: 'down' as const, toRating: rating, ...oneFalls(falling, codesOf([...judged])) };
    });
  return [...up, ...down.reverse()];
}

const codesOf = (judged: readonly [code: string, rating: string | null][]) => judged.map(([code]) => code);

/** Answers of yes that a key question lacks to a percentage, negative where it has more; null when its counts are not known. */
function lacking(rules: Rules, result: KeyQuestionResult | undefined, fromPercent: number): number | null {
  const { rating = null, countedYes = null, baseCount = null } = result ?? {};
  if (rating === null || countedYes === null || baseCount === null) return null;
  return minimumYes(rules, fromPercent, baseCount) - countedYes;
}

type Outcome = Omit<Move, 'direction' | 'toRating'>;
type Moving = { code: string; result?: KeyQuestionResult | undefined; answers: number | null };

/** Up, every key question below the band has to rise. What is judged moves by no answer. */
function allRise(rising: readonly Moving[], held: string[], unrecorded: string[]): Outcome {
  const having = (isMeant: (one: Moving) => boolean) => rising.filter(isMeant).map(({ code }) => code);
  const tooMany = having(({ result, answers }) => {
    const { relevant = null, countedYes } = result ?? {};
    return answers !== null && relevant !== null && (countedYes as number) + answers > relevant;
  });
  const uncounted = having(({ answers }) => answers === null);
  if (held.length > 0) return stays('not reachable', 'judged, not counted', held);
  if (tooMany.length > 0) return stays('not reachable', 'more yes than relevant cases', tooMany);
  if (unrecorded.length > 0) return stays('not known', 'no judgement is recorded', unrecorded);
  if (uncounted.length > 0) return stays('not known', 'counts not known', uncounted);
  const open = having(({ result }) => result?.relevant === null);
  const keyQuestions = rising.map(({ code, answers }) => ({ code, answers: answers as number }));
  return {
    answers: keyQuestions.reduce((sum, { answers }) => sum + answers, 0),
    keyQuestions,
    state: open.length > 0 ? 'relevant cases not known' : 'reachable',
    explanation: open.length > 0 ? `relevant cases not known: ${open.join(', ')}` : null,
  };
}

/** Down, one key question has to fall, and the one that falls soonest does. */
function oneFalls(falling: readonly Moving[], judged: string[]): Outcome {
  if (falling.length === 0) return stays('not reachable', 'judged, not counted', judged);
  const uncounted = falling.filter(({ answers }) => answers === null).map(({ code }) => code);
  if (uncounted.length > 0) return stays('not known', 'counts not known', uncounted);
  const fewest = Math.min(...falling.map(({ answers }) => answers as number));
  const soonest = falling.filter(({ answers }) => answers === fewest);
  const keyQuestions = soonest.map(({ code }) => ({ code, answers: fewest }));
  return { answers: fewest, keyQuestions, state: 'reachable', explanation: null };
}

const stays = (state: Move['state'], why: string, codes: readonly string[]): Outcome => ({
  answers: null,
  keyQuestions: null,
  state,
  explanation: `${why}: ${codes.join(', ')}`,
});
