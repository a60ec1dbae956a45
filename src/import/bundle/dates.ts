import type { ReportEntry } from './inspection-file.js';

/** When an inspection was: ISO dates, and how exactly they are known. */
export interface InspectionDates {
  fieldworkStart: string;
  fieldworkEnd: string | null;
  fieldworkPrecision: 'day' | 'month';
  /** First of the month when only that is known; null when not even that is. */
  published: string | null;
  publishedYear: number | null;
  publishedPrecision: 'day' | 'month' | 'year' | null;
}

/** Reads the dates of a report; undefined when it says nothing of when fieldwork was. */
export function inspectionDates(report: ReportEntry): InspectionDates | undefined {
  const { fieldwork_from, fieldwork_to, fieldwork_month } = report;
  if (!fieldwork_from && !fieldwork_month) return undefined;
  const published = report.published === undefined ? null : String(report.published);
  const precision =
    published === null ? undefined : ({ 4: 'year', 7: 'month', 10: 'day' } as const)[published.length];
  return {
    fieldworkStart: fieldwork_from ?? `${fieldwork_month}-01`,
    fieldworkEnd: fieldwork_to ?? null,
    fieldworkPrecision: fieldwork_from ? 'day' : 'month',
    published: precision === 'day' ? published : precision === 'month' ? `${published}-01` : null,
    publishedYear: published ? Number(published.slice(0, 4)) : null,
    publishedPrecision: precision ?? null,
  };
}

/** Whether a text is a day that there is, in the form 2021-04-26. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
};
