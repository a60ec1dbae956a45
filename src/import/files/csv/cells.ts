import type { Problem } from '../../../problem.js';

/** Characters that a cell may have, and cells that a line may have. */
export const mostChars = 1000;
export const mostCells = 5000;

/**
 * A cell as it is compared: without the blanks around it, every kind of blank a blank, nothing that can't be seen, and accents in the
 * one form that they have as letters (NFC). Most cells are plain, which is found out first.
 */
export function trimmed(cell: string): string {
  for (let at = 0; at < cell.length; at++) if (cell.charCodeAt(at) > 126) return inOneForm(cell);
  return cell.charCodeAt(0) <= 32 || cell.charCodeAt(cell.length - 1) <= 32 ? cell.trim() : cell;
}

const inOneForm = (cell: string): string =>
  cell
    .normalize('NFC')
    // zero width and soft hyphens alone: a mark that turns text round changes what is seen
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
    .replaceAll(/\p{Zs}/gu, ' ')
    .trim();

/** What Papa's parser says of a quote: `index` is the position after the quote that opens the cell. */
export interface QuoteError {
  code: string;
  row: number;
  index: number;
}

/** A quote that is not closed, or not by the end of its cell, as a problem at the line on which the cell begins. */
export function quotingProblem(file: string, text: string, error: QuoteError, firstLine: number): Problem {
  let line = firstLine;
  for (let at = text.indexOf('\n'); at >= 0 && at < error.index; at = text.indexOf('\n', at + 1)) line++;
  const message =
    error.code === 'MissingQuotes'
      ? 'a quote opens a cell here and is never closed'
      : 'a quote opens a cell here, and what follows the closing quote is not the end of the cell: write a quote inside a cell twice ("")';
  return { file, line, message };
}
