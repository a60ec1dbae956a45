import type { InspectionRatings } from '../queries/ratings.js';

/** Ratings as rows of a table: of each inspection the overall one, then its standards in the edition's order. */
export function ratingsRows(inspections: readonly InspectionRatings[]): object[] {
  return inspections.flatMap((inspection) => {
    const {
      inspection_id,
      service,
      area,
      edition,
      fieldwork_start,
      year,
      published,
      is_synthetic,
      evidence,
    } = inspection;
    const key = { inspection_id, service, area, edition, fieldwork_start, year, published, is_synthetic };
    const { rating, score, rating_without_discretion, published_rating } = inspection;
    const overall = {
      standard: 'overall',
      rating,
      score,
      computed_rating: rating_without_discretion,
      discretion: null,
      published_rating,
    };
    return [overall, ...inspection.standards].map((row) => ({
      ...key,
      standard: row.standard,
      rating: row.rating,
      score: row.score,
      computed_rating: row.computed_rating,
      discretion: row.discretion,
      published_rating: row.published_rating,
      evidence,
    }));
  });
}
