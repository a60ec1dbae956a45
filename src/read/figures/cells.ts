/** A cell of a table of results: a whole number, "N/A", nothing legible, or something that is no figure. */
export type Cell =
  | { kind: 'number'; value: number; isPercent: boolean }
  | { kind: 'not applicable' }
  | { kind: 'lost' }
  | { kind: 'odd'; seems: string; value?: number };

const scripts = [...'₀₁₂₃₄₅₆₇₈₉', ...'⁰¹²³⁴⁵⁶⁷⁸⁹'];
const withoutScripts = (text: string): string =>
  [...text].map((each) => (scripts.includes(each) ? String(scripts.indexOf(each) % 10) : each)).join('');

/** The tail of a question that a converter put into the next cell: letters, then a blank, then the figure. */
const fragmentBefore = /^(\p{Ll}{1,12}[.,;?]?)\s+(\d{1,3}\s?%?)$/u;
/** A single letter that could as well be a digit is no tail of a question. */
const likeDigit = /^[lio]$/i;

/**
 * What a cell says. Only what can be read in one way is a number: "4", "91%", "91 %", "ve 2" (the tail of a question before the
 * figure); "l2", "1O", "4?", "91%%", "004" are odd.
 */
export function cellOf(text: string): Cell {
  const plain = withoutScripts(text).replaceAll(/\s+/g, ' ').trim();
  if (plain === '' || /^[-–—_.]+$/.test(plain)) return { kind: 'lost' };
  if (/^(?:n ?[/\\.]? ?a\.?|not applicable)$/i.test(plain)) return { kind: 'not applicable' };
  const fragment = fragmentBefore.exec(plain);
  const figure = fragment && !likeDigit.test(fragment[1] as string) ? (fragment[2] as string) : plain;
  const number = /^(0|[1-9]\d{0,2})\s?(%?)$/.exec(figure);
  if (number) return { kind: 'number', value: Number(number[1]), isPercent: number[2] === '%' };
  const digits = /\d+/.exec(plain);
  // Letters alone are a stray piece of a text, not a damaged figure.
  if (!digits && /^\p{L}{3,}/u.test(plain)) return { kind: 'lost' };
  return {
    kind: 'odd',
    seems: text.trim(),
    ...(digits && digits[0].length <= 3 && { value: Number(digits[0]) }),
  };
}

/** Whether a cell may be one of figures: short, and no word. */
export const isFigureLike = (text: string): boolean => {
  const plain = text.trim();
  if (plain.length > 14) return false;
  const cell = cellOf(plain);
  if (cell.kind === 'number' || cell.kind === 'not applicable') return true;
  return (
    plain.length <= 6 && (plain === '' || /\d/.test(plain) || /^[^\p{L}]+$/u.test(plain) || plain.length <= 2)
  );
};

/** Whether a line is nothing but figures: at least one, and nothing besides. */
export const isFiguresOnly = (cells: readonly string[]): boolean =>
  cells.some((cell) => ['number', 'not applicable'].includes(cellOf(cell).kind)) && cells.every(isFigureLike);
