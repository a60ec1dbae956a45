import { serviceComparison } from '../queries/of-inspections.js';
import type { InspectionRatings } from '../queries/ratings.js';
import type { ViewRow } from '../queries/view.js';
import { inspectionHeading, scoreOf } from './about.js';
import { shadeOf, stackedBar } from './bars.js';
import { aboutService, type OfService } from './one-service.js';
import { table } from './table.js';

export const compare = (service: string, given: OfService): Promise<void> =>
  aboutService(
    service,
    given,
    (db, { inspection_id, is_synthetic }) =>
      serviceComparison(db, { inspectionId: inspection_id, synthetic: is_synthetic }),
    comparisonLines,
  );

/**
 * An inspection beside all others of its year and edition, beside those of its region, and beside those of its groups, a table each: a
 * line a standard, overall first.
 */
export function comparisonLines(
  inspection: InspectionRatings,
  rows: readonly ViewRow<'service_comparison'>[],
): string[] {
  const { year, edition, rating, not_computed_because, standards } = inspection;
  const others = `inspections of ${year} under edition ${edition}`;
  const hasPeers = rows.some(({ inspections }) => inspections > 1);
  const peersOf = new Map(rows.map(({ beside, peers }) => [beside, peers]));
  const scopes = hasPeers ? [...new Set(['everywhere', 'region', ...peersOf.keys()])] : [];
  return [
    inspectionHeading(inspection),
    ...(hasPeers ? [] : [`No other of the ${others} is rated: nothing stands beside it.`]),
    ...scopes
      .filter((scope) => peersOf.has(scope))
      .flatMap((scope) => [
        '',
        scope === 'everywhere' ? `Beside all ${others}` : `Beside those of ${peersOf.get(scope)} (${scope})`,
        '',
        ...besideTable(
          inspection,
          rows.filter(({ beside }) => beside === scope),
        ),
      ]),
    '',
    ...(hasPeers ? [legend, ''] : []),
    standards.map(({ standard, title }) => `${standard} ${title}`).join('; '),
    ...(not_computed_because === null
      ? []
      : ['', `overall is ${rating === null ? 'not rated' : 'as published'}: ${not_computed_because}`]),
  ];
}

const legend = `${shadeOf(0)} higher, ${shadeOf(1)} the same, ${shadeOf(2)} lower, of all that are rated on the standard; the inspection itself is one of them`;

/** Places of a stacked bar: so many that a line stays within 80 columns. */
const barLength = 6;

/** The ratings beside those of one scope: over how many, how many higher, the same and lower, a bar of that, and the median score. */
function besideTable(
  { rating, score, max_score, standards }: InspectionRatings,
  rows: readonly ViewRow<'service_comparison'>[],
): string[] {
  const subjects = [{ standard: 'overall', rating, score: scoreOf(score, max_score) }, ...standards];
  const columns = ['all', 'higher', 'same', 'lower'].map((right) => ({ right }));
  return table(
    ['standard', 'rating', { right: 'score' }, ...columns, '', { right: 'median' }],
    subjects.map((subject) => {
      const cells = [subject.standard, subject.rating ?? '-', subject.score ?? '-'];
      const row = rows.find(({ standard }) => standard === subject.standard);
      if (!row) return [...cells, '-'];
      const { inspections, higher, same, lower, median_score } = row;
      if (inspections === 1) return [...cells, 1, null, null, null, 'no other'];
      const shares = [higher, same, lower].map((count) => count / inspections);
      return [...cells, inspections, higher, same, lower, stackedBar(shares, barLength), median_score ?? '-'];
    }),
  );
}
