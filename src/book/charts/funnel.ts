import * as Plot from '@observablehq/plot';
import { type Chart, draw } from './draw.js';

/** A service in a funnel, by its share of yes in percent. */
interface FunnelPoint {
  cases: number;
  exact: number;
  isOutside: boolean;
}

/**
 * Share of yes against cases, with the limits between which a service of as many cases lies as often as their level says, were its
 * share that of all together: a point is outside where its Wilson interval of that level leaves out the share of all.
 */
export function funnel(
  title: string,
  points: readonly FunnelPoint[],
  pooled: { yes: number; among: number; percent: number | null; of: string },
  levels: readonly { level: number; z: number }[],
): Chart {
  const share = (100 * pooled.yes) / pooled.among;
  const says = `${title}. All together ${pooled.percent}%, ${pooled.of}; the table names each service.`;
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
        y: 'exact',
        r: 4.5,
        fillOpacity: 0.75,
        stroke: '#1a1a1a',
        symbol: ({ isOutside }: FunnelPoint) => (isOutside ? 'triangle' : 'circle'),
        fill: ({ isOutside }: FunnelPoint) => (isOutside ? '#a63a1e' : '#5b9bd0'),
      }),
    ],
    symbol: { type: 'identity' as never },
  }));
}
