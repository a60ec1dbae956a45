import type { Place, ReportLine } from '../report-document.js';
import { essence, questionEssence, withoutLimit } from '../structure/wording.js';
import { isFigureLike, isFiguresOnly } from './cells.js';

/** A line of a table of results, or what may be one: a question, and its figures. */
export interface Row {
  line: ReportLine;
  /** The question's words as they stand there. */
  text: string;
  /** Letters and digits of the question alone. */
  essence: string;
  /** These without "Where applicable,". */
  bare: string;
  /** The cells behind the question, as they stand there; none in a heading. */
  figures: string[];
  /** Whether the figures stand in a line that has nothing else. */
  isApart?: boolean;
  /** Where the figures stand: below the question they have a line of their own. */
  place: Place;
}

/** "Of the 4 cases inspected", "Relevant cases", "% 'Yes'": the heads of tables. */
const heads =
  /^(?:of the \S+ cases?\b|relevant cases?\b|number ["']?yes|%\s*["']?yes|["']?yes\b|standards and key questions)/i;

/** Whether a line is the head of a table. */
export const isTableHead = ({ text, cells }: ReportLine): boolean =>
  heads.test(text) || (cells.length > 1 && cells.slice(1).some((cell) => heads.test(cell)));

/** Longer than any question with figures; a line beyond it is a paragraph. */
const longest = 330;

/** The rows that lines may be. Figures that stand in a line of their own belong to the question above. */
export function rowsOf(lines: readonly ReportLine[]): Row[] {
  const rows: Row[] = [];
  let above: { row: Row; at: number } | undefined;
  for (const [at, line] of lines.entries()) {
    // Figures below the head of a table are of a row whose question is gone, not of the heading above.
    if (line.text.length > longest || isTableHead(line)) {
      above = undefined;
      continue;
    }
    const filled = line.cells.filter((cell) => cell.trim() !== '');
    if (isFiguresOnly(filled)) {
      if (above && above.row.figures.length === 0 && at - above.at <= 3) {
        above.row.figures = filled;
        above.row.place = line.place;
        above.row.isApart = true;
      }
      continue;
    }
    const row = rowOf(line);
    rows.push(row);
    if (row.figures.length === 0) above = { row, at };
    else above = undefined;
  }
  return rows;
}

function rowOf(line: ReportLine): Row {
  const cells = [...line.cells];
  const figures: string[] = [];
  while (cells.length > 1 && isFigureLike(cells.at(-1) as string)) figures.unshift(cells.pop() as string);
  let text = cells.join(' ').replaceAll(/\s+/g, ' ').trim();
  if (line.cells.length === 1) {
    const end = /^(.{12,}?[?.\p{L}'")])\s+((?:(?:\d{1,3}\s?%?|n\/a)(?:\s+|$)){1,2})$/iu.exec(text);
    if (end) {
      text = end[1] as string;
      figures.push(
        ...(end[2] as string)
          .replaceAll(/(?<=\d)\s+%/g, '%')
          .trim()
          .split(/\s+/),
      );
    }
  }
  // A percentage that a converter set among the words of a question of two lines: no question has one of its own.
  const amid = figures.every((figure) => figure.trim() === '')
    ? [...text.matchAll(/(?<=\S )\d{1,3}% (?=\S)/g)]
    : [];
  if (amid.length === 1 && /[?]$/.test(text)) {
    text = text.replace((amid[0] as RegExpExecArray)[0], '');
    figures.splice(0, figures.length, (amid[0] as RegExpExecArray)[0].trim());
  }
  const whole = questionEssence(text);
  return { line, text, essence: whole, bare: withoutLimit(whole), figures, place: line.place };
}

/** A row and the next ones as one, where a question's words go on in further lines; undefined when they can't be one. */
export function joined(rows: readonly Row[]): Row | undefined {
  const first = rows[0] as Row;
  const withFigures = rows.filter((row) => row.figures.some((figure) => figure.trim() !== ''));
  if (withFigures.length > 1) return undefined;
  if (rows.slice(1).some((row) => row.line.heading !== undefined || row.line.bullet)) return undefined;
  const figured = withFigures[0] ?? first;
  const text = rows.map((row) => row.text).join(' ');
  const whole =
    first.essence +
    rows
      .slice(1)
      .map((row) => essence(row.text))
      .join('');
  return {
    line: first.line,
    text,
    essence: whole,
    bare: withoutLimit(whole),
    figures: figured.figures,
    ...(figured.isApart && { isApart: true }),
    place: figured.place,
  };
}
