import type { ServiceComparisonRow } from '../queries/of-inspections.js';
import type { InspectionRatings } from '../queries/ratings.js';
import { initials, initialsLegend } from '../words/initials.js';
import { wrap } from '../words/wrap.js';
import { shadeOf, stackedBar } from './bars.js';
import { inspectionHeading, scoreOf } from './inspection-heading.js';
import { type Column, table } from './table.js';
import { narrowWidth } from './width.js';

const width = 138;

/** Places of a stacked bar; with two of them a line stays below 140 columns. */
const barLength = 10;

/**
 * An inspection beside all others of its year and edition, beside those of its region, and beside those of its groups: a line a standard,
 * overall first. Everywhere and the region stand side by side, or one below the other where the terminal is narrow.
 */
export function comparisonTable(
  inspection: InspectionRatings,
  rows: readonly ServiceComparisonRow[],
  { narrow = false }: { narrow?: boolean } = {},
): string[] {
  const { year, edition } = inspection;
  const region = rows.find(({ beside }) => beside === 'region')?.peers;
  const others = `inspections of ${year} under edition ${edition}`;
  const whom = region ? `all of them, and those of its region, ${region}` : 'all; its region is not known';
  const hasPeers = rows.some(({ inspections }) => inspections > 1);
  const own = hasPeers ? (region ? ['everywhere', 'region'] : ['everywhere']) : [];
  const lists = hasPeers ? rows.filter(({ beside }) => !['everywhere', 'region'].includes(beside)) : [];
  const groups = new Map(lists.map(({ beside, peers }) => [beside, peers]));
  const scopes = narrow && own.length > 0 ? own.map((scope) => [scope]) : [own];
  const broken = (text: string) => wrap(text, narrow ? narrowWidth : width);
  return [
    inspectionHeading(inspection),
    ...broken(
      hasPeers
        ? `Beside ${others}: ${whom}`
        : `No other of the ${others} is rated: nothing stands beside it.`,
    ),
    ...scopes.flatMap((beside) => ['', ...besideTable(inspection, rows, { beside, narrow })]),
    ...[...groups].flatMap(([list, group]) => [
      '',
      `Beside those of ${group} (${list})`,
      '',
      ...besideTable(inspection, rows, { beside: [list], narrow }),
    ]),
    ...(hasPeers ? ['', ...broken(legend)] : []),
    ...(narrow ? [initialsLegend(inspection.standards.flatMap(({ rating }) => rating ?? []))] : []),
    ...titles(inspection, narrow ? narrowWidth : width),
    ...overallNote(inspection, narrow ? narrowWidth : width),
  ];
}

/** The ratings beside those of one scope, or of several side by side. */
function besideTable(
  inspection: InspectionRatings,
  rows: readonly ServiceComparisonRow[],
  { beside, narrow }: { beside: readonly string[]; narrow: boolean },
): string[] {
  const columns: Column[] = [
    { title: 'standard' },
    { title: 'rating' },
    { title: 'score', align: 'right' },
    ...beside.flatMap((scope): Column[] => [
      { title: scope === 'everywhere' ? 'all' : scope === 'region' ? 'region' : 'group', align: 'right' },
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
    rating === null ? '-' : narrow ? initials(rating) : rating,
    score ?? '-',
    ...beside.flatMap((scope) =>
      besideCells(rows.find((row) => row.standard === code && row.beside === scope)),
    ),
  ]);
  return table(columns, lines);
}

/** Stands for a blank at which a line is not to be broken. */
const unbroken = '\u00a0';

/** What the standards are called; beside their codes the table has no room for it. */
function titles({ standards }: InspectionRatings, width: number): string[] {
  const named = standards.map(({ standard, title }) => `${standard} ${title}`.replaceAll(' ', unbroken));
  return ['', ...wrap(named.join('; '), width).map((line) => line.replaceAll(unbroken, ' '))];
}

/** Why there is no overall rating, or none that is computed. */
function overallNote({ rating, not_computed_because }: InspectionRatings, width: number): string[] {
  if (not_computed_because === null) return [];
  const about = `overall is ${rating === null ? 'not rated' : 'as published'}: ${not_computed_because}`;
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
