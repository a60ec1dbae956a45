import { dateOf, firstDay, type Precision, precisionOf } from '../../days.js';
import type { ReportEntry } from './inspection-file.js';

/** When an inspection was: ISO dates, and how exactly they are known. */
export interface InspectionDates {
  fieldworkStart: string;
  fieldworkEnd: string | null;
  fieldworkPrecision: 'day' | 'month';
  /** First of the month when only that is known; null when not even that is. */
  published: string | null;
  publishedYear: number | null;
  publishedPrecision: Precision | null;
  /** The day that decides which rules, questions and names hold: of fieldwork, else of publication. */
  asOf: string;
}

/** Reads the dates of a report; undefined when it says nothing of when fieldwork was. */
export function inspectionDates(report: ReportEntry): InspectionDates | undefined {
  const { fieldwork_from, fieldwork_to, fieldwork_month } = report;
  const fieldworkStart = fieldwork_from ?? (fieldwork_month && firstDay(fieldwork_month));
  if (!fieldworkStart) return undefined;
  const published = report.published === undefined ? null : String(report.published);
  const precision = published === null ? null : precisionOf(published);
  return {
    fieldworkStart,
    fieldworkEnd: fieldwork_to ?? null,
    fieldworkPrecision: fieldwork_from ? 'day' : 'month',
    published: published === null || precision === 'year' ? null : firstDay(published),
    publishedYear: published === null ? null : Number(published.slice(0, 4)),
    publishedPrecision: precision,
    asOf: dateOf({ fieldworkStart, published }) as string,
  };
}
