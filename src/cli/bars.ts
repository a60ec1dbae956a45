/** Blocks from an eighth to a whole. */
const eighths = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Percentages as a line of small bars, 0 to 100 from bottom to top; a gap is a dot. */
export const sparkline = (percents: readonly (number | null)[]): string =>
  percents
    .map((percent) =>
      percent === null ? '·' : eighths[Math.min(7, Math.floor((percent * eighths.length) / 100))],
    )
    .join('');

const shades = ['░', '▒', '▓', '█'];

/** Shares of a whole as one bar of so many places, the first the lightest; together they fill it, to the place. */
export function stackedBar(shares: readonly number[], places: number): string {
  let share = 0;
  let filled = 0;
  return shares
    .map((one, at) => {
      share += one;
      const until = Math.round(share * places);
      const length = until - filled;
      filled = until;
      return (shades[Math.min(at, shades.length - 1)] as string).repeat(length);
    })
    .join('');
}

/** What shades a stacked bar has for so many parts. */
export const shadeOf = (at: number): string => shades[Math.min(at, shades.length - 1)] as string;
