import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { wrap } from '../cli/wrap.js';
import { inkOn, ratingColour, ratingInitials } from './ratings.js';

/** A chart drawn twice, each with letters of a real size: for a screen as wide as a page, and for a telephone. */
export interface Chart {
  wide: string;
  narrow: string;
}

const widths = { wide: 600, narrow: 320 } as const;
const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Draws a chart at both widths; its text is what a screen reader says of it. */
function draw(says: string, plotAt: (width: number, isNarrow: boolean) => Plot.PlotOptions): Chart {
  const at = (name: keyof typeof widths): string => {
    const svg = Plot.plot({
      ...plotAt(widths[name], name === 'narrow'),
      width: widths[name],
      document: document as never,
      className: 'plot',
      style: { fontSize: '13px' },
    });
    svg.querySelector('style')?.remove();
    // What it shows stands in its text and its table; the parts are no news to a screen reader.
    for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
    for (const part of svg.querySelectorAll('[aria-hidden]')) part.removeAttribute('aria-hidden');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', says);
    svg.setAttribute('class', `plot ${name}`);
    return svg.outerHTML;
  };
  return { wide: at('wide'), narrow: at('narrow') };
}

/** How many of a row are rated how; a gap with words stands before a row that begins a new series. */
export interface RatedRow {
  label: string;
  counts: { rating: string; rank: number; count: number }[];
  break?: string | undefined;
}

/** Ratings as bars of inspections: a row a year, its parts from the best to the lowest. */
export function ratingBars(says: string, rows: readonly RatedRow[], unit: string): Chart {
  const order = rows.flatMap(({ label, break: broken }) =>
    broken === undefined ? [label] : [broken, label],
  );
  const parts = rows.flatMap(({ label, counts }) => {
    let from = 0;
    return counts
      .filter(({ count }) => count > 0)
      .map(({ rating, rank, count }) => {
        const part = { label, rating, rank, count, from, to: from + count };
        from = part.to;
        return part;
      });
  });
  const most = Math.max(1, ...parts.map(({ to }) => to));
  const breaks = rows.flatMap(({ break: broken }) => (broken === undefined ? [] : [{ label: broken }]));
  return draw(says, (width, isNarrow) => {
    const marginLeft = isNarrow ? 84 : 120;
    const space = (width - marginLeft - 20) / most;
    const fits = ({ count }: { count: number }, letters: number) => count * space > letters * 7.2 + 3;
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
        tickFormat: (label: string) => (breaks.some((one) => one.label === label) ? '' : label),
      },
      marks: [
        Plot.barX(parts, {
          x1: 'from',
          x2: 'to',
          y: 'label',
          fill: ({ rank }) => ratingColour(rank),
          stroke: '#333',
          strokeWidth: 0.75,
        }),
        Plot.text(parts, {
          x: ({ from, to }) => (from + to) / 2,
          y: 'label',
          text: (part) => {
            const letters = `${ratingInitials(part.rating)} ${part.count}`;
            if (fits(part, letters.length)) return letters;
            return fits(part, ratingInitials(part.rating).length) ? ratingInitials(part.rating) : '';
          },
          fill: ({ rank }) => inkOn(ratingColour(rank)),
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

/** A percentage with its interval. */
export interface Estimate {
  label: string;
  percent: number | null;
  low: number | null;
  high: number | null;
  /** What it and those after it belong to; said before the first of them, where there is room. */
  group: string;
  /** Drawn as a diamond: it sets the rating. */
  isDriving?: boolean;
}

/** Percentages of yes with their intervals, beside the bands that they fall in. */
export function estimates(
  says: string,
  rows: readonly Estimate[],
  bands: readonly { rating: string; rank: number; from: number }[],
): Chart {
  const known = rows.filter(({ percent }) => percent !== null);
  const groups = new Map(
    rows.map(({ label, group }, at) => [label, rows[at - 1]?.group === group ? '' : group]),
  );
  const longest = Math.max(...rows.map(({ label }) => `${groups.get(label)}  ${label}`.length));
  const areas = bands.map(({ rating, rank, from }, at) => ({
    rating,
    rank,
    from,
    to: bands[at + 1]?.from ?? 100,
  }));
  return draw(says, (_, isNarrow) => ({
    height: 26 * rows.length + 76,
    marginLeft: isNarrow ? 56 : 24 + 7.2 * longest,
    marginRight: 16,
    marginTop: 28,
    marginBottom: 40,
    x: {
      domain: [0, 100],
      label: isNarrow ? '% yes' : 'Percent of yes',
      ticks: [0, ...areas.slice(1).map(({ from }) => from), 100],
    },
    y: {
      domain: rows.map(({ label }) => label),
      label: null,
      tickSize: 0,
      padding: 0.2,
      type: 'band',
      tickFormat: (label: string) => (isNarrow ? label : `${groups.get(label) ?? ''}  ${label}`.trim()),
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
  }));
}

/** An area of the map of tiles. */
export interface Tile {
  name: string;
  column: number;
  row: number;
  /** Lines below its name. */
  lines: string[];
  /** 0 to 1; null where nothing is known. */
  share: number | null;
}

const shades = ['#eef3fa', '#c3d6ec', '#7fa8d4', '#2f6aa8'] as const;

/** Nations and regions as tiles that lie about as on a map; the darker, the greater the share. */
export function tiles(says: string, areas: readonly Tile[]): Chart {
  const rows = 1 + Math.max(...areas.map(({ row }) => row));
  const shade = ({ share }: Tile) =>
    share === null ? '#ffffff' : (shades[Math.min(3, Math.floor(share * 4))] as string);
  return draw(says, (_, isNarrow) => ({
    height: (isNarrow ? 94 : 80) * rows,
    margin: 0,
    x: {
      axis: null,
      domain: [0, 1, 2, 3].slice(0, Math.max(...areas.map(({ column }) => column)) + 1),
      padding: 0.04,
    },
    y: { axis: null, domain: [0, 1, 2, 3, 4].slice(0, rows), padding: 0.05 },
    marks: [
      Plot.cell(areas, { x: 'column', y: 'row', fill: shade, stroke: '#333', inset: 1 }),
      Plot.text(areas, {
        x: 'column',
        y: 'row',
        text: ({ name, lines }) => [...wrap(name, isNarrow ? 10 : 18), ...lines].join('\n'),
        fill: (area) => inkOn(shade(area)),
        fontSize: isNarrow ? 12 : 13,
        lineHeight: 1.25,
      }),
    ],
  }));
}

/** A service in a funnel. */
export interface FunnelPoint {
  label: string;
  cases: number;
  percent: number;
  isOutside: boolean;
}

/**
 * Share of yes against cases, with the limits between which a service of as many cases lies as often as their level says, were its
 * share that of all together: a point is outside where its Wilson interval of that level leaves out the share of all.
 */
export function funnel(
  says: string,
  points: readonly FunnelPoint[],
  share: number,
  levels: readonly { level: number; z: number }[],
): Chart {
  const most = Math.ceil(Math.max(10, ...points.map(({ cases }) => cases)) * 1.08);
  const limits = levels.flatMap(({ level, z }) =>
    Array.from({ length: most }, (_, at) => {
      const spread = 100 * z * Math.sqrt(((share / 100) * (1 - share / 100)) / (at + 1));
      return { level, cases: at + 1, low: Math.max(0, share - spread), high: Math.min(100, share + spread) };
    }),
  );
  const dash = (level: number) => (level === levels[0]?.level ? '2 3' : '7 3');
  return draw(says, (_, isNarrow) => ({
    height: isNarrow ? 340 : 420,
    marginLeft: 46,
    marginRight: 18,
    marginBottom: 42,
    x: { domain: [0, most], label: 'Relevant cases', ticks: isNarrow ? 5 : 10 },
    y: { domain: [0, 100], label: null, grid: true },
    marginTop: 34,
    marks: [
      Plot.text(['Percent of yes'], { frameAnchor: 'top-left', dx: -34, dy: -22 }),
      Plot.ruleY([share], { stroke: '#1a1a1a' }),
      ...levels.flatMap(({ level }) =>
        (['low', 'high'] as const).map((end) =>
          Plot.lineY(
            limits.filter((one) => one.level === level),
            { x: 'cases', y: end, stroke: '#1a1a1a', strokeDasharray: dash(level) },
          ),
        ),
      ),
      Plot.dot(points, {
        x: 'cases',
        y: 'percent',
        r: 4.5,
        symbol: ({ isOutside }: FunnelPoint) => (isOutside ? 'triangle' : 'circle'),
        fill: ({ isOutside }: FunnelPoint) => (isOutside ? '#a63a1e' : '#5b9bd0'),
        fillOpacity: 0.75,
        stroke: '#1a1a1a',
      }),
    ],
    symbol: { type: 'identity' as never },
  }));
}
