import * as Plot from '@observablehq/plot';
import { wrap } from '../../words/wrap.js';
import { inkOn } from '../ratings.js';
import { type Chart, draw } from './draw.js';

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
