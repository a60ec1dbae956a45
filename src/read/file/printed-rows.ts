import { singleBlanks } from './clean.js';
import { type RawLine, wordsOf } from './raw-line.js';

/** A piece of a line that stands apart from the others, and where: from and to, in widths of a letter. */
export interface Piece {
  left: number;
  right: number;
  text: string;
}

export interface PrintedLine extends Omit<RawLine, 'cells'> {
  pieces: Piece[];
  /** The distance from the line before, in usual steps from line to line. */
  step: number;
  /** Size of its letters in points, where it is known. */
  size?: number;
}

/** A row in the making. Its first cell is what begins at the left; the others are columns. */
interface Row {
  first: PrintedLine;
  cells: Piece[];
  /** The last line of the first cell. */
  tail: Piece;
  raws: string[];
}

const mostLines = 100;

/**
 * Puts printed lines together again that are one: the lines of a paragraph, of a bullet, of a heading, and of a cell. A question that is
 * wrapped beside its figures need not be whole: alignment to the framework puts it together. From `loose` steps on a line begins something new;
 * where lines are not wrapped, only what begins small goes on.
 */
export function rowsOfPrinted(
  lines: readonly PrintedLine[],
  { loose, areWrapped = true }: { loose: number; areWrapped?: boolean },
): RawLine[] {
  const pageRight = areWrapped ? usualRight(lines) : Number.POSITIVE_INFINITY;
  const rows: Row[] = [];
  for (const line of lines) {
    const row = rows.at(-1);
    const columns = row && line.step <= loose ? columnsOf(row, line) : undefined;
    if (row && columns) append(row, line, columns);
    else if (row && line.step <= loose && goesOn(row, line, pageRight))
      append(row, line, row.cells.slice(0, 1));
    else rows.push(begun(line));
  }
  return rows.map(lineOf);
}

/** How far the lines of running text go. */
function usualRight(lines: readonly PrintedLine[]): number {
  const rights = lines
    .filter(({ pieces }) => pieces.length === 1 && (pieces[0]?.text.length ?? 0) > 40)
    .map(({ pieces }) => pieces[0]?.right ?? 0)
    .sort((a, b) => a - b);
  return rights[Math.floor(rights.length * 0.9)] ?? 80;
}

function begun(line: PrintedLine): Row {
  const cells = line.pieces.map((piece) => ({ ...piece }));
  return { first: line, cells, tail: line.pieces[0] as Piece, raws: [line.raw] };
}

export const isFigure = ({ text }: Pick<Piece, 'text'>): boolean =>
  /^(?:[£<>]?\s?\d[\d,.]*\s?%?|n\/?a)$/i.test(text.trim());
const beginsSmall = ({ text }: Piece) => /^[a-z(,;&%](?![.)] )/.test(text);
const overlap = (one: Piece, other: Piece) =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0;

/** The columns that all pieces of a line go on with: "Requires" above "improvement", alone or beside a text that goes on. */
function columnsOf({ cells, first }: Row, { pieces, furniture, heading }: PrintedLine): Piece[] | undefined {
  if (furniture || heading || first.furniture || pieces.some(isFigure)) return undefined;
  const isUnder = (piece: Piece) => (cell: Piece) => overlap(cell, piece) && !isFigure(cell);
  const [one, text] = [pieces[0] as Piece, cells[0] as Piece];
  const isFirst = one.left <= text.right;
  if (isFirst && (pieces.length === 1 || !beginsSmall(one) || isFigure(text))) return undefined;
  const columns = isFirst ? cells : cells.slice(1);
  const under = pieces.flatMap((piece) => columns.find(isUnder(piece)) ?? []);
  return under.length === pieces.length ? under : undefined;
}

/** Whether the first piece of a line goes on with a row's first cell. */
function goesOn({ first, cells, tail, raws }: Row, line: PrintedLine, pageRight: number): boolean {
  const [one, ...others] = line.pieces as [Piece, ...Piece[]];
  if (raws.length >= mostLines || line.furniture || first.furniture || line.pageStart || line.bullet)
    return false;
  const isSet = line.heading === first.heading;
  const isSized = Math.abs((line.size ?? 0) - (first.size ?? line.size ?? 0)) <= 0.7;
  if (!isSized || (!isSet && cells.length + line.pieces.length === 2)) return false;
  const hasFigures = cells.length > 1 || isFigure(one) || isFigure(tail);
  if (isFigure(one) || isFigure(tail) || (others.length > 0 && hasFigures)) return false;
  const isEnded = /[.?!:;]['")]{0,3}\s?(?:[\uE010\uE011]\d+\uE012\s?){0,3}$/.test(tail.text.slice(-40));
  if (isEnded && (first.bullet ? one.left <= tail.left - 0.5 : cells.length > 1)) return false;
  if (first.bullet && one.left < (first.pieces[0] as Piece).left - 0.5) return false;
  // A line that is short has not been cut off by the page's edge.
  if (cells.length === 1 && tail.text.length < 20) return false;
  // What begins small goes on; else the word would have had room behind the line above, were it another one.
  if (beginsSmall(one)) return !/[?]\W*$/.test(tail.text.slice(-12));
  const firstWord = /^\S*/.exec(one.text.slice(0, 60))?.[0].length ?? 0;
  const share = line.heading ? 0.8 : 0.97;
  return cells.length === 1 && others.length === 0 && tail.right + 1 + firstWord > pageRight * share;
}

/** Puts the pieces of a line behind those of a row's columns that are given; what is more of them is another column. */
function append(row: Row, line: PrintedLine, columns: readonly Piece[]): void {
  for (const [at, piece] of line.pieces.entries()) {
    const column = columns[at];
    if (!column) row.cells.push({ ...piece });
    else {
      column.text += ` ${piece.text}`;
      column.right = Math.max(column.right, piece.right);
      if (column === row.cells[0]) row.tail = piece;
    }
  }
  row.raws.push(line.raw);
}

function lineOf({ first, cells, raws }: Row): RawLine {
  const { pieces: _, step: __, size: ___, ...rest } = first;
  const line: RawLine = { ...rest, raw: raws.join('\n'), cells: cells.map(({ text }) => singleBlanks(text)) };
  if (wordsOf(line) === '' && !line.furniture) line.furniture = 'markup';
  return line;
}
