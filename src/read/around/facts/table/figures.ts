import type { ReportLine } from '../../../report-document.js';
import { type CellFigure, cellFigure } from '../cells.js';
import type { Figure } from '../fact.js';

/** What the arithmetic of its row says of a figure. */
const checked = new WeakMap<CellFigure, 'confirmed' | 'doubtful'>();

/** A figure of a cell as that of a fact, with what its row's arithmetic says of it. */
export function figureOf(figure: CellFigure, line: ReportLine): Figure {
  const { value, printed } = figure;
  if (value === undefined)
    return {
      value,
      line,
      confidence: 'lost',
      why: printed === '' ? 'nothing is legible' : `«${printed}» is no number`,
    };
  const confidence = checked.get(figure);
  if (confidence === 'doubtful')
    return { value, line, confidence, why: 'the percentages of its row do not sum to 100' };
  return confidence ? { value, line, confidence } : { value, line };
}

/**
 * Percentages of all categories are a hundred, but for rounding: marks those of a row as confirmed or doubtful, and gives what they sum
 * to where that can't be.
 */
export function wrongSum(row: readonly CellFigure[]): number | undefined {
  const figures = row.filter(({ printed }) => printed !== 'n/a');
  if (figures.length < 2 || figures.some(({ kind }) => kind !== 'percent')) return undefined;
  const legible = figures.filter(({ value }) => value !== undefined);
  const sum = legible.reduce((total, { value }) => total + (value as number), 0);
  if (legible.length < figures.length && sum <= 101) return undefined;
  const isRight = legible.length === figures.length && Math.abs(sum - 100) <= Math.max(1, figures.length - 1);
  for (const figure of legible) {
    if (!isRight) checked.set(figure, 'doubtful');
    // What rounding leaves open is no confirmation.
    else if (sum === 100) checked.set(figure, 'confirmed');
  }
  return isRight ? undefined : sum;
}

/** Figures of a row that are shares but for one or two without their sign: those have lost it. */
export function ofOneKind(figures: readonly CellFigure[]): CellFigure[] {
  const told = figures.filter(({ value }) => value !== undefined);
  const shares = told.filter(({ kind }) => kind === 'percent').length;
  if (shares * 2 < told.length || shares === 0) return [...figures];
  return figures.map((one) =>
    one.kind === 'percent'
      ? one
      : { ...one, kind: 'percent', value: (one.value ?? 101) <= 100 ? one.value : undefined },
  );
}

/** A figure, or a rank ("2nd highest"). */
export function rankOrFigure(cell: string): CellFigure | undefined {
  const rank = /^(\d{1,3})(?:st|nd|rd|th) (?:highest|lowest|largest|smallest)$/i.exec(cell.trim());
  if (rank) return { value: Number(rank[1]), kind: 'value', unit: 'rank', printed: cell };
  return cellFigure(cell);
}
