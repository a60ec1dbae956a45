/** Blocks from an eighth to a whole. */
const eighths = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Percentages as a line of small bars, 0 to 100 from bottom to top; a gap is a dot. */
export const sparkline = (percents: readonly (number | null)[]): string =>
  percents
    .map((percent) => (percent === null ? '·' : eighths[Math.min(7, Math.floor((percent * 8) / 100))]))
    .join('');

const shades = ['░', '▒', '▓', '█'];

/** The shade of a part of a stacked bar. */
export const shadeOf = (at: number): string => shades[Math.min(at, shades.length - 1)] as string;

/** Shares of a whole as one bar of so many places, the first the lightest; together they fill it, to the place. */
export function stackedBar(shares: readonly number[], places: number): string {
  const ends = shares.map((_, at) =>
    Math.round(shares.slice(0, at + 1).reduce((sum, share) => sum + share) * places),
  );
  return ends.map((end, at) => shadeOf(at).repeat(end - (ends[at - 1] ?? 0))).join('');
}
