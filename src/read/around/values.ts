import type { Confidence, ReadValue } from '../reading.js';
import type { Place, ReportLine } from '../report-document.js';

/** What is known of a value besides where it goes and what it is. */
export interface About {
  confidence?: Confidence;
  confirmedBy?: Place[];
  why?: string;
}

/** A value that stands on a line. */
export function valueAt(
  path: (string | number)[],
  value: ReadValue['value'],
  { place }: Pick<ReportLine, 'place'>,
  { confidence, confirmedBy = [], why }: About = {},
): ReadValue {
  return {
    path,
    value,
    confidence: confidence ?? (confirmedBy.length > 0 ? 'confirmed' : 'read'),
    place,
    ...(confirmedBy.length > 0 ? { confirmedBy } : {}),
    ...(why === undefined ? {} : { why }),
  };
}

/** Values of an entry, one for each of its keys that is told. */
export function entryValues(
  path: (string | number)[],
  entry: Record<string, string | number | boolean | undefined>,
  line: Pick<ReportLine, 'place'>,
  about: About = {},
): ReadValue[] {
  return Object.entries(entry).flatMap(([key, value]) =>
    value === undefined ? [] : [valueAt([...path, key], value, line, about)],
  );
}
