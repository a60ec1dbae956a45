import type { InspectionRatings } from '../queries/ratings.js';
import type { ServiceComparisonRow } from '../queries/service-comparison.js';
import { shadeOf, stackedBar } from './bars.js';
import { inspectionHeading, scoreOf } from './inspection-heading.js';
import { type Column, table } from './table.js';
import { wrap } from './wrap.js';

const width = 138;

/** Places of a stacked bar; with two of them a line stays below 140 columns. */
const barLength = 10;

/** An inspection beside all others of its year and edition, and beside those of its region: a line a standard, overall first. */
export function comparisonTable(
  inspection: InspectionRatings,
  rows: readonly ServiceComparisonRow[],
): string[] {
  const { year, edition } = inspection;
  const region = rows.find(({ beside }) => beside === 'region')?.peers;
  const others = `inspections of ${year} under edition ${edition}`;
  const whom = region ? `all of them, and those of its region, ${region}` : 'all; its region is not known';
  const hasPeers = rows.some(({ inspections }) => inspections > 1);
  const scopes = hasPeers ? (region ? ['everywhere', 'region'] : ['everywhere']) : [];
  const columns: Column[] = [
    { title: 'standard' },
    { title: 'rating' },
    { title: 'score', align: 'right' },
    ...scopes.flatMap((scope): Column[] => [
      { title: scope === 'region' ? 'region' : 'all', align: 'right' },
      { title: 'higher', align: 'right' },
      { title: 'same', align: 'right' },
      { title: 'lower', align: 'right' },
      { title: '' },
      { title: 'median', align: 'right' },
    ]),
  ];
  const subjects = [
    { code: 'overall', rating: inspection.rating, score: scoreOf(inspection) },
    ...inspection.standards.map(({ standard, rating, score }) => ({ code: standard, rating, score })),
  ];
  const lines = subjects.map(({ code, rating, score }) => [
    code,
    rating ?? '-',
    score ?? '-',
    ...scopes.flatMap((scope) =>
      besideCells(rows.find(({ standard, beside }) => standard === code && beside === scope)),
    ),
  ]);
  return [
    inspectionHeading(inspection),
    hasPeers ? `Beside ${others}: ${whom}` : `No other of the ${others} is rated: nothing stands beside it.`,
    '',
    ...table(columns, lines),
    ...(hasPeers ? ['', legend] : []),
    ...titles(inspection),
    ...overallNote(inspection),
  ];
}

/** Stands for a blank at which a line is not to be broken. */
const unbroken = '\u00a0';

/** What the standards are called; beside their codes the table has no room for it. */
function titles({ standards }: InspectionRatings): string[] {
  const named = standards.map(({ standard, title }) => `${standard} ${title}`.replaceAll(' ', unbroken));
  return ['', ...wrap(named.join('; '), width).map((line) => line.replaceAll(unbroken, ' '))];
}

/** Why there is no overall rating, or none that is computed. */
function overallNote({ rating, not_rated_because }: InspectionRatings): string[] {
  if (not_rated_because === null) return [];
  const about = `overall is ${rating === null ? 'not rated' : 'as published'}: ${not_rated_because}`;
  return ['', ...wrap(about, width)];
}

const legend = `${shadeOf(0)} higher, ${shadeOf(1)} the same, ${shadeOf(2)} lower, of all that are rated on the standard; the inspection itself is one of them`;

/** How a rating stands to others: over how many, how many higher, the same and lower, a bar of that, and the median score. */
function besideCells(row: ServiceComparisonRow | undefined): (string | number | null)[] {
  if (!row) return ['-', null, null, null, null, null];
  const { inspections, higher, same, lower, median_score } = row;
  if (inspections === 1) return [1, null, null, null, 'no other', null];
  const shares = [higher, same, lower].map((count) => count / inspections);
  return [inspections, higher, same, lower, stackedBar(shares, barLength), median_score ?? '-'];
}
