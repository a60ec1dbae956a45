// How tables and messages name inspections.

import type { InspectionRatings } from '../queries/ratings.js';

/** Services' kinds are long and few: they go by the abbreviations of the field. */
export const shortName = (service: string): string =>
  service
    .replace(/Youth Offending Service$/, 'YOS')
    .replace(/Youth Offending Team$/, 'YOT')
    .replace(/Youth Justice Service$/, 'YJS');

/** When an inspection's fieldwork was, as exactly as it is known: a day, or a month; "-" when it is not. */
export const fieldwork = ({
  fieldwork_start,
  fieldwork_precision,
}: Pick<InspectionRatings, 'fieldwork_start' | 'fieldwork_precision'>): string =>
  (fieldwork_precision === 'month' ? fieldwork_start?.slice(0, 7) : fieldwork_start) ?? '-';

/** The line above what is said of one inspection. */
export function inspectionHeading(inspection: InspectionRatings): string {
  const { service, edition, year, fieldwork_start, is_synthetic } = inspection;
  const when = fieldwork_start === null ? `published ${year}` : `fieldwork ${fieldwork(inspection)}`;
  return `${shortName(service)}, ${when}, edition ${edition}${is_synthetic ? ' (invented)' : ''}`;
}

/** A score with its maximum; "-" when there is none. */
export const scoreOf = (score: number | null, most: number | null): string =>
  score === null ? '-' : `${score}/${most}`;

/** Codes of standards, each once, in their order: 1.2 before 1.10. */
export const standardCodes = (standards: Iterable<string>): string[] =>
  [...new Set(standards)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
