import * as Plot from '@observablehq/plot';
import { inkOn } from '../ratings.js';
import { type Chart, distinct, draw, letterWidth } from './draw.js';

/** A part of a bar. Its letters stand in it, so that its colour never says alone what it is. */
export interface Part {
  name: string;
  /** A short form of its name. */
  letters?: string;
  count: number;
  colour: string;
}

/** A bar; a gap with words stands before one that begins a new series. */
interface Bar {
  label: string;
  edition?: string;
  parts: Part[];
  break?: string | undefined;
}

/** Bars of counted things, each of parts from left to right; of equal length where they show shares. Null without any. */
export function bars(
  title: string,
  given: readonly Bar[],
  unit: string,
  { areShares = false } = {},
): Chart | null {
  if (given.length === 0) return null;
  const rows = distinct(given);
  const breaks = rows.flatMap((row) => row.break ?? []);
  const order = rows.flatMap((row) => [row.break ?? [], row.label].flat());
  const sums = rows.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0));
  const most = areShares ? 100 : Math.max(1, ...sums);
  const parts = rows.flatMap(({ label, parts }, at) =>
    parts
      .filter(({ count }) => count > 0)
      .map((part) => ({
        ...part,
        label,
        length: areShares ? (100 * part.count) / (sums[at] as number) : part.count,
      })),
  );
  const longest = Math.max(...rows.map(({ label }) => label.length));
  const said = rows.map((row) => {
    const counts = row.parts.filter(({ count }) => count > 0).map(({ name, count }) => `${count} ${name}`);
    return `${row.break ? `${row.break}, ` : ''}${row.label}: ${counts.join(', ')}`;
  });
  return draw(`${title}. ${said.join('; ')}.`, (width, isNarrow) => {
    const letters = Math.min(longest, isNarrow ? 18 : 40);
    const marginLeft = Math.max(isNarrow ? 84 : 120, 22 + letterWidth * letters);
    const textOf = ({ name, letters = name, count, length }: (typeof parts)[number]): string => {
      const space = (length * (width - marginLeft - 20)) / most - 3;
      return [`${letters} ${count}`, letters].find((text) => text.length * letterWidth < space) ?? '';
    };
    const tickFormat = (label: string) => {
      if (breaks.includes(label)) return '';
      return label.length > letters ? `${label.slice(0, letters - 1)}…` : label;
    };
    const stacked = { x: 'length', y: 'label' };
    return {
      ...{ height: 34 * order.length + 50, marginLeft, marginRight: 20, marginBottom: 40 },
      x: {
        label: unit,
        domain: [0, most],
        ticks: isNarrow ? 4 : 8,
        tickFormat: (n: number) => (Number.isInteger(n) ? String(n) : ''),
      },
      y: { domain: order, label: null, padding: 0.18, tickSize: 0, tickFormat },
      marks: [
        Plot.barX(parts, { ...stacked, fill: ({ colour }) => colour, stroke: '#333', strokeWidth: 0.75 }),
        Plot.text(
          parts,
          Plot.stackX({ ...stacked, text: textOf, fill: ({ colour }) => inkOn(colour), fontWeight: 'bold' }),
        ),
        Plot.text(breaks, {
          x: 0,
          y: (words) => words,
          text: (words) => words,
          textAnchor: 'start',
          fontStyle: 'italic',
          fill: '#333',
        }),
        Plot.ruleX([0]),
      ],
    };
  });
}
