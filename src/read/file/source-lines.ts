import { UserError } from '../../problem.js';
import type { Limits } from './limits.js';

export interface SourceLine {
  number: number;
  raw: string;
  /** Empty lines before it. */
  gap: number;
  pageStart: boolean;
}

/** The lines of a text that are not empty. A lone carriage return ends a line where there is no line feed at all. */
export function sourceLines(file: string, text: string, limits: Limits): SourceLine[] {
  const lines: SourceLine[] = [];
  let gap = 0;
  let pageStart = false;
  const inWords = (number: number) => number.toLocaleString('en-GB');
  const all = text.split(text.includes('\n') ? '\n' : '\r');
  if (all.length > limits.textLines)
    throw new UserError(
      `${file} has more than ${inWords(limits.textLines)} lines: that is no inspection report. Check that it is the right file.`,
    );
  for (const [at, one] of all.entries()) {
    if (one.length > limits.lineLength)
      throw new UserError(
        `${file}:${at + 1}: this line has ${inWords(one.length)} characters; a report's lines have at most ${inWords(limits.lineLength)}. Check that it is the right file.`,
      );
    const raw = one.endsWith('\r') ? one.slice(0, -1) : one;
    // A form feed ends a page: before the words of a line, or behind them.
    const endsPage = /\S.*\f\s*$/.test(raw.slice(-20));
    if (raw.includes('\f') && !endsPage) pageStart = true;
    if (/[^\s\u200B\uFEFF]/.test(raw)) {
      lines.push({ number: at + 1, raw, gap, pageStart });
      gap = 0;
      pageStart = endsPage;
    } else gap += 1;
  }
  return lines;
}
