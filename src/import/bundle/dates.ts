import { dateOf, firstDay, type Precision, precisionOf } from '../../days.js';
import type { ReportEntry } from './inspection-file.js';

/** When an inspection was: ISO dates, and how exactly they are known. */
export interface InspectionDates {
  /** null where only the publication is known. */
  fieldworkStart: string | null;
  fieldworkEnd: string | null;
  fieldworkPrecision: 'day' | 'month' | 'not known';
  /** First of the month when only that is known; null when not even that is. */
  published: string | null;
  publishedYear: number | null;
  publishedPrecision: Precision | null;
  /** The day that decides which rules, questions and names hold: of fieldwork, else of publication. */
  asOf: string;
}

/** Reads the dates of a report; undefined when it says neither when fieldwork nor when publication was. */
export function inspectionDates(report: ReportEntry): InspectionDates | undefined {
  const { fieldwork_from, fieldwork_to, fieldwork_month } = report;
  const fieldworkStart = fieldwork_from ?? (fieldwork_month === undefined ? null : firstDay(fieldwork_month));
  const published = report.published === undefined ? null : String(report.published);
  const asOf = dateOf({ fieldworkStart, published });
  if (asOf === undefined) return undefined;
  const precision = published === null ? null : precisionOf(published);
  return {
    fieldworkStart,
    fieldworkEnd: fieldwork_to ?? null,
    fieldworkPrecision: fieldwork_from ? 'day' : fieldworkStart ? 'month' : 'not known',
    published: published === null || precision === 'year' ? null : firstDay(published),
    publishedYear: published === null ? null : Number(published.slice(0, 4)),
    publishedPrecision: precision,
    asOf,
  };
}
