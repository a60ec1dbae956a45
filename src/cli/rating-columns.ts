import type { Column } from './table.js';

/** Codes of standards, each once, in their order: 1.2 before 1.10. */
export const standardCodes = (standards: Iterable<string>): string[] =>
  [...new Set(standards)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** Columns of a table of inspections: an inspection a line, a standard a column. */
export const ratingColumns = (codes: readonly string[], last: string): Column[] => [
  { title: 'service' },
  { title: 'fieldwork' },
  { title: 'edition' },
  ...codes.map((title) => ({ title })),
  { title: 'score', align: 'right' },
  { title: 'overall' },
  { title: last },
];
