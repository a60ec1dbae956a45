import * as Plot from '@observablehq/plot';
import { initials } from '../../words/initials.js';
import { ratingColour } from '../ratings.js';
import type { Share } from '../table.js';
import { type Chart, distinct, draw, letterWidth } from './draw.js';

/** A percentage with its interval. */
export interface Estimate extends Share {
  label: string;
  edition?: string;
  percent: number | null;
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

/** Percentages with their intervals, a row each, beside the bands that they fall in. Null without any. */
export function estimates(
  title: string,
  given: readonly Estimate[],
  { unit, short, bands = [] }: Scale,
): Chart | null {
  if (given.length === 0) return null;
  const rows = distinct(given);
  const known = rows.filter(({ percent }) => percent !== null);
  const groups = new Map(
    rows.map(({ label, group }, at) => [label, rows[at - 1]?.group === group ? '' : group]),
  );
  const wide = (label: string) => `${groups.get(label) ?? ''}  ${label}`.trim();
  const longest = (texts: string[]) => letterWidth * Math.max(...texts.map(({ length }) => length));
  const labels = rows.map(({ label }) => label);
  const areas = bands.map((band, at) => ({ ...band, to: bands[at + 1]?.from ?? 100 }));
  const hasBands = areas.length > 0;
  const said = rows.map(({ label, of, percent }) => `${label}: ${of}, ${percent ?? '[x]'}%`);
  const plotAt = (_: number, isNarrow: boolean): Plot.PlotOptions => ({
    height: 26 * rows.length + (hasBands ? 76 : 52),
    marginLeft: isNarrow ? 20 + longest(labels) : 24 + longest(labels.map(wide)),
    marginRight: 16,
    marginTop: hasBands ? 28 : 4,
    marginBottom: 40,
    x: {
      domain: [0, 100],
      label: isNarrow ? short : unit,
      grid: !hasBands,
      ticks: hasBands ? [0, ...areas.slice(1).map(({ from }) => from), 100] : [0, 25, 50, 75, 100],
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
        text: ({ rating }) => initials(rating),
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
        stroke: '#1a1a1a',
        strokeWidth: 2,
        symbol: ({ isDriving }: Estimate) => (isDriving ? 'diamond' : 'circle'),
        fill: ({ isDriving }: Estimate) => (isDriving ? '#1a1a1a' : '#ffffff'),
      }),
    ],
    symbol: { type: 'identity' as never },
  });
  // Titles of standards take half of it.
  return draw(`${title}. ${said.join('; ')}.`, plotAt, 760);
}
