import * as Plot from '@observablehq/plot';
import { inkOn } from '../ratings.js';
import { type Chart, draw, letterWidth } from './draw.js';

/** A part of a bar, with the letters that say what it is: its colour never says it alone. */
export interface Part {
  letters: string;
  count: number;
  colour: string;
}

/** A bar; a gap with words stands before one that begins a new series. */
export interface Bar {
  label: string;
  parts: Part[];
  break?: string | undefined;
}

/** Bars of counted things, each of parts from left to right; of equal length where they show shares. */
export function bars(says: string, rows: readonly Bar[], unit: string, { areShares = false } = {}): Chart {
  const order = rows.flatMap(({ label, break: broken }) =>
    broken === undefined ? [label] : [broken, label],
  );
  const parts = rows.flatMap(({ label, parts }) => {
    const all = parts.reduce((sum, { count }) => sum + count, 0);
    let from = 0;
    return parts
      .filter(({ count }) => count > 0)
      .map((part) => {
        const placed = {
          ...part,
          label,
          from,
          to: from + (areShares ? (100 * part.count) / all : part.count),
        };
        from = placed.to;
        return placed;
      });
  });
  const most = areShares ? 100 : Math.max(1, ...parts.map(({ to }) => to));
  const breaks = rows.flatMap(({ break: broken }) => (broken === undefined ? [] : [{ label: broken }]));
  const longest = Math.max(...rows.map(({ label }) => label.length));
  const shortened = (label: string, letters: number) =>
    label.length > letters ? `${label.slice(0, letters - 1)}…` : label;
  return draw(says, (width, isNarrow) => {
    const letters = Math.min(longest, isNarrow ? 18 : 40);
    const marginLeft = Math.max(isNarrow ? 84 : 120, 22 + letterWidth * letters);
    const space = (width - marginLeft - 20) / most;
    const textOf = ({ letters, count, from, to }: (typeof parts)[number]): string => {
      const fits = (text: string) => (to - from) * space > text.length * letterWidth + 3;
      return [`${letters} ${count}`, letters].find(fits) ?? '';
    };
    return {
      height: 34 * order.length + 50,
      marginLeft,
      marginRight: 20,
      marginBottom: 40,
      x: {
        label: unit,
        domain: [0, most],
        ticks: isNarrow ? 4 : 8,
        tickFormat: (n: number) => (Number.isInteger(n) ? String(n) : ''),
      },
      y: {
        domain: order,
        label: null,
        padding: 0.18,
        tickSize: 0,
        tickFormat: (label: string) =>
          breaks.some((one) => one.label === label) ? '' : shortened(label, letters),
      },
      marks: [
        Plot.barX(parts, {
          x1: 'from',
          x2: 'to',
          y: 'label',
          fill: ({ colour }) => colour,
          stroke: '#333',
          strokeWidth: 0.75,
        }),
        Plot.text(parts, {
          x: ({ from, to }) => (from + to) / 2,
          y: 'label',
          text: textOf,
          fill: ({ colour }) => inkOn(colour),
          fontWeight: 'bold',
        }),
        Plot.text(breaks, {
          x: 0,
          y: 'label',
          text: 'label',
          textAnchor: 'start',
          fontStyle: 'italic',
          fill: '#333',
        }),
        Plot.ruleX([0]),
      ],
    };
  });
}
