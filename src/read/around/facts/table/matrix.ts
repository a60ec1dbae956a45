import type { ReadFinding } from '../../../reading.js';
import type { ReportLine } from '../../../report-document.js';
import { isNear } from '../../near.js';
import { type CellFigure, cellFigure, isNotApplicable } from '../cells.js';
import type { Fact } from '../fact.js';
import { namesPublication } from '../source.js';
import { factOf, type TableContext } from './context.js';
import { figureOf, ofOneKind, wrongSum } from './figures.js';
import { breakdownOf, lowered, type Whose, whose } from './labels.js';

/** A table with a head of categories: rows of figures of the service and of those it is compared with. */
export interface Matrix {
  head: ReportLine;
  breakdown: string;
  categories: string[];
  /** What the conversion has put before the head's first word, which is the heading of the table. */
  gluedHeading: string | undefined;
  /** Whether it has one column of figures, and a row for each category. */
  isList: boolean;
  rows: { whose: Whose; label: string; line: ReportLine; figures: CellFigure[] }[];
  /** Whether a row has come that is of another table, whose own head was not recognised: so is what follows. */
  isOver: boolean;
}

/** Whether a line is a head: words in every cell, and a row of figures below it. */
export function isHead(line: ReportLine, next: ReportLine | undefined): boolean {
  if (!next || line.cells.length < 2) return false;
  const cells = line.cells.slice(1);
  if (line.cells.some((cell) => cellFigure(cell) && cell !== '%')) return false;
  if (!cells.some((cell) => /\p{L}{2}|^%$/u.test(cell))) return false;
  // "Additional caseload  data": a heading with a blank too many.
  if (cells.every((cell) => cell === '' || /^\p{Ll}/u.test(cell))) return false;
  if (cells.some((cell) => cell.length > 60) || namesPublication(line.text)) return false;
  if (/relevant cases|number ['"]?yes|% ['"]?yes/i.test(line.text)) return false;
  return next.cells.slice(1).some((cell) => cellFigure(cell) !== undefined);
}

/** The matrix that a head begins. */
export function matrixBelow(head: ReportLine): Matrix {
  const [first = '', ...categories] = head.cells;
  // "Demographics of children sentencedAge": a heading that the conversion has put into the table.
  const glued = /^(.{12,}?\p{Ll})(Age|Race\/ethnicity|Gender)$/u.exec(first);
  return {
    head,
    breakdown: breakdownOf(glued?.[2] ?? first),
    categories: categories.map(speltCategory),
    gluedHeading: glued?.[1],
    isList: categories.length === 1 && /^(?:%|number|no\.?|count|total)$/i.test(categories[0] ?? ''),
    rows: [],
    isOver: false,
  };
}

const usual = ['male', 'female', 'white', 'black', 'asian', 'mixed', 'other', 'unknown'];

/** A category of one word that is a letter from a usual one is that. */
function speltCategory(category: string): string {
  const lower = category.toLowerCase();
  if (!/^\p{L}{4,8}$/u.test(category) || usual.includes(lower)) return category;
  const near = usual.filter((one) => isNear(lower, one, 1));
  return near.length === 1
    ? `${(near[0] as string).charAt(0).toUpperCase()}${(near[0] as string).slice(1)}`
    : category;
}

/** Whether a category is a word that is none of the usual ones, with a sign in it or not. */
const isIllegible = (category: string): boolean =>
  /^[^\s\d]{1,9}$/.test(category) && !usual.includes(category.toLowerCase());

/** A row below a head with a figure for each of its categories; undefined for one that ends the table. */
export function matrixRow(
  matrix: Matrix,
  line: ReportLine,
  areaWords: readonly string[],
): Matrix['rows'][number] | undefined {
  const [label = '', ...cells] = line.cells;
  if (label === '' || cellFigure(label) || !cells.some((cell) => cellFigure(cell))) return undefined;
  const of = whose(label, areaWords);
  const placed = matrix.isList ? cells : placedCells(matrix, cells, of !== 'other' && isShort(label));
  if (!placed) return undefined;
  const figures = placed.map(
    (cell): CellFigure =>
      cellFigure(cell) ?? {
        value: undefined,
        kind: 'percent',
        printed: isNotApplicable(cell) ? 'n/a' : cell,
      },
  );
  return { whose: of, label, line, figures: matrix.isList ? figures : ofOneKind(figures) };
}

/** Whether a row is of the same service, or of the same others, as one that the table has: a table has one of each. */
export const isAgain = ({ rows }: Matrix, { label }: Matrix['rows'][number]): boolean =>
  rows.some(
    (row) =>
      isNear(row.label.toLowerCase(), label.toLowerCase()) &&
      row.label.replaceAll(/\D/g, '') === label.replaceAll(/\D/g, ''),
  );

const isShort = (label: string): boolean => label.split(/\s+/).length <= 8;

/**
 * A row's cells under the categories of the head, in the head's columns; undefined when it is no row of this table. Where it has fewer
 * than the head and nothing says which is missing, none of them is legible.
 */
function placedCells(
  { categories }: Matrix,
  cells: readonly string[],
  isOwnOrNational: boolean,
): string[] | undefined {
  const columns = categories.flatMap((category, at) => (category === '' ? [] : [at]));
  const filled = cells.filter((cell) => cell !== '');
  const isNumbers = filled.every((cell) => cellFigure(cell) || isNotApplicable(cell));
  if (filled.length === columns.length) {
    const isInColumns = columns.every((at) => (cells[at] ?? '') !== '');
    const inOrder = isInColumns || isNumbers ? filled : undefined;
    return (
      inOrder &&
      categories.map((category, at) => (category === '' ? 'n/a' : (inOrder[columns.indexOf(at)] as string)))
    );
  }
  if (filled.length > columns.length || (filled.length < 2 && !isOwnOrNational)) return undefined;
  // An empty cell among the others says which one is missing.
  const isWhole = cells.length === categories.length && filled.length < cells.length;
  return categories.map((category, at) => (category === '' ? 'n/a' : isWhole ? (cells[at] as string) : ''));
}

/** The facts of a matrix: the service's figures, with those that stand beside them. */
export function matrixFacts(
  context: TableContext,
  { head, breakdown, categories, rows: printed }: Matrix,
  heading: ReportLine | undefined,
): { facts: Fact[]; findings: ReadFinding[] } {
  const rows = ofOneUnit(printed);
  const findings = rows.flatMap(({ figures, label, line }): ReadFinding[] => {
    const sum = wrongSum(figures);
    const message = `the percentages of this row sum to ${sum}`;
    return sum === undefined ? [] : [{ kind: 'contradiction', about: label, message, places: [line.place] }];
  });
  const own = rows.find((row) => row.whose === 'service') ?? rows.find((row) => row.whose !== 'national');
  if (!own) return { facts: [], findings };
  const beside = rows.filter((row) => row !== own);
  const facts = categories.flatMap((category, at) => {
    const figure = own.figures[at] as CellFigure;
    if (figure.printed === 'n/a') return [];
    const words = { measure: measureBelow(heading), breakdown, category };
    return (beside.length > 0 ? beside : [undefined]).map((other) => {
      const fact = factOf(context, own.line, words, figure, [own.line, head, heading]);
      if (context.isDamaged && isIllegible(category))
        fact.doubts = { ...fact.doubts, category: 'it is no usual category, in a damaged report' };
      const besideIt = other?.figures[at];
      if (!other || !besideIt || besideIt.printed === 'n/a') return fact;
      const side = other.whose === 'national' ? 'national' : 'comparator';
      if (side === 'comparator') fact.words.comparator = other.label;
      fact.figures[`${side}_${figure.kind}`] = figureOf(besideIt, other.line);
      return fact;
    });
  });
  return { facts, findings };
}

/** Where another row is of percentages, one without their sign has lost it: the figures of a table's columns are of one unit. */
function ofOneUnit(rows: Matrix['rows']): Matrix['rows'] {
  const isShare = rows.some(({ figures }) => figures.every(({ kind }) => kind === 'percent'));
  if (!isShare) return rows;
  return rows.map((row) => ({
    ...row,
    figures: row.figures.map((figure) =>
      figure.kind === 'percent' ? figure : { ...figure, kind: 'percent' },
    ),
  }));
}

/** The fact of a row of a list under a head; undefined where it has no figure. */
export function listFact(
  context: TableContext,
  { head, breakdown }: Matrix,
  { line, label, figures }: Matrix['rows'][number],
  heading: ReportLine | undefined,
): Fact | undefined {
  const [figure] = figures;
  if (!figure || !cellFigure(line.cells[1] ?? '')) return undefined;
  const words = { measure: measureBelow(heading, head), breakdown, category: label };
  return factOf(context, line, words, figure, [line, head, heading]);
}

/** What a matrix or a list under a head is about: the heading above it. */
function measureBelow(heading: ReportLine | undefined, head?: ReportLine): string {
  const text = heading?.text.replace(/[:\s]+$/, '') ?? '';
  if (text !== '') return lowered(text.replace(/\s+information$/i, ''));
  return head?.cells[0] ?? 'caseload';
}
