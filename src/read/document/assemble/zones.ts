import type { Fragment, PlacedLine } from './placed-line.js';

/** Where the first column of a table begins and ends, and where its second begins. */
export interface Zone {
  left: number;
  right: number;
  second: number;
}

const reach = 8;

/** For every line the columns of the table around it, where there is one near. */
export function tableZones(lines: readonly PlacedLine[]): (Zone | undefined)[] {
  const begins = lines.map((line, at) => beginsTable(line, lines[at - 1]));
  // Most of a report is prose: how many lines of several pieces there are up to each line tells where to look no further.
  const upTo = new Uint32Array(lines.length + 1);
  for (const [at, { fragments, noise }] of lines.entries())
    upTo[at + 1] = (upTo[at] as number) + (fragments.length > 1 && !noise ? 1 : 0);
  return lines.map((_, at) => {
    // Upwards and downwards as far as nothing else stands between, which is a gap of several lines.
    let from = at;
    while (from > 0 && at - from < reach && !begins[from]) from -= 1;
    let to = at;
    while (to + 1 < lines.length && to - at < reach && !begins[to + 1]) to += 1;
    return upTo[to + 1] === upTo[from] ? undefined : zoneOf(lines, from, to);
  });
}

/** Whether a table can't go on over a line: a gap of several lines, a heading on either side, or a bold head of several columns. */
function beginsTable(line: PlacedLine, before: PlacedLine | undefined): boolean {
  if (line.step > 3 || line.heading !== before?.heading) return true;
  return line.bold === true && line.fragments.length > 1 && before?.bold !== true && line.step > 1.2;
}

/** What begins this near to the left end of a table is of its first column. */
const indent = 12;

function zoneOf(lines: readonly PlacedLine[], from: number, to: number): Zone {
  let left = Number.POSITIVE_INFINITY;
  for (let at = from; at <= to; at++) {
    const { fragments, noise } = lines[at] as PlacedLine;
    if (noise) continue;
    left = Math.min(left, (fragments[0] as Fragment).left);
  }
  let second = Number.POSITIVE_INFINITY;
  for (let at = from; at <= to; at++) {
    const { fragments, noise } = lines[at] as PlacedLine;
    const [one, two] = fragments as [Fragment, Fragment?];
    if (two && !noise) second = Math.min(second, one.left - left < indent ? two.left : one.left);
  }
  let right = 0;
  for (let at = from; at <= to; at++) {
    const { fragments, noise } = lines[at] as PlacedLine;
    const [one] = fragments as [Fragment];
    if (!noise && one.left - left < indent && one.right <= second + 2) right = Math.max(right, one.right);
  }
  return { left, right, second };
}

/** A piece is of the column that it begins nearer to. */
export const isOfFirstColumn = (piece: Fragment, { left, second }: Zone) =>
  piece.left < second - 2 && piece.left - left <= second - piece.left;
