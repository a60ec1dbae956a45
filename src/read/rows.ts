import { essence, type Wording, wordingOf } from './likeness.js';
import type { Line, Place } from './report.js';

export type Cell =
  | { kind: 'number'; value: number; isPercent: boolean }
  | { kind: 'not applicable' }
  | { kind: 'lost'; why: string };

/** A line of a table, or what may be one: words, and what stands behind them. */
export interface Row {
  line: Line;
  /** Where it comes among the report's lines. */
  at: number;
  /** The words as they stand there, without a printed number or letter. */
  text: string;
  wording: Wording;
  /** The number printed before them: "2", "2.1", "2.1.3". */
  code?: string;
  /** The cells behind the words; none in a heading. */
  values: string[];
  /** Where these stand: below the words they may have a line of their own. */
  place: Place;
}

/** Longer than any question with its figures; a line beyond it is a paragraph. */
const longest = 330;

/** The tail of a question that a converter put into the next cell, then the figure; no single letter that may be a digit. */
const behindFragment = /^(?![lio]\s)\p{Ll}{1,12}[.,;?]?\s+(\d{1,3}\s?%?)$/iu;

/** What a cell says. Only what can be read in one way is a number: "4", "91 %", "ve 2"; "l2", "4?", "91%%" and "004" are lost. */
export function cellOf(text: string): Cell {
  const plain = text
    .replace(/[₀-₉⁰¹²³⁴-⁹]/g, (digit) => digit.normalize('NFKD'))
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (/^(?:n ?[/\\.]? ?a\.?|not applicable)$/i.test(plain)) return { kind: 'not applicable' };
  const number = /^(0|[1-9]\d{0,2})\s?(%?)$/.exec(behindFragment.exec(plain)?.[1] ?? plain);
  if (number) return { kind: 'number', value: Number(number[1]), isPercent: number[2] === '%' };
  return { kind: 'lost', why: plain === '' ? 'nothing is legible' : `«${plain}» is no number` };
}

/** Whether a cell may hold a value: a figure, or something short that has been one. */
function isValueLike(text: string): boolean {
  const plain = text.trim();
  if (plain.length <= 20 && cellOf(plain).kind !== 'lost') return true;
  return plain.length <= 6 && (/\d|^[^\p{L}]*$/u.test(plain) || plain.length <= 2);
}

const besideRating =
  /\\[a-z]+|\b(?:our|overall|ratings?|rated|judgement|is|was|as|icon|image|picture|logo|stars?)\b/g;

/** The rating of the scale that a short text is: "Good", "Rating: Good", "'Outstanding' ☆"; undefined for anything else. */
export function ratingOf(text: string, ratings: readonly string[]): string | undefined {
  if (text.length > 60) return undefined;
  const plain = essence(text.toLowerCase().replaceAll(besideRating, ' '));
  return ratings.find((rating) => essence(rating) === plain);
}

/** Whether a cell says that there is no rating. */
export const isNotRated = (text: string): boolean => /^\s*(?:not rated|unrated)\s*$/i.test(text);

/** A text with the rating that stands behind its words, or the figures behind its question, apart: the words, and these. */
function valuesAtEnd(text: string, ratings: readonly string[]): { text: string; values: string[] } {
  for (const rating of text.length <= 140 ? ratings : []) {
    const at = text.toLowerCase().lastIndexOf(rating.toLowerCase());
    const before = text.slice(0, Math.max(at, 0));
    const words = before.replace(/[\s:–—(-]*(?:rating|rated)?[\s:–—('"-]*$/i, '');
    if (words !== '' && /[\s:('"]$/.test(before) && ratingOf(text.slice(at), ratings) === rating)
      return { text: words, values: [rating] };
  }
  const figures = /^(.{12,}?[?.\p{L}'")])\s+((?:(?:\d{1,3}\s?%?|n\/a)(?:\s+|$)){1,2})$/iu.exec(text);
  if (!figures?.[1]?.includes('?')) return { text, values: [] };
  return {
    text: figures[1],
    values: (figures[2] as string).replaceAll(/\s+%/g, '%').trim().split(/\s+/),
  };
}

/** How frameworks number domains, standards and questions: "2", "2.1.3", "V1.1". */
export const codePattern = '[A-Z]?\\d(?:\\s?\\.\\s?\\d{1,2}){0,2}';
const code = new RegExp(`^(?:standard\\s+)?(${codePattern})\\s?[.:)]?\\s+(?=\\S)`, 'i');
const letter = /^\(?[a-z]\s?[).]\s+/i;

/** The rows that lines may be. What stands in a line of its own and is a value belongs to the words above. */
export function rowsOf(lines: readonly Line[], ratings: readonly string[]): Row[] {
  const rows: Row[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.furniture || line.footnote !== undefined || line.text.length > longest) continue;
    const row = rowOf(line, at, ratings);
    const above = rows.at(-1);
    if (row.text !== '') rows.push(row);
    else if (above?.values.every((value) => value === '') && at - above.at <= 4) {
      above.values = row.values;
      above.place = line.place;
    }
  }
  return rows;
}

function rowOf(line: Line, at: number, ratings: readonly string[]): Row {
  const cells = line.cells.map((cell) => cell.trim());
  const behind: string[] = [];
  const isValue = (cell: string) =>
    isValueLike(cell) || isNotRated(cell) || ratingOf(cell, ratings) !== undefined;
  const least = cells.every(isValue) ? 0 : 1;
  while (cells.length > least && isValue(cells.at(-1) as string)) behind.unshift(cells.pop() as string);
  const words = cells.join(' ').trim();
  const { text, values } = behind.length > 0 ? { text: words, values: behind } : valuesAtEnd(words, ratings);
  const number = code.exec(text);
  const bare = number ? text.slice(number[0].length) : text.replace(letter, '');
  return {
    ...{ line, at, text: bare, wording: wordingOf(bare), values, place: line.place },
    ...(number && { code: (number[1] as string).replaceAll(/\s/g, '') }),
  };
}

/** A row and the next ones as one, where its words go on in further lines; undefined where they can't be one. */
export function joinedRows(rows: readonly Row[]): Row | undefined {
  const [first, ...more] = rows as [Row, ...Row[]];
  const isOther = ({ line, code, at }: Row, index: number) =>
    line.bullet || code !== undefined || at - (rows[index] as Row).at > 3;
  const isEnd = ({ text }: Row) => /[?.:]\s*$/.test(text);
  const length = rows.reduce((sum, row) => sum + row.text.length, 0);
  if (length > longest || more.some(isOther) || rows.slice(0, -1).some(isEnd)) return undefined;
  const withValues = rows.filter(({ values }) => values.some((value) => value !== ''));
  if (withValues.length > 1) return undefined;
  const { values, place } = withValues[0] ?? first;
  const text = rows.map((row) => row.text).join(' ');
  return { ...first, text, wording: wordingOf(text), values, place };
}
