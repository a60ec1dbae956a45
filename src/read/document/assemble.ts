import { type Draft, wordsOf } from './draft.js';
import { singleBlanks } from './text/characters.js';

/** A piece of a line that stands apart from the others, and where: from and to, in widths of a letter. */
export interface Fragment {
  left: number;
  right: number;
  text: string;
}

/** A line as it is printed: its pieces from left to right. */
export interface PlacedLine extends Omit<Draft, 'cells'> {
  fragments: Fragment[];
  /** The distance from the line before, in usual steps from line to line. */
  step: number;
  /** The sum of the steps to here. */
  at: number;
  /** Size of its letters in points, where it is known. */
  size?: number;
}

export interface AssembleOptions {
  /** From which step on a line begins something new. */
  looseStep: number;
  /** Whether figures may take a line of their own among the lines of their question, as in text; else they stand beside it. */
  figuresApart?: boolean;
}

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

/** Where the first column of a table begins and ends, and where its second begins. */
interface Zone {
  left: number;
  right: number;
  second: number;
}

interface Row {
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

const reach = 8;
/** More lines than this are never one. */
const mostLines = 100;
/** Lines nearer to one another than this stand beside one another: one of them is centred on a row. */
const besideStep = 0.75;

/** For every line the columns of the table around it, where there is one near. */
function tableZones(lines: readonly PlacedLine[]): (Zone | undefined)[] {
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

const startsLow = (text: string) => /^[a-z(,;&%]/.test(text) && !/^[a-z][.)] /.test(text);
const ends = (text: string) =>
  /[.?!:;]['")]{0,3}\s?(?:[\uE010\uE011]\d+\uE012\s?){0,3}$/.test(text.slice(-40));
const isFigure = (text: string) =>
  text.length <= 24 &&
  /^(?:[£<>]?\s?\d[\d,.]*\s?%?|n\/?a|-|–)$/i.test(text.replace(/[\uE010\uE011]\d+\uE012/g, '').trim());

function continues(
  row: Row,
  line: PlacedLine,
  zone: Zone,
  { looseStep, figuresApart, pageRight }: AssembleOptions & { pageRight: number },
): boolean {
  if (row.raws.length >= mostLines) return false;
  if (line.noise || row.first.noise || line.pageStart) return false;
  const [one] = line.fragments as [Fragment];
  const isFirstColumn = isOfFirstColumn(one, zone);
  const fromText = line.at - (row.text === '' || figuresApart ? row.last.at : row.textAt);
  if ((isFirstColumn ? fromText : line.at - row.last.at) > looseStep) return false;
  if (line.heading || row.first.heading) {
    if (line.heading !== row.first.heading || line.fragments.length > 1 || row.others.length > 0)
      return false;
    return line.size === row.first.size && row.right + 1 + firstWord(one.text) > pageRight * 0.8;
  }
  if (line.bullet && isFirstColumn) return false;
  if (isFirstColumn && row.text !== '') {
    if (line.size !== undefined && Math.abs(line.size - (row.first.size ?? line.size)) > 0.7) return false;
    if (
      row.others.length === 0 &&
      line.fragments.length === 1 &&
      (line.bold ?? false) !== (row.first.bold ?? false)
    )
      return false;
  }

  const others = isFirstColumn ? line.fragments.slice(1) : line.fragments;
  const hasFigures = row.others.some(({ text }) => isFigure(text));
  const bringsFigures = others.some(({ text }) => isFigure(text));
  if (hasFigures && bringsFigures) return false;

  if (!isFirstColumn) {
    // Only other columns: the figures of a question that stands above, or the second line of a column's heading.
    if (bringsFigures) return row.right <= zone.second + 2 && row.others.every(({ text }) => !isFigure(text));
    return row.others.some((other) => overlap(other, one)) && !hasFigures;
  }
  const isProse =
    row.others.length === 0 && (row.right > zone.second + 2 || zone.second === Number.POSITIVE_INFINITY);
  if (others.length > 0 && isProse && zone.second !== Number.POSITIVE_INFINITY) return false;
  // Figures above a question are its figures only where they stand beside it.
  if (row.text === '') return fromText < besideStep;
  if (startsLow(one.text)) return !ends(row.tail) || !/[?]\W*$/.test(row.tail.slice(-12));
  const isTable = row.others.length > 0 || others.length > 0 || !isProse;
  if (isTable && ends(row.tail)) return false;
  if (row.others.length > 0 && others.length > 0) return false;
  const limit = isProse ? Math.max(pageRight, 0) : zone.right;
  return row.right + 1 + firstWord(one.text) > limit * (isProse ? 0.97 : 0.93);
}

/** A piece is of the column that it begins nearer to. */
const isOfFirstColumn = (piece: Fragment, { left, second }: Zone) =>
  piece.left < second - 2 && piece.left - left <= second - piece.left;

const firstWord = (text: string) => /^\S*/.exec(text.slice(0, 60))?.[0].length ?? 0;

const overlap = (one: Fragment, other: Fragment) =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > -1.5;

function begun(line: PlacedLine, zone: Zone): Row {
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

function add(row: Row, line: PlacedLine, zone: Zone): void {
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

/** Gives the rows of a table as many cells as it has columns. */
function padded(rows: Row[]): Row[] {
  let at = 0;
  while (at < rows.length) {
    let end = at;
    let since = 0;
    const table: Row[] = [];
    for (; end < rows.length && since <= 3; end++) {
      const row = rows[end] as Row;
      if (end > at && isNewTable(row, table.at(-1))) break;
      if (row.others.length > 0) {
        table.push(row);
        since = 0;
      } else if (!row.first.noise) since += 1;
    }
    const columns = columnsOf(table);
    for (; at < end; at++) {
      const row = rows[at] as Row;
      row.cells = row.others.length === 0 ? [row.text] : [row.text, ...inColumns(row.others, columns)];
    }
  }
  return rows;
}

/** Whether another table begins: below a heading, or with a head of words alone below a row of figures. */
function isNewTable({ first, others }: Row, before: Row | undefined): boolean {
  if (first.noise) return false;
  if (first.heading) return true;
  return (
    others.length > 0 &&
    before !== undefined &&
    before.others.some(({ text }) => isFigure(text)) &&
    others.every(({ text }) => /\p{L}{2}/u.test(text) && !isFigure(text))
  );
}

/** Columns beside the first, as far as the rows of a table agree on them. */
function columnsOf(table: Row[]): Fragment[] {
  const columns: Fragment[] = [];
  const fragments = table
    .flatMap(({ others }) => others)
    .sort((a, b) => a.right - a.left - (b.right - b.left));
  for (const fragment of fragments) {
    const same = columns.filter((column) => overlap(column, fragment));
    if (same.length === 0) columns.push({ ...fragment, text: '' });
    else if (same.length === 1 && same[0] && fragment.right - fragment.left < 30) {
      same[0].left = Math.min(same[0].left, fragment.left);
      same[0].right = Math.max(same[0].right, fragment.right);
    }
  }
  return columns.sort((a, b) => a.left - b.left);
}

function inColumns(others: Fragment[], columns: Fragment[]): string[] {
  const at = others.map((fragment) => columns.findIndex((column) => overlap(column, fragment)));
  const isSafe = at.every(
    (column, index) => column >= 0 && (index === 0 || column > (at[index - 1] as number)),
  );
  if (!isSafe) return others.map(({ text }) => text);
  const cells = columns.map(() => '');
  for (const [index, column] of at.entries()) cells[column] = (others[index] as Fragment).text;
  return cells;
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
