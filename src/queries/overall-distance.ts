import { atOneMoment } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { holdsOn } from '../days.js';
import { groupBy } from '../group-by.js';
import type { Direction, Move, MovingQuestion } from '../ratings/distance.js';
import { type MovingStandard, overallDistancesOf, type Standing } from '../ratings/overall-distance.js';
import { type OverallRatingRow, overallRating, standardRating } from './of-inspections.js';
import { asking, rowsOf, type ViewRow, type Wanted } from './view.js';

type Key = 'inspection_id' | 'service_id' | 'service' | 'area' | 'edition' | 'fieldwork_start' | 'year';

/** How many answers, over all standards, an overall rating is from the next one: the columns are those of OverallDistance. */
export interface OverallDistanceRow extends Pick<OverallRatingRow, Key | 'published' | 'is_synthetic'> {
  direction: Direction;
  score: number | null;
  max_score: number | null;
  computed_rating: string | null;
  next_rating: string | null;
  points: number | null;
  answers: number | null;
  standards: MovingStandard[] | null;
  is_reachable: boolean | null;
  fixed_standards: string | null;
  explanation: string | null;
}

/**
 * Overall ratings, each up and then down. What it takes to move a standard is what the views say; the cheapest choice of such moves
 * is found here, because a language of sets has no good words for it.
 * @example
 * const rows = await overallDistance(db, { synthetic: false });
 * const near = rows.filter(({ answers }) => answers !== null && answers <= 5);
 */
export function overallDistance(db: Connection, wanted: Wanted = {}): Promise<OverallDistanceRow[]> {
  return atOneMoment(db, async (at) => {
    const rulesOf = await scoreRules(at);
    const standards = groupBy(await standardRating(at, wanted), (row) => row.inspection_id);
    const moves = groupBy(await standardMove(at, wanted), (row) => row.inspection_id);
    return (await overallRating(at, wanted)).flatMap((overall) => {
      const { inspection_id, service_id, service, area, edition } = overall;
      const { fieldwork_start, year, published, is_synthetic } = overall;
      const key = { inspection_id, service_id, service, area, edition };
      const own = standards.get(inspection_id) ?? [];
      const ownMoves = groupBy(moves.get(inspection_id) ?? [], ({ standard }) => standard);
      const distances = overallDistancesOf({
        rules: {
          ...rulesOf(overall),
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
        movesOf: (standard) => (ownMoves.get(standard) ?? []).map(moveOf),
      });
      return distances.map((distance) => ({
        ...{ ...key, fieldwork_start, year, published, is_synthetic },
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
  });
}

/** Key questions that move, with their answers, which the views have in two lists. */
export const movingQuestions = (
  row: Pick<ViewRow<'standard_move'>, 'key_questions' | 'key_question_answers'>,
): MovingQuestion[] | null =>
  row.key_questions?.map((code, at) => ({ code, answers: row.key_question_answers?.[at] as number })) ?? null;

const standardMove = asking(
  'standard_move',
  { inspectionId: 'inspection_id' },
  { by: ['inspection_id', 'standard', 'step'] },
);

const moveOf = (row: ViewRow<'standard_move'>): Move => ({
  direction: row.direction as Direction,
  toRating: row.to_rating,
  answers: row.answers,
  keyQuestions: movingQuestions(row),
  state: row.state as Move['state'],
  explanation: row.explanation,
});

/** What the rules that an inspection is rated by say of scores, as the public views have them. */
async function scoreRules(db: Connection) {
  const scale = await rowsOf(db, 'rating_scale', {}, { by: ['rank'] });
  const limiting = await rowsOf(db, 'limiting_judgement', {}, { by: ['limit_no'] });
  return ({ edition, programme, fieldwork_start, published, year }: OverallRatingRow) => {
    const day = fieldwork_start ?? published ?? `${year}-01-01`;
    const holds = (row: ViewRow<'rating_scale'> | ViewRow<'limiting_judgement'>) =>
      row.edition === edition &&
      row.programme === programme &&
      holdsOn({ from: row.valid_from, until: row.valid_until }, day);
    const ratings = scale.filter(holds);
    const limits = [...groupBy(limiting.filter(holds), ({ limit_no }) => limit_no).values()];
    return {
      ratings: ratings.map(({ rating }) => rating),
      scores: Object.fromEntries(
        ratings.flatMap(({ rating, points }) => (points === null ? [] : [[rating, points]])),
      ),
      overallBands: ratings
        .flatMap(({ rating, from_score: fromScore }) => (fromScore === null ? [] : [{ fromScore, rating }]))
        .sort((a, b) => a.fromScore - b.fromScore),
      limits: limits.map((rows) => {
        const { at_or_below, minimum_standards, overall_at_most } = rows[0] as (typeof rows)[0];
        return {
          standards: rows.map(({ standard }) => standard),
          ...{ atOrBelow: at_or_below, minimumStandards: minimum_standards, overallAtMost: overall_at_most },
        };
      }),
    };
  };
}
