import { serviceComparison } from '../queries/of-inspections.js';
import type { InspectionRatings } from '../queries/ratings.js';
import type { ViewRow } from '../queries/view.js';
import { shortened } from '../words/initials.js';
import { inspectionHeading } from './about.js';
import { shadeOf, stackedBar } from './bars.js';
import { aboutService } from './one-service.js';
import type { TableOptions } from './print.js';
import { table } from './table.js';

export const compare = (service: string, given: TableOptions): Promise<void> =>
  aboutService(
    service,
    given,
    (db, { inspection_id, is_synthetic }) =>
      serviceComparison(db, { inspectionId: inspection_id, synthetic: is_synthetic }),
    comparisonLines,
  );

/** An inspection's ratings, overall first, each beside those of its year and edition, of its region and of its groups: a line each. */
export function comparisonLines(
  inspection: InspectionRatings,
  rows: readonly ViewRow<'service_comparison'>[],
): string[] {
  const { year, edition, rating, not_computed_because, standards } = inspection;
  const numbers = ['score', 'all', 'higher', 'same', 'lower', 'median'].map((right) => ({ right }));
  const { short, legend } = shortened(rows.map((row) => row.rating));
  const lines = rows.map((row, at) => [
    ...(rows[at - 1]?.standard === row.standard ? ['', ''] : [row.standard, short(row.rating)]),
    ...[
      row.beside,
      row.score ?? '-',
      row.inspections,
      row.higher,
      row.same,
      row.lower,
      row.median_score ?? '-',
    ],
    stackedBar(
      [row.higher, row.same, row.lower].map((count) => count / row.inspections),
      barLength,
    ),
  ]);
  const groups = new Set(rows.flatMap(({ beside, peers }) => (peers === null ? [] : `${beside} ${peers}`)));
  return [
    inspectionHeading(inspection),
    '',
    ...table(['standard', 'rating', 'beside', ...numbers, ''], lines),
    '',
    `Beside all that are rated of ${year} under edition ${edition}, itself among them; ${[...groups].join(', ')}`,
    `${legend}; ${shadeOf(0)} higher, ${shadeOf(1)} the same, ${shadeOf(2)} lower`,
    '',
    standards.map(({ standard, title }) => `${standard} ${title}`).join('; '),
    ...(not_computed_because === null
      ? []
      : ['', `overall is ${rating === null ? 'not rated' : 'as published'}: ${not_computed_because}`]),
  ];
}

/** Places of a stacked bar: so many that a line stays within 80 columns. */
const barLength = 6;
