import type { Connection } from '../database/connect.js';
import { standardDistance } from '../queries/of-inspections.js';
import { movingQuestions, type OverallDistanceRow, overallDistance } from '../queries/overall-distance.js';
import type { InspectionRatings } from '../queries/ratings.js';
import type { Direction, MovingQuestion } from '../ratings/distance.js';

/** How far a case-based standard's, or the overall, computed rating is from the next one up, or down. */
export interface DistanceRow {
  inspection_id: number;
  service: string;
  area: string;
  edition: string;
  fieldwork_start: string | null;
  year: number;
  published: string | null;
  is_synthetic: boolean;
  /** Code of the standard, or overall. */
  standard: string;
  title: string | null;
  direction: string;
  /** The rating that stands. */
  rating: string | null;
  computed_rating: string | null;
  discretion: boolean;
  next_rating: string | null;
  /** Fewest answers that would have to be otherwise; null when not known or not reachable. */
  answers: number | null;
  /** Which have to move, by how many yes; of overall standard by standard: `2.1 to Good (2.1.3 +1)`. */
  key_questions: string | null;
  /** Of overall: which move, to which rating, by how many answers. */
  standards: string | null;
  /** Of overall: points to gain, or to lose. */
  points: number | null;
  is_reachable: boolean | null;
  explanation: string | null;
  /** Of overall: standards that no answer moves. */
  fixed_standards: string | null;
  evidence: string | null;
}

/** An inspection's distances: overall, then its case-based standards, each up before down. */
export async function distanceRows(db: Connection, inspection: InspectionRatings): Promise<DistanceRow[]> {
  const { inspection_id, service, area, edition, fieldwork_start, year, published, is_synthetic, rating } =
    inspection;
  const key = { inspection_id, service, area, edition, fieldwork_start, year, published, is_synthetic };
  const overall = await overallDistance(db, { inspectionId: inspection_id });
  const standards = await standardDistance(db, { inspectionId: inspection_id });
  return [
    ...overall.map((row) => ({
      ...key,
      standard: 'overall',
      title: null,
      direction: row.direction,
      rating,
      computed_rating: row.computed_rating,
      discretion: false,
      next_rating: row.next_rating,
      answers: row.answers,
      key_questions: standardsInWords(row),
      standards: inWords(
        row.standards,
        ({ code, toRating, answers }) => `${code} to ${toRating} (${answers})`,
      ),
      points: row.points,
      is_reachable: row.is_reachable,
      explanation: row.explanation,
      fixed_standards: row.fixed_standards,
      evidence: inspection.evidence,
    })),
    ...standards.map((row) => ({
      ...key,
      standard: row.standard,
      title: row.title,
      direction: row.direction,
      rating: row.rating,
      computed_rating: row.computed_rating,
      discretion: row.discretion,
      next_rating: row.next_rating,
      answers: row.answers,
      key_questions: questionsInWords(row.direction as Direction, movingQuestions(row)),
      standards: null,
      points: null,
      is_reachable: row.is_reachable,
      explanation: row.explanation,
      fixed_standards: null,
      evidence: row.evidence,
    })),
  ];
}

const inWords = <Moving>(moving: Moving[] | null, words: (one: Moving) => string): string | null =>
  moving?.map(words).join(', ') ?? null;

/** `2.1 to Good (2.1.3 +1)`: which standards move, and which of their key questions. */
export const standardsInWords = ({ standards, direction }: OverallDistanceRow): string | null =>
  inWords(
    standards,
    ({ code, toRating, keyQuestions }) =>
      `${code} to ${toRating} (${questionsInWords(direction, keyQuestions)})`,
  );

/** `2.2.3 +2, 2.2.4 +1` (all of them), or `2.2.3 -1 or 2.2.4 -1` (any one of them). */
export function questionsInWords(direction: Direction, moving: MovingQuestion[] | null): string | null {
  const [sign, between] = direction === 'up' ? ['+', ', '] : ['-', ' or '];
  return moving?.map(({ code, answers }) => `${code} ${sign}${answers}`).join(between) ?? null;
}
