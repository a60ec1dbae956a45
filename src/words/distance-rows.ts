import type { Connection } from '../database/connect.js';
import { standardDistance } from '../queries/of-inspections.js';
import { type OverallDistanceRow, overallDistance } from '../queries/overall-distance.js';
import type { InspectionRatings } from '../queries/ratings.js';
import type { ViewRow } from '../queries/view.js';

/**
 * How far the computed ratings of an inspection are from the next ones: overall, then its case-based standards, each up before down.
 * `answers` are the fewest that would have to be otherwise, null when not known or not reachable; `key_questions` says which, by how many
 * yes; of overall `standards` says which move, to which rating, by how many answers, and `points` how many are to be gained or lost.
 */
export async function distanceRows(db: Connection, inspection: InspectionRatings) {
  const { inspection_id, service, area, edition, fieldwork_start, year, published, is_synthetic } =
    inspection;
  const key = { inspection_id, service, area, edition, fieldwork_start, year, published, is_synthetic };
  const overall = (await overallDistance(db, { inspectionId: inspection_id })).map((row) => ({
    ...row,
    ...{ standard: 'overall', title: null, rating: inspection.rating, discretion: false },
    key_questions: standardsInWords(row),
    standards: inWords(row, ({ standard, to_rating, answers }) => `${standard} to ${to_rating} (${answers})`),
    evidence: inspection.evidence,
  }));
  const standards = (await standardDistance(db, { inspectionId: inspection_id })).map((row) => ({
    ...row,
    key_questions: questionsInWords(row),
    ...{ standards: null, points: null, fixed_standards: null },
  }));
  return [...overall, ...standards].map((row) => {
    const { standard, title, direction, rating, computed_rating, discretion, next_rating, answers } = row;
    const { key_questions, standards, points, is_reachable, explanation, fixed_standards, evidence } = row;
    return {
      ...{ ...key, standard, title, direction, rating, computed_rating, discretion, next_rating, answers },
      ...{ key_questions, standards, points, is_reachable, explanation, fixed_standards, evidence },
    };
  });
}

export type DistanceRow = Awaited<ReturnType<typeof distanceRows>>[number];

type Move = ViewRow<'standard_move'>;
const inWords = ({ standards }: OverallDistanceRow, words: (one: Move) => string): string | null =>
  standards?.map(words).join(', ') ?? null;

/** `2.1 to Good (2.1.3 +1)`: which standards move, and which of their key questions. */
export const standardsInWords = (row: OverallDistanceRow): string | null =>
  inWords(row, (move) => `${move.standard} to ${move.to_rating} (${questionsInWords(move)})`);

/** `2.2.3 +2, 2.2.4 +1` (all of them), or `2.2.3 -1 or 2.2.4 -1` (any one of them). */
export function questionsInWords({
  direction,
  key_questions,
  key_question_answers: answers,
}: Pick<Move, 'direction' | 'key_questions' | 'key_question_answers'>): string | null {
  const [sign, between] = direction === 'up' ? ['+', ', '] : ['-', ' or '];
  return key_questions?.map((code, at) => `${code} ${sign}${answers?.[at]}`).join(between) ?? null;
}
