import type { InspectionRatings } from '../queries/ratings.js';
import { initials, initialsLegend } from '../words/initials.js';
import { fieldwork } from './fieldwork.js';
import { ratingColumns, standardCodes } from './rating-columns.js';
import { shortName } from './short-name.js';
import { table } from './table.js';
import { terminalWidth } from './width.js';

/** The ratings table as people read it: an inspection a line, a standard a column, ratings by their initials. */
export function ratingsTable(
  inspections: readonly InspectionRatings[],
  { width = terminalWidth() }: { width?: number } = {},
): string[] {
  const codes = standardCodes(
    inspections.flatMap(({ standards }) => standards.map(({ standard }) => standard)),
  );
  const rows = inspections.map((inspection) => ({
    about: [shortName(inspection.service), fieldwork(inspection), inspection.edition],
    standards: codes.map((code) => {
      const standard = inspection.standards.find((one) => one.standard === code);
      if (!standard) return '';
      return standard.rating === null ? '-' : initials(standard.rating) + (standard.discretion ? '*' : '');
    }),
    overall: overall(inspection, (rating) => rating),
    inShort: overall(inspection, initials).map(shortened),
  }));
  const notes = inspections
    .filter((one) => !isAsPublished(one) && (one.limited_by ?? one.not_computed_because))
    .map(
      (one) =>
        `${shortName(one.service)}: ${one.not_computed_because ? 'overall not rated: ' : ''}${one.not_computed_because ?? one.limited_by}`,
    );
  const wide = table(
    ratingColumns(codes, 'published'),
    rows.map(({ about, standards, overall }) => [...about, ...standards, ...overall]),
    { width: Number.POSITIVE_INFINITY },
  );
  const narrow = wide.some((line) => line.length > width);
  const legend = initialsLegend(
    inspections.flatMap(({ standards, rating: itsOverall }) =>
      [...standards.map(({ rating }) => rating), narrow ? itsOverall : null].flatMap(
        (rating) => rating ?? [],
      ),
    ),
  );
  return [
    ...(narrow ? narrowTable(codes, rows) : wide),
    '',
    `${legend}; * a ratings panel used its discretion; - not rated${narrow ? '; n/c not computable' : ''}`,
    ...(inspections.some(isAsPublished)
      ? [`${asPublished.trim()} as published, because not every standard's rating is known`]
      : []),
    ...notes,
  ];
}

/** The same where lines are short: an inspection in two lines, its standards in the second. */
function narrowTable(
  codes: readonly string[],
  rows: readonly { about: string[]; standards: string[]; inShort: string[] }[],
): string[] {
  const columns = ratingColumns([], 'published');
  const first = table(
    columns,
    rows.map(({ about: [service = '', ...others], inShort }) => [
      service.length > longestName ? `${service.slice(0, longestName - 1)}…` : service,
      ...others,
      ...inShort,
    ]),
    { width: Number.POSITIVE_INFINITY },
  );
  const widths = codes.map((code) => Math.max(code.length, 3));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd();
  const [heading = '', rule = '', ...lines] = first;
  const below = rows.map(({ standards }) =>
    standards.every((one) => one === '-' || one === '') ? [] : [line(standards)],
  );
  return [heading, line(codes), rule, ...lines.flatMap((one, at) => [one, ...(below[at] ?? [])])];
}

/** What is long in short: 2* is two by discretion, 3 n/c three not computable. */
const shortened = (cell: string): string =>
  cell.replace(' by discretion', '*').replace(' not computable', ' n/c');

/** Score, overall rating as it is to be shown, and how they stand to what is printed. */
const overall = (inspection: InspectionRatings, shown: (rating: string) => string): string[] => [
  score(inspection),
  (inspection.rating === null ? '-' : shown(inspection.rating)) +
    (isAsPublished(inspection) ? asPublished : ''),
  agreement(inspection),
];

/** What of a service's name has room in a short line. */
const longestName = 24;

const asPublished = ' (p)';

/** Whether the overall rating is the published one, kept because not every standard's rating is known. */
const isAsPublished = ({ rating, rating_source }: InspectionRatings): boolean =>
  rating !== null && rating_source === 'published';

/** The computed score; else what is printed, marked as such. */
function score(inspection: InspectionRatings): string {
  if (inspection.score !== null) return `${inspection.score}/${inspection.max_score}`;
  if (inspection.published_score !== null) return inspection.published_score + asPublished;
  if (inspection.published_score_percent !== null)
    return `${inspection.published_score_percent}%${asPublished}`;
  return '-';
}

/** How the ratings and the score stand to what the report prints. */
function agreement({
  agreement: { agrees, explained, disagrees, not_computable },
}: InspectionRatings): string {
  if (agrees + explained + disagrees + not_computable === 0) return 'nothing printed';
  const parts = [
    disagrees > 0 ? `${disagrees} differ` : agrees + explained > 0 && 'agrees',
    explained > 0 && `${explained} by discretion`,
    not_computable > 0 && `${not_computable} not computable`,
  ];
  return parts.filter(Boolean).join(', ');
}
