/** A score as a cell gives it: as text, so that what was printed is what is kept. */
export interface PrintedScore {
  points?: string;
  /** Of the maximum; "58.0" has one decimal. */
  percent?: string;
  outOf?: number;
}

const figure = String.raw`\d{1,6}(?:\.\d{1,6})?`;
const points = new RegExp(
  String.raw`^(${figure})(?:\s*(?:/|out\s+of|of)\s*(\d{1,4}))?(?:\s*\(\s*(${figure})\s*%\s*\))?$`,
  'i',
);
const percent = new RegExp(String.raw`^(${figure})\s*%$`);

/** Reads a score: "21", "21/36", "21 out of 36", "58%", "21/36 (58%)"; undefined when it is none. */
export function readScore(
  cell: string,
  plainNumberIs: 'points' | 'percent' | 'fraction',
): PrintedScore | undefined {
  const asPercent = percent.exec(cell);
  if (asPercent) return { percent: asPercent[1] as string };
  const asPoints = points.exec(cell);
  if (!asPoints) return undefined;
  const [, value = '', outOf, share] = asPoints;
  if (outOf === undefined && share === undefined) {
    if (plainNumberIs === 'percent') return { percent: value };
    if (plainNumberIs === 'fraction') return Number(value) > 1 ? undefined : { percent: hundredfold(value) };
  }
  return {
    points: value,
    ...(outOf === undefined ? {} : { outOf: Number(outOf) }),
    ...(share === undefined ? {} : { percent: share }),
  };
}

/** A number times a hundred, by its digits: "0.7222" is "72.22". */
function hundredfold(text: string): string {
  const [whole = '', decimals = ''] = text.split('.');
  const digits = `${whole}${decimals.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  return decimals.length > 2 ? `${digits}.${decimals.slice(2)}` : digits;
}

/** A whole number of points; undefined when it is none. "21.0" is 21. */
export const wholePoints = (text: string): number | undefined =>
  /^\d+(?:\.0+)?$/.test(text) ? Number.parseInt(text, 10) : undefined;

/** A percentage in units of its last printed decimal: "58.3" is 583 of tenths. */
function unitsOf(percentText: string): { units: number; perPercent: number } {
  const [whole = '', decimals = ''] = percentText.split('.');
  return { units: Number(whole + decimals), perPercent: 10 ** decimals.length };
}

/** Whether points in percent of the maximum round (half up) to what is printed. Whole numbers decide, no fraction does. */
export function roundsTo(score: number, outOf: number, percentText: string): boolean {
  const { units, perPercent } = unitsOf(percentText);
  return Math.floor((2 * 100 * score * perPercent + outOf) / (2 * outOf)) === units;
}

/** The whole numbers of points that a printed percentage of the maximum may be. */
export function pointsOf(percentText: string, outOf: number): number[] {
  const all = Array.from({ length: outOf + 1 }, (_, score) => score);
  return all.filter((score) => roundsTo(score, outOf, percentText));
}

/** A share in percent, with one decimal where it is not whole: for messages. */
export function inPercent(score: number, outOf: number): string {
  const tenths = Math.floor((2 * 1000 * score + outOf) / (2 * outOf));
  return `${Math.floor(tenths / 10)}${(1000 * score) % (10 * outOf) === 0 ? '' : `.${tenths % 10}`}%`;
}
