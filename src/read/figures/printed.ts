import type { Place, ReportLine } from '../report-document.js';
import type { Match } from './align.js';
import { type Cell, cellOf } from './cells.js';
import { isTableHead, type Row } from './rows.js';
import type { TableHead } from './table-heads.js';

/** What a report prints for a question in one place. */
export interface Printed {
  level: 'key question' | 'prompt';
  code: string;
  standard: string;
  /** Relevant cases and yes, or a percentage; of "N/A" both counts are it. */
  cells: { relevant: Cell; yes: Cell } | { percent: Cell };
  place: Place;
  row: Row;
  /** How alike the row's wording is to the question's. */
  likeness: number;
  /** What the head of its table says that it is of: "Of the 4 cases inspected". */
  head?: TableHead;
}

/** How a report prints results: counts or percentages, and these with or without their sign. */
export interface Style {
  isPercent: boolean;
  hasSign: boolean;
}

export function styleOf(matches: readonly Match[], lines: readonly ReportLine[]): Style {
  const cells = matches.map(({ row }) => row.figures.map(cellOf).filter(({ kind }) => kind !== 'lost'));
  const isSigned = (cell: Cell) => cell.kind === 'number' && cell.isPercent;
  const signed = cells.filter((all) => all.some(isSigned)).length;
  const pairs = cells.filter((all) => all.filter((cell) => !isSigned(cell)).length === 2).length;
  const single = cells.filter((all) => all.length === 1).length;
  const saysPercent = lines.some((line) => isTableHead(line) && /%/.test(line.text));
  const saysCounts = lines.some((line) => isTableHead(line) && /relevant/i.test(line.text));
  const isPercent =
    (pairs < signed && pairs * 2 < cells.length) ||
    (pairs === 0 && single > 0) ||
    (saysPercent && !saysCounts && pairs < single);
  return { isPercent, hasSign: signed * 2 > single };
}

export const lostCells = ({ isPercent }: Style): Printed['cells'] =>
  isPercent ? { percent: { kind: 'lost' } } : { relevant: { kind: 'lost' }, yes: { kind: 'lost' } };

export function cellsOf({ figures }: Row, style: Style): Printed['cells'] | undefined {
  if (style.isPercent) {
    const filled = figures.filter((figure) => figure.trim() !== '');
    if (filled.length > 1) return { percent: { kind: 'odd', seems: filled.join(' ') } };
    const cell = cellOf(filled[0] ?? '');
    if (cell.kind !== 'number') return { percent: cell };
    if (cell.isPercent !== style.hasSign || cell.value > 100)
      return { percent: { kind: 'odd', seems: filled[0] as string, value: cell.value } };
    return { percent: cell };
  }
  const pair = pairOf(figures);
  if (!pair) {
    // One figure where two belong: which one it is can't be told.
    const odd: Cell = { kind: 'odd', seems: figures.join(' ').trim() };
    return figures.some((figure) => figure.trim() !== '') ? { relevant: odd, yes: odd } : undefined;
  }
  const [relevant, yes] = pair.map((text) => {
    const cell = cellOf(text);
    return cell.kind === 'number' && cell.isPercent
      ? ({ kind: 'odd', seems: text, value: cell.value } as const)
      : cell;
  }) as [Cell, Cell];
  return { relevant, yes };
}

/** The two cells of counts among a row's; an empty one more is the table's edge. */
function pairOf(figures: readonly string[]): [string, string] | undefined {
  // An empty column between the two is the converter's.
  if (figures.length === 3 && figures[1]?.trim() === '' && figures[0]?.trim() && figures[2]?.trim())
    return [figures[0], figures[2]];
  // One figure in more than two columns: whose it is can't be told.
  const filled = figures.filter((figure) => figure.trim() !== '');
  if (figures.length > 2 && filled.length === 1) return undefined;
  const counts = figures.filter((figure) => !/\d\s?%$/.test(figure.trim()));
  // Where the percentage stands beside the counts, these are the figures.
  const cells = figures.length === 3 && counts.length === 2 ? counts : [...figures];
  while (cells.length > 2 && cells.at(-1)?.trim() === '') cells.pop();
  while (cells.length > 2 && cells[0]?.trim() === '') cells.shift();
  return cells.length === 2 ? (cells as [string, string]) : undefined;
}

/** The same cells, each figure of them one that only seems to be it. */
export function doubted(cells: Printed['cells']): Printed['cells'] {
  const odd = (cell: Cell): Cell =>
    cell.kind === 'number' ? { kind: 'odd', seems: String(cell.value), value: cell.value } : cell;
  return 'percent' in cells
    ? { percent: odd(cells.percent) }
    : { relevant: odd(cells.relevant), yes: odd(cells.yes) };
}
