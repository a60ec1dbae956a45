import { distance } from 'fastest-levenshtein';
import type { ReportLine } from '../report-document.js';

const runningHeads = [
  'inspection of youth offending services',
  'inspection of youth justice services',
  'an inspection of youth offending services in',
];

/** A text without the running head that a page's end has put behind it. */
export const withoutFurniture = (text: string): string =>
  text.replace(/\s+\S{8,12} of youth (?:offending|justice) services?: [^.]{3,60}$/i, '');

/** Whether a line is a running head, with its page's number perhaps, damaged so that it was not set aside with the others. */
export function isRunningHead({ text, cells }: ReportLine): boolean {
  if (cells.filter((cell) => cell !== '').length > 3 || text.length > 110) return false;
  const lower = text.toLowerCase().replace(/^[\d\W]+/, '');
  return runningHeads.some((head) => distance(lower.slice(0, head.length), head) <= 6);
}

/** Whether a line of running text is a running head or a page number. */
export const isFurniture = (line: ReportLine): boolean =>
  isRunningHead(line) || (line.cells.length === 1 && /^\W*\d{0,3}\W*$/.test(line.text));
