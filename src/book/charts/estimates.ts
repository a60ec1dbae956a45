import * as Plot from '@observablehq/plot';
import { ratingColour, ratingInitials } from '../ratings.js';
import { type Chart, draw, letterWidth } from './draw.js';

/** A percentage with its interval. */
export interface Estimate {
  /** No two of a chart have the same. */
  label: string;
  percent: number | null;
  low: number | null;
  high: number | null;
  /** What it and those after it belong to; said before the first of them, where there is room. */
  group: string;
  /** Drawn as a diamond: it sets the rating. */
  isDriving?: boolean;
}

/** What percentages of a chart are of. */
export interface Scale {
  unit: string;
  /** The same on a narrow screen. */
  short: string;
  /** Bands that percentages fall in, the lowest first; none where they have none. */
  bands?: readonly { rating: string; rank: number; from: number }[];
}

/** Percentages with their intervals, a row each, beside the bands that they fall in. */
export function estimates(
  says: string,
  rows: readonly Estimate[],
  { unit, short, bands = [] }: Scale,
): Chart {
  const known = rows.filter(({ percent }) => percent !== null);
  const groups = new Map(
    rows.map(({ label, group }, at) => [label, rows[at - 1]?.group === group ? '' : group]),
  );
  const wide = (label: string) => `${groups.get(label) ?? ''}  ${label}`.trim();
  const longest = (texts: string[]) => letterWidth * Math.max(...texts.map(({ length }) => length));
  const labels = rows.map(({ label }) => label);
  const areas = bands.map((band, at) => ({ ...band, to: bands[at + 1]?.from ?? 100 }));
  const plotAt = (_: number, isNarrow: boolean): Plot.PlotOptions => ({
    height: 26 * rows.length + (areas.length > 0 ? 76 : 52),
    marginLeft: isNarrow ? 20 + longest(labels) : 24 + longest(labels.map(wide)),
    marginRight: 16,
    marginTop: areas.length > 0 ? 28 : 4,
    marginBottom: 40,
    x: {
      domain: [0, 100],
      label: isNarrow ? short : unit,
      grid: areas.length === 0,
      ticks: areas.length === 0 ? [0, 25, 50, 75, 100] : [0, ...areas.slice(1).map(({ from }) => from), 100],
    },
    y: {
      domain: labels,
      label: null,
      tickSize: 0,
      padding: 0.2,
      type: 'band',
      tickFormat: isNarrow ? (label: string) => label : wide,
    },
    marks: [
      Plot.rect(areas, { x1: 'from', x2: 'to', fill: ({ rank }) => ratingColour(rank), fillOpacity: 0.16 }),
      Plot.text(areas, {
        x: ({ from, to }) => (from + to) / 2,
        text: ({ rating }) => ratingInitials(rating),
        frameAnchor: 'top',
        dy: -16,
        fontWeight: 'bold',
      }),
      Plot.ruleX(areas.slice(1), { x: 'from', stroke: '#555', strokeDasharray: '3 3' }),
      Plot.link(
        known.filter(({ low }) => low !== null),
        { x1: 'low', x2: 'high', y: 'label', stroke: '#1a1a1a', strokeWidth: 2 },
      ),
      Plot.dot(known, {
        x: 'percent',
        y: 'label',
        r: 5.5,
        symbol: ({ isDriving }: Estimate) => (isDriving ? 'diamond' : 'circle'),
        fill: ({ isDriving }: Estimate) => (isDriving ? '#1a1a1a' : '#ffffff'),
        stroke: '#1a1a1a',
        strokeWidth: 2,
      }),
    ],
    symbol: { type: 'identity' as never },
  });
  // Titles of standards take half of it.
  return draw(says, plotAt, { wide: 760 });
}
