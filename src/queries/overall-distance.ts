import { atOneMoment } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import type { Move, MovingQuestion } from '../ratings/distance.js';
import { type MovingStandard, overallDistancesOf, type Standing } from '../ratings/overall-distance.js';
import { overallRating, standardRating } from './of-inspections.js';
import { ofWanted, rowsOf, type Wanted } from './view.js';

/** How many answers, over all standards, an overall rating is from the next one. */
export interface OverallDistanceRow {
  inspection_id: number;
  service_id: number;
  service: string;
  area: string;
  edition: string;
  fieldwork_start: string | null;
  year: number;
  published: string | null;
  is_synthetic: boolean;
  direction: 'up' | 'down';
  score: number | null;
  max_score: number | null;
  computed_rating: string | null;
  /** The next overall rating, which may be passed; null when there is none, or none is computed. */
  next_rating: string | null;
  /** Points to gain or to lose; 0 when only a limiting judgement holds the rating down. */
  points: number | null;
  /** Fewest answers that would have to be otherwise; null when not known or not reachable. */
  answers: number | null;
  /** Which standards move, to which rating, by how many answers, and by which of their key questions. */
  standards: MovingStandard[] | null;
  is_reachable: boolean | null;
  /** Standards that no answer moves, by what their rating is from. */
  fixed_standards: string | null;
  explanation: string | null;
}

/**
 * The inspections wanted, each up and then down. What it takes to move a standard is what the views say; the cheapest choice
 * of such moves is found here, because a language of sets has no good words for it.
 *
 * @example
 * const rows = await overallDistance(db, { synthetic: false });
 * const near = rows.filter(({ answers }) => answers !== null && answers <= 5);
 */
export function overallDistance(db: Connection, wanted: Wanted = {}): Promise<OverallDistanceRow[]> {
  return atOneMoment(db, (at) => distancesAt(at, wanted));
}

async function distancesAt(db: Connection, wanted: Wanted): Promise<OverallDistanceRow[]> {
  const rules = await scoreRules(db);
  const standards = groupBy(await standardRating(db, wanted), ({ inspection_id }) => inspection_id);
  const moves = groupBy(await standardMoves(db, wanted), ({ inspection_id }) => inspection_id);
  return (await overallRating(db, wanted)).flatMap((overall) => {
    const own = standards.get(overall.inspection_id) ?? [];
    const ownMoves = groupBy(moves.get(overall.inspection_id) ?? [], ({ standard }) => standard);
    const distances = overallDistancesOf({
      rules: {
        ...rules(
          `${overall.edition} ${overall.programme}`,
          overall.fieldwork_start ?? overall.published ?? `${overall.year}-01-01`,
        ),
        countingStandards: own.filter(({ counts }) => counts).map(({ standard }) => standard),
        weights: Object.fromEntries(own.map(({ standard, weight }) => [standard, weight ?? 0])),
      },
      standards: own.map(({ standard, rating, rating_source, score }) => ({
        code: standard,
        rating,
        ratingSource: rating_source as Standing['standards'][number]['ratingSource'],
        score,
      })),
      overall: {
        score: overall.score,
        maxScore: overall.max_score,
        computedRating: overall.rating_source === 'computed' ? overall.rating : null,
        limitedBy: overall.limited_by,
        notComputedBecause: overall.not_computed_because,
      },
      movesOf: (standard) => (ownMoves.get(standard) ?? []).map(({ move }) => move),
    });
    const {
      inspection_id,
      service_id,
      service,
      area,
      edition,
      fieldwork_start,
      year,
      published,
      is_synthetic,
    } = overall;
    return distances.map((distance) => ({
      inspection_id,
      service_id,
      service,
      area,
      edition,
      fieldwork_start,
      year,
      published,
      is_synthetic,
      direction: distance.direction,
      score: distance.score,
      max_score: distance.maxScore,
      computed_rating: distance.computedRating,
      next_rating: distance.nextRating,
      points: distance.points,
      answers: distance.answers,
      standards: distance.standards,
      is_reachable: distance.isReachable,
      fixed_standards: distance.fixedStandards,
      explanation: distance.explanation,
    }));
  });
}

/** Key questions that move, with their answers, which the views have in two lists. */
export const movingQuestions = (row: {
  key_questions: string[] | null;
  key_question_answers: number[] | null;
}): MovingQuestion[] | null =>
  row.key_questions?.map((code, at) => ({ code, answers: row.key_question_answers?.[at] as number })) ?? null;

/** The moves of standards, nearest first. */
async function standardMoves(
  db: Connection,
  wanted: Wanted,
): Promise<{ inspection_id: number; standard: string; move: Move }[]> {
  const rows = await rowsOf(db, 'standard_move', ofWanted(wanted), {
    by: ['inspection_id', 'standard', 'step'],
  });
  return rows.map((row) => ({
    inspection_id: row.inspection_id,
    standard: row.standard,
    move: {
      direction: row.direction as Move['direction'],
      toRating: row.to_rating,
      answers: row.answers,
      keyQuestions: movingQuestions(row),
      state: row.state as Move['state'],
      explanation: row.explanation,
    },
  }));
}

type ScoreRules = Omit<Standing['rules'], 'countingStandards' | 'weights'>;

/** What a programme of an edition (`2021 full`) says of scores on a day, as the public views have it. */
async function scoreRules(db: Connection): Promise<(programme: string, day: string) => ScoreRules> {
  const scale = groupBy(
    await rowsOf(db, 'rating_scale', {}, { by: ['rank'] }),
    ({ edition, programme }) => `${edition} ${programme}`,
  );
  const limits = groupBy(
    await rowsOf(db, 'limiting_judgement', {}, { by: ['limit_no'] }),
    ({ edition, programme }) => `${edition} ${programme}`,
  );
  return (programme, day) => {
    const holds = (row: { valid_from: string | null; valid_until: string | null }) =>
      (row.valid_from ?? '') <= day && (row.valid_until === null || day < row.valid_until);
    const ratings = (scale.get(programme) ?? []).filter(holds);
    return {
      ratings: ratings.map(({ rating }) => rating),
      scores: Object.fromEntries(
        ratings.flatMap(({ rating, points }) => (points === null ? [] : [[rating, points]])),
      ),
      overallBands: ratings
        .flatMap(({ rating, from_score: fromScore }) => (fromScore === null ? [] : [{ fromScore, rating }]))
        .sort((a, b) => a.fromScore - b.fromScore),
      limits: [
        ...groupBy((limits.get(programme) ?? []).filter(holds), ({ limit_no }) => limit_no).values(),
      ].map((rows) => ({
        standards: rows.map(({ standard }) => standard),
        atOrBelow: rows[0]?.at_or_below as string,
        minimumStandards: rows[0]?.minimum_standards as number,
        overallAtMost: rows[0]?.overall_at_most as string,
      })),
    };
  };
}
