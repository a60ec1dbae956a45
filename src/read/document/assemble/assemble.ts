import { type Draft, wordsOf } from '../draft.js';
import { singleBlanks } from '../text/characters.js';
import { padded } from './columns.js';
import { type AssembleOptions, continues } from './continues.js';
import type { PlacedLine } from './placed-line.js';
import { add, begun, type Row } from './row.js';
import { tableZones } from './zones.js';

/**
 * Puts printed lines together again that are one: the lines of a paragraph, of a bullet, of a heading, and of a table's row whose
 * question is wrapped while its figures stand at the first, the last or a middle line of it. Columns of a table that a row leaves
 * empty get an empty cell.
 */
export function assemble(lines: readonly PlacedLine[], options: AssembleOptions): Draft[] {
  const columns = tableZones(lines);
  const pageRight = usualRight(lines);
  const how = { ...options, pageRight };
  const rows: Row[] = [];
  let row: Row | undefined;
  for (const [at, line] of lines.entries()) {
    const zone = columns[at];
    const limit = zone ?? { left: 0, right: pageRight, second: Number.POSITIVE_INFINITY };
    if (row && continues(row, line, limit, how)) add(row, line, limit);
    else {
      row = begun(line, limit);
      rows.push(row);
    }
  }
  return padded(rows).map(draftOf);
}

/** How far the lines of prose go. */
function usualRight(lines: readonly PlacedLine[]): number {
  const rights = lines
    .filter(
      ({ fragments, noise }) => !noise && fragments.length === 1 && (fragments[0]?.text.length ?? 0) > 40,
    )
    .map(({ fragments }) => fragments[0]?.right ?? 0)
    .sort((a, b) => a - b);
  return rights[Math.floor(rights.length * 0.9)] ?? 80;
}

function draftOf({ first, cells, raws }: Row): Draft {
  const whole: Draft = {
    place: first.place,
    gap: first.gap,
    raw: raws.length === 1 ? (raws[0] as string) : raws.join('\n'),
    cells: cells.map(singleBlanks),
  };
  const { heading, bold, bullet, noise, pageStart } = first;
  if (heading !== undefined) whole.heading = heading;
  if (bold !== undefined) whole.bold = bold;
  if (bullet !== undefined) whole.bullet = bullet;
  if (noise !== undefined) whole.noise = noise;
  if (pageStart !== undefined) whole.pageStart = pageStart;
  if (wordsOf(whole) === '' && !whole.noise) whole.noise = 'markup';
  return whole;
}
