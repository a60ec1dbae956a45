import { UserError } from '../../../problem.js';
import type { Limits } from '../limits.js';

/** A line of a text as it stands there. */
export interface PhysicalLine {
  /** From 1. */
  number: number;
  raw: string;
  /** Empty lines before it. */
  gap: number;
  /** Whether a page begins with it. */
  pageStart: boolean;
}

/** The lines of a text that are not empty. A lone carriage return ends a line where there is no line feed at all. */
export function physicalLines(file: string, text: string, limits: Limits): PhysicalLine[] {
  const lines: PhysicalLine[] = [];
  const ending = text.includes('\n') ? '\n' : '\r';
  let number = 0;
  let gap = 0;
  let pageStart = false;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf(ending, start);
    const end = found < 0 ? text.length : found;
    number += 1;
    if (number > limits.textLines)
      throw new UserError(
        `${file} has more than ${limits.textLines.toLocaleString('en-GB')} lines: that is no inspection report. Check that it is the right file.`,
      );
    if (end - start > limits.lineLength)
      throw new UserError(
        `${file}:${number}: this line has ${(end - start).toLocaleString('en-GB')} characters; a report's lines have at most ${limits.lineLength.toLocaleString('en-GB')}. Check that it is the right file.`,
      );
    let raw = text.slice(start, end);
    if (raw.endsWith('\r')) raw = raw.slice(0, -1);
    const ended = /\f\s*$/.test(raw.slice(-20)) && raw.trim() !== '';
    if (raw.includes('\f') && !ended) pageStart = true;
    if (/[^\s\u200B\uFEFF]/.test(raw)) {
      lines.push({ number, raw, gap, pageStart });
      gap = 0;
      pageStart = ended;
    } else gap += 1;
    start = end + 1;
  }
  return lines;
}
