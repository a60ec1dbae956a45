import type { InspectionRatings } from '../queries/ratings.js';
import { fieldwork } from './fieldwork.js';
import { initials, initialsLegend } from './initials.js';
import { ratingColumns, standardCodes } from './rating-columns.js';
import { shortName } from './short-name.js';
import { table } from './table.js';

/** The ratings table as people read it: an inspection a line, a standard a column, ratings by their initials. */
export function ratingsTable(inspections: readonly InspectionRatings[]): string[] {
  const codes = standardCodes(
    inspections.flatMap(({ standards }) => standards.map(({ standard }) => standard)),
  );
  const columns = ratingColumns(codes, 'published');
  const rows = inspections.map((inspection) => [
    shortName(inspection.service),
    fieldwork(inspection),
    inspection.edition,
    ...codes.map((code) => {
      const standard = inspection.standards.find((one) => one.standard === code);
      if (!standard) return '';
      return standard.rating === null ? '-' : initials(standard.rating) + (standard.discretion ? '*' : '');
    }),
    score(inspection),
    (inspection.rating ?? '-') + (isAsPublished(inspection) ? asPublished : ''),
    agreement(inspection),
  ]);
  const legend = initialsLegend(
    inspections.flatMap(({ standards }) => standards.flatMap(({ rating }) => rating ?? [])),
  );
  const notes = inspections
    .filter((one) => !isAsPublished(one) && (one.limited_by ?? one.not_rated_because))
    .map(
      (one) =>
        `${shortName(one.service)}: ${one.not_rated_because ? 'overall not rated: ' : ''}${one.not_rated_because ?? one.limited_by}`,
    );
  return [
    ...table(columns, rows),
    '',
    `${legend}; * a ratings panel used its discretion; - not rated`,
    ...(inspections.some(isAsPublished)
      ? [`${asPublished.trim()} as published, because not every standard's rating is known`]
      : []),
    ...notes,
  ];
}

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
