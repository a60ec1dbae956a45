/** What a cell of a table of facts holds. */
export interface CellFigure {
  /** undefined when there is something, and it is no number. */
  value: number | undefined;
  kind: 'value' | 'percent';
  unit?: string;
  printed: string;
}

const figure = /^([£$])?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(%|per cent|m|million|k)?$/i;

/** The figure that is all of a cell; undefined for a cell of words. A cell of digits that make no number has a figure without a value. */
export function cellFigure(cell: string): CellFigure | undefined {
  const text = cell.replaceAll(/[*_]/g, '').trim();
  if (text === '') return undefined;
  const match = figure.exec(text);
  if (match) {
    const [, currency, digits, tail = ''] = match as unknown as [string, string?, string?, string?];
    const value = Number((digits as string).replaceAll(',', ''));
    const isPercent = /%|per cent/i.test(tail);
    const times = /^m/i.test(tail) ? 1_000_000 : /^k$/i.test(tail) ? 1000 : 1;
    // "1750%" has lost its point, or has one digit too many; "077" another; the point of "53.428" may have been a comma.
    const isOdd = (isPercent && value > 100) || /^0\d|^\d{1,3}\.\d{3}$/.test(digits as string);
    if (isOdd) return { value: undefined, kind: isPercent ? 'percent' : 'value', printed: text };
    return {
      value: value * times,
      kind: isPercent ? 'percent' : 'value',
      printed: text,
      ...(currency === '£' ? { unit: 'pounds' } : {}),
    };
  }
  const digits = text.match(/\d/g)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const isDamaged = text.length <= 10 && (digits > 0 || /^[^\p{L}]*%$/u.test(text)) && letters <= 2;
  if (!isDamaged) return undefined;
  return { value: undefined, kind: text.includes('%') ? 'percent' : 'value', printed: text };
}

/** Whether a cell says that there is nothing to say. */
export const isNotApplicable = (cell: string): boolean => /^(?:n\/?a|-|–|—|\*|\.\.)$/i.test(cell.trim());
