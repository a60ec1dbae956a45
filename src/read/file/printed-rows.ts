import { singleBlanks } from './characters.js';
import { type RawLine, wordsOf } from './raw-line.js';

/** A piece of a line that stands apart from the others, and where: from and to, in widths of a letter. */
export interface Piece {
  left: number;
  right: number;
  text: string;
}

/** A line as it is printed: its pieces from left to right. */
export interface PrintedLine extends Omit<RawLine, 'cells'> {
  pieces: Piece[];
  /** The distance from the line before, in usual steps from line to line. */
  step: number;
  /** Size of its letters in points, where it is known. */
  size?: number;
}

/** A row in the making: `text` is its first column, `others` are the further ones. */
interface Row {
  first: PrintedLine;
  last: PrintedLine;
  text: string;
  /** The last line of the first column, and its right end. */
  tail: string;
  right: number;
  others: Piece[];
  raws: string[];
  /** Steps since the last line that had words of the first column. */
  sinceText: number;
}

/** Where the first column of a table begins and ends, and where its second begins. */
interface Columns {
  left: number;
  right: number;
  second: number;
}

/** More lines than this are never one. */
const mostLines = 100;
/** How many lines away a table's other lines are looked for. */
const reach = 8;

/**
 * Puts printed lines together again that are one: the lines of a paragraph, of a bullet, of a heading, and of a table's row whose
 * question is wrapped while its figures stand at the first, the last or a middle line of it. Columns of a table that a row leaves
 * empty get an empty cell. From `loose` steps on a line begins something new.
 */
export function rowsOfPrinted(lines: readonly PrintedLine[], loose: number): RawLine[] {
  const pageRight = usualRight(lines);
  const rows: Row[] = [];
  for (const [at, line] of lines.entries()) {
    const columns = columnsNear(lines, at) ?? { left: 0, right: pageRight, second: Number.POSITIVE_INFINITY };
    const last = rows.at(-1);
    if (last && continues(last, line, columns, { pageRight, loose })) add(last, line, columns);
    else {
      const row: Row = {
        ...{ first: line, last: line, text: '', tail: '', right: 0, others: [], raws: [], sinceText: 0 },
      };
      add(row, line, columns);
      rows.push(row);
    }
  }
  return withEmptyCells(rows);
}

/** How far the lines of running text go. */
function usualRight(lines: readonly PrintedLine[]): number {
  const rights = lines
    .filter(({ pieces }) => pieces.length === 1 && (pieces[0]?.text.length ?? 0) > 40)
    .map(({ pieces }) => pieces[0]?.right ?? 0)
    .sort((a, b) => a - b);
  return rights[Math.floor(rights.length * 0.9)] ?? 80;
}

/** The columns of the table around a line; undefined where no line near by has several pieces. */
function columnsNear(lines: readonly PrintedLine[], at: number): Columns | undefined {
  const begins = (other: number) => {
    const line = lines[other] as PrintedLine;
    return line.step > 3 || line.heading !== lines[other - 1]?.heading;
  };
  let [from, to] = [at, at];
  while (from > 0 && at - from < reach && !begins(from)) from -= 1;
  while (to + 1 < lines.length && to - at < reach && !begins(to + 1)) to += 1;
  const near = lines.slice(from, to + 1);
  if (!near.some(({ pieces }) => pieces.length > 1)) return undefined;
  const left = Math.min(...near.map(({ pieces }) => (pieces[0] as Piece).left));
  // What begins this near to the left end of a table is of its first column.
  const isFirst = (piece: Piece) => piece.left - left < 12;
  const second = Math.min(
    ...near.flatMap(({ pieces: [one, two] }) => (one && two ? [isFirst(one) ? two.left : one.left] : [])),
  );
  const rights = near.flatMap(({ pieces: [one] }) =>
    one && isFirst(one) && one.right <= second + 2 ? [one.right] : [],
  );
  return { left, right: Math.max(0, ...rights), second };
}

/** A piece is of the column that it begins nearer to. */
const isOfFirstColumn = (piece: Piece, { left, second }: Columns) =>
  piece.left < second - 2 && piece.left - left <= second - piece.left;

const isFigure = (text: string) =>
  text.length <= 24 &&
  /^(?:[£<>]?\s?\d[\d,.]*\s?%?|n\/?a|-|–)$/i.test(text.replace(/[\uE010\uE011]\d+\uE012/g, '').trim());
const overlap = (one: Piece, other: Piece) =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > -1.5;
const startsLow = (text: string) => /^[a-z(,;&%](?![.)] )/.test(text);
const ends = (text: string) =>
  /[.?!:;]['")]{0,3}\s?(?:[\uE010\uE011]\d+\uE012\s?){0,3}$/.test(text.slice(-40));
const firstWord = (text: string) => /^\S*/.exec(text.slice(0, 60))?.[0].length ?? 0;

/** Whether a line goes on with the row above it. */
function continues(
  row: Row,
  line: PrintedLine,
  columns: Columns,
  { pageRight, loose }: { pageRight: number; loose: number },
): boolean {
  const { first } = row;
  const [one] = line.pieces as [Piece];
  if (row.raws.length >= mostLines || line.furniture || first.furniture || line.pageStart) return false;
  if (line.step > loose) return false;
  if (line.heading || first.heading) {
    const isSame = line.heading === first.heading && line.size === first.size && line.pieces.length === 1;
    return isSame && row.others.length === 0 && row.right + 1 + firstWord(one.text) > pageRight * 0.8;
  }
  const isFirstColumn = isOfFirstColumn(one, columns);
  if (isFirstColumn && line.bullet) return false;
  const left = first.pieces[0]?.left ?? 0;
  if (isFirstColumn && first.bullet && row.others.length === 0)
    if (one.left < left - 0.5 || (one.left <= left && ends(row.tail)))
      // A line that begins further out than an entry is none of its own.
      return false;
  if (isFirstColumn && row.text !== '') {
    if (line.size !== undefined && Math.abs(line.size - (first.size ?? line.size)) > 0.7) return false;
    const isPlainText = row.others.length === 0 && line.pieces.length === 1;
    if (isPlainText && (line.bold ?? false) !== (first.bold ?? false)) return false;
  }
  const others = isFirstColumn ? line.pieces.slice(1) : line.pieces;
  const hasFigures = row.others.some(({ text }) => isFigure(text));
  const bringsFigures = others.some(({ text }) => isFigure(text));
  if (hasFigures && bringsFigures) return false;
  if (!isFirstColumn) {
    // Only other columns: the figures of a question that stands above, or the second line of a column's heading.
    if (bringsFigures) return row.right <= columns.second + 2 && row.others.length === 0;
    return row.others.some((other) => overlap(other, one)) && !hasFigures;
  }
  const isTable = columns.second !== Number.POSITIVE_INFINITY && row.right <= columns.second + 2;
  if (others.length > 0 && !isTable && row.others.length === 0 && row.text !== '') return false;
  // Figures above a question are its figures only where they stand beside it.
  if (row.text === '') return line.step < 0.75;
  if (startsLow(one.text)) return !/[?]\W*$/.test(row.tail.slice(-12));
  if ((isTable || row.others.length > 0) && ends(row.tail)) return false;
  if (row.others.length > 0 && others.length > 0) return false;
  // The next word would not have had room behind the line above.
  return row.right + 1 + firstWord(one.text) > (isTable ? columns.right * 0.93 : pageRight * 0.97);
}

function add(row: Row, line: PrintedLine, columns: Columns): void {
  row.last = line;
  row.raws.push(line.raw);
  for (const [at, piece] of line.pieces.entries()) {
    if (at === 0 && isOfFirstColumn(piece, columns)) {
      row.text = row.text === '' ? piece.text : `${row.text} ${piece.text}`;
      row.tail = piece.text;
      row.right = piece.right;
      continue;
    }
    const same = row.others.find((other) => overlap(other, piece));
    if (!same) row.others = [...row.others, { ...piece }].sort((a, b) => a.left - b.left);
    else {
      same.text += ` ${piece.text}`;
      same.left = Math.min(same.left, piece.left);
      same.right = Math.max(same.right, piece.right);
    }
  }
}

/** Rows as lines; those of a table with as many cells as it has columns. */
function withEmptyCells(rows: readonly Row[]): RawLine[] {
  const lines: RawLine[] = [];
  for (let at = 0; at < rows.length; ) {
    // A table goes on over up to three lines that have no columns.
    let end = at;
    for (let since = 0; end < rows.length && since <= 3; end++) {
      const { first, others } = rows[end] as Row;
      if (end > at && (first.heading || isHead(rows[end] as Row, rows[end - 1]))) break;
      since = others.length > 0 || first.furniture ? 0 : since + 1;
    }
    const columns = columnsOf(rows.slice(at, end));
    for (; at < end; at++) {
      const row = rows[at] as Row;
      lines.push(lineOf(row, row.others.length === 0 ? [] : inColumns(row.others, columns)));
    }
  }
  return lines;
}

/** A head of words below a row of figures: another table begins. */
const isHead = ({ others }: Row, before: Row | undefined): boolean =>
  others.length > 0 &&
  before?.others.some(({ text }) => isFigure(text)) === true &&
  others.every(({ text }) => /\p{L}{2}/u.test(text) && !/\d/.test(text));

/** Columns beside the first, as far as the rows of a table agree on them. */
function columnsOf(table: readonly Row[]): Piece[] {
  const columns: Piece[] = [];
  const pieces = table.flatMap(({ others }) => others).sort((a, b) => a.right - a.left - (b.right - b.left));
  for (const piece of pieces) {
    const same = columns.filter((column) => overlap(column, piece));
    const [only] = same;
    if (!only) columns.push({ ...piece });
    else if (same.length === 1 && piece.right - piece.left < 30) {
      only.left = Math.min(only.left, piece.left);
      only.right = Math.max(only.right, piece.right);
    }
  }
  return columns.sort((a, b) => a.left - b.left);
}

function inColumns(others: readonly Piece[], columns: readonly Piece[]): string[] {
  const at = others.map((piece) => columns.findIndex((column) => overlap(column, piece)));
  const isClear = at.every((column, index) => column > (index === 0 ? -1 : (at[index - 1] as number)));
  if (!isClear) return others.map(({ text }) => text);
  const cells = columns.map(() => '');
  for (const [index, column] of at.entries()) cells[column] = (others[index] as Piece).text;
  return cells;
}

function lineOf({ first, text, raws }: Row, others: readonly string[]): RawLine {
  const { pieces: _, step: __, size: ___, ...rest } = first;
  const line: RawLine = { ...rest, raw: raws.join('\n'), cells: [text, ...others].map(singleBlanks) };
  if (wordsOf(line) === '' && !line.furniture) line.furniture = 'markup';
  return line;
}
