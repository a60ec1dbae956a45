import { type Fragment, overlap, type PlacedLine } from './placed-line.js';
import { isOfFirstColumn, type Zone } from './zones.js';

export interface Row {
  first: PlacedLine;
  last: PlacedLine;
  /** The first column, or a line that is no row. */
  text: string;
  /** The last line of it. */
  tail: string;
  /** Where the last line of it stands (see PlacedLine.at). */
  textAt: number;
  /** Right end of the last line of the first column. */
  right: number;
  /** The other columns. */
  others: Fragment[];
  raws: string[];
  /** The cells that it has in the end. */
  cells: string[];
}

export function begun(line: PlacedLine, zone: Zone): Row {
  const row: Row = {
    first: line,
    last: line,
    text: '',
    tail: '',
    textAt: line.at,
    right: 0,
    others: [],
    raws: [],
    cells: [],
  };
  add(row, line, zone);
  return row;
}

export function add(row: Row, line: PlacedLine, zone: Zone): void {
  row.last = line;
  row.raws.push(line.raw);
  for (const [at, fragment] of line.fragments.entries()) {
    if (at === 0 && isOfFirstColumn(fragment, zone)) {
      row.text = row.text === '' ? fragment.text : `${row.text} ${fragment.text}`;
      row.tail = fragment.text;
      row.textAt = line.at;
      row.right = fragment.right;
      continue;
    }
    const same = row.others.find((other) => overlap(other, fragment));
    if (same) {
      same.text += ` ${fragment.text}`;
      same.left = Math.min(same.left, fragment.left);
      same.right = Math.max(same.right, fragment.right);
    } else {
      row.others.push({ ...fragment });
      row.others.sort((a, b) => a.left - b.left);
    }
  }
}
