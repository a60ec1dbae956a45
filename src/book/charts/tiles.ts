import * as Plot from '@observablehq/plot';
import { wrap } from '../../words/wrap.js';
import { inkOn } from '../ratings.js';
import { type Chart, draw } from './draw.js';

/** Where the tile of a nation or region lies: column and row, about as on a map. Others lie below. */
const places: Readonly<Record<string, readonly [column: number, row: number]>> = {
  'North East': [2, 0],
  'North West': [1, 1],
  'Yorkshire and The Humber': [2, 1],
  Wales: [0, 2],
  'West Midlands': [1, 2],
  'East Midlands': [2, 2],
  'East of England': [3, 2],
  'South West': [1, 3],
  'South East': [2, 3],
  London: [3, 3],
};

const shades = ['#eef3fa', '#c3d6ec', '#7fa8d4', '#2f6aa8'] as const;

/** Nations and regions as tiles that lie about as on a map, each with words below its name; the darker, the greater the percentage. */
export function tiles(
  title: string,
  areas: readonly { name: string; words: string; percent: number | null }[],
): Chart {
  let others = 0;
  const placed = areas.map(({ name, words, percent }) => {
    const [column, row] = places[name] ?? [others++ % 4, 4];
    const shade = percent === null ? '#ffffff' : (shades[Math.min(3, Math.floor(percent / 25))] as string);
    return { name, words, column, row, shade };
  });
  const rows = 1 + Math.max(...placed.map(({ row }) => row));
  const columns = 1 + Math.max(...placed.map(({ column }) => column));
  const said = areas.map(({ name, words }) => `${name}: ${words}`);
  return draw(`${title}. ${said.join('; ')}.`, (_, isNarrow) => ({
    height: (isNarrow ? 94 : 80) * rows,
    margin: 0,
    x: { axis: null, domain: [0, 1, 2, 3].slice(0, columns), padding: 0.04 },
    y: { axis: null, domain: [0, 1, 2, 3, 4].slice(0, rows), padding: 0.05 },
    marks: [
      Plot.cell(placed, { x: 'column', y: 'row', fill: ({ shade }) => shade, stroke: '#333', inset: 1 }),
      Plot.text(placed, {
        x: 'column',
        y: 'row',
        fontSize: isNarrow ? 12 : 13,
        lineHeight: 1.25,
        text: ({ name, words }) => [...wrap(name, isNarrow ? 10 : 18), words].join('\n'),
        fill: ({ shade }) => inkOn(shade),
      }),
    ],
  }));
}
