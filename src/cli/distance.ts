import type { InspectionRatings } from '../queries/ratings.js';
import { type DistanceRow, distanceRows } from '../words/distance-rows.js';
import { distanceSentence } from '../words/distance-sentence.js';
import { inspectionHeading, scoreOf } from './about.js';
import { aboutService } from './one-service.js';
import type { TableOptions } from './print.js';
import { table } from './table.js';

export const distance = (service: string, given: TableOptions): Promise<void> =>
  aboutService(service, given, distanceRows, distanceLines);

/** An inspection's distances: a line for each direction of each standard, overall first. */
function distanceLines(inspection: InspectionRatings, given: readonly DistanceRow[]): string[] {
  // Where nothing is computed, up and down say the same.
  const rows = given.filter((row) => row.computed_rating !== null || row.direction === 'up');
  const lines = rows.map((row, at) => {
    const isFirst = rows[at - 1]?.standard !== row.standard;
    const arrow = row.direction === 'up' ? '↑ ' : '↓ ';
    return [
      isFirst ? row.standard : '',
      isFirst ? ratingOf(row) : '',
      (row.computed_rating === null ? '' : arrow) + distanceSentence(row),
    ];
  });
  const score = inspection.score === null ? '' : `, score ${scoreOf(inspection.score, inspection.max_score)}`;
  const decided = new Map(rows.filter((row) => row.discretion).map((row) => [row.standard, row.rating]));
  const fixed = rows.find((row) => row.fixed_standards !== null)?.fixed_standards;
  return [
    `${inspectionHeading(inspection)}: ${inspection.rating ?? 'not rated'}${score}`,
    '',
    ...table(['standard', 'computed rating', 'to the next rating'], lines),
    '',
    ...(decided.size > 0
      ? [`* a ratings panel decided otherwise: ${[...decided].map((one) => one.join(' ')).join(', ')}`]
      : []),
    ...(rows.some((row) => row.computed_rating === null && row.rating !== null)
      ? ['(p) as published: nothing is computed']
      : []),
    ...(fixed ? [`no answer moves: ${fixed}`] : []),
  ];
}

function ratingOf({ computed_rating, rating, discretion }: DistanceRow): string {
  if (computed_rating !== null) return computed_rating + (discretion ? '*' : '');
  return rating === null ? '-' : `${rating} (p)`;
}
