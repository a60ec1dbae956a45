import { distance } from 'fastest-levenshtein';
import type { ReportLine } from '../report-document.js';

const runningHeads = [
  'inspection of youth offending services',
  'inspection of youth justice services',
  'an inspection of youth offending services in',
];

/** Whether a line is a running head or a page number, damaged so that it was not set aside with the others. */
export function isFurniture({ text, cells }: ReportLine): boolean {
  if (cells.length > 1 || text.length > 110) return false;
  if (/^\W*\d{0,3}\W*$/.test(text)) return true;
  const lower = text.toLowerCase().replace(/^[\d\W]+/, '');
  return runningHeads.some((head) => distance(lower.slice(0, head.length), head) <= 6);
}
