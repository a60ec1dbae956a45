import type { Confidence, Reading, ReadValue } from '../../../src/read/reading.js';

/** A value on a line, by a path such as "key_questions 2.1.1 yes" or "context 0 measure". */
export function value(
  path: string,
  content: ReadValue['value'],
  line = 1,
  confidence: Confidence = 'read',
): ReadValue {
  const steps = path.split(' ').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return { path: steps, value: content, confidence, place: { line } };
}

/** A reading of these values, of an inspection of Rutland in March 2023. */
export const readingOf = (...values: ReadValue[]): Reading => ({
  values: [
    value('service name', 'Rutland Youth Justice Service'),
    value('service area', 'Rutland'),
    value('service kind', 'YJS'),
    value('report fieldwork_month', '2023-03'),
    value('edition', '2021'),
    ...values,
  ],
  findings: [],
});

/** A document that such a reading may be of. */
export const document = {
  file: '/reports/rutland.pdf',
  kind: 'pdf' as const,
  hash: 'a'.repeat(64),
  lines: [],
};
