import { cleanInline, plainCharacters } from './clean.js';
import { markupLines } from './html-lines.js';
import type { Limits } from './limits.js';
import { type Piece, type PrintedLine, rowsOfPrinted } from './printed-rows.js';
import { type RawLine, withoutBullet } from './raw-line.js';
import { type SourceLine, sourceLines } from './source-lines.js';

/** The lines of a text, each cleaned: tables of HTML, tabs, pipes or blanks as rows with cells, wrapped lines joined. */
export function textLines(file: string, text: string, limits: Limits): RawLine[] {
  const lines = sourceLines(file, text, limits);
  const isTabbed = lines.some(({ raw }) => /\S\t\s*\S/.test(raw));
  // A table that nothing ends is none: all that follows would be in it.
  const lastEnd = lines.findLastIndex(({ raw }) => /<\/table>/i.test(raw));
  let isWithin = false;
  const runs: { notation: 'HTML' | 'pipes' | 'plain'; lines: SourceLine[] }[] = [];
  for (const [at, line] of lines.entries()) {
    const isTable: boolean = isWithin || (at <= lastEnd && /<table\b/i.test(line.raw));
    isWithin = isTable && !/<\/table>/i.test(line.raw);
    const notation = isTable ? 'HTML' : isPiped(line) ? 'pipes' : 'plain';
    const run = runs.at(-1);
    if (run?.notation === notation) run.lines.push(line);
    else runs.push({ notation, lines: [line] });
  }
  return runs.flatMap(({ notation, lines: own }) => {
    if (notation === 'HTML') return markupLines(file, own, limits);
    if (notation === 'plain') return plainLines(own, isTabbed, limits);
    return own.map((line) => rowLine(line, pipeCells(line.raw), limits));
  });
}

const isRule = (raw: string) => /^[\s|:+=_*~-]+$/.test(raw);
const isPipeRule = (raw: string) => isRule(raw) && raw.includes('|') && raw.includes('--');

/** Whether a line is a row of a Markdown table: it stands between pipes, or is the rule below a heading. */
const isPiped = ({ raw }: SourceLine) => /^\s{0,8}\|.*\|/.test(raw) || isPipeRule(raw);

const pipeCells = (raw: string): string[] =>
  isRule(raw)
    ? ['']
    : raw
        .trim()
        .replace(/^\||(?<!\\)\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.replaceAll('\\|', '|'));

/** A row of a table, from the sources of its cells; one without words is markup. */
function rowLine(
  { raw, number, pageStart }: SourceLine,
  sources: string[],
  { cells: most }: Limits,
): RawLine {
  const within =
    sources.length > most ? [...sources.slice(0, most - 1), sources.slice(most - 1).join(' ')] : sources;
  const cells = within.map(cleanInline);
  const base = { place: { line: number }, raw, ...(pageStart && { pageStart }) };
  if (cells.every((text) => text === '')) return { ...base, furniture: 'markup', cells: [''] };
  return { ...base, cells };
}

/** Lines without tables of pipes: with tabs, or with columns and wrapped lines as they were printed. */
function plainLines(lines: SourceLine[], isTabbed: boolean, limits: Limits): RawLine[] {
  const pieces = isTabbed ? lines.map(({ raw }) => tabPieces(raw, limits.cells)) : printedPieces(lines);
  const hasColumns = pieces.filter((own) => own.length > 1).length >= 5;
  const printed = lines.map((line, at): PrintedLine => {
    const own = pieces[at] as Piece[];
    const sources = own.map(({ text }) => text);
    const { cells, ...rest } = plainLine(line, sources, limits);
    const placed = own.map((piece, cell) => ({ ...piece, text: cells[cell] ?? '' }));
    const full = isTabbed ? placed : placed.filter(({ text }) => text !== '');
    return { ...rest, pieces: full.length > 0 ? full : placed.slice(0, 1), step: line.gap + 1 };
  });
  return rowsOfPrinted(printed, { loose: 1.5, areWrapped: !isTabbed && (hasColumns || areWrapped(lines)) });
}

/** The cells between tabs; a tab behind a bullet or before a line is no column. */
function tabPieces(raw: string, most: number): Piece[] {
  const all = raw.split('\t', most);
  const [first = '', second = ''] = all;
  const isSign = /^(?:[-*•▪●○◦‣–]|[\uE000-\uF8FF])?$/.test(first.trim()) && second.trim().length >= 30;
  const cells = all.length === 2 && isSign ? [`${first} ${second}`] : all;
  let left = 0;
  return cells.map((text) => {
    const piece = { left, right: left + text.length, text };
    left += text.length + 8;
    return piece;
  });
}

function plainLine(line: SourceLine, [one = '', ...others]: string[], limits: Limits): RawLine {
  const { raw } = line;
  if (isRule(raw) || /^\s*(?:```|~~~)/.test(raw)) return rowLine(line, [''], limits);
  const heading = /^\s{0,3}(#{1,6})(?:\s|$)/.exec(raw)?.[1]?.length;
  const bare = heading ? one.replace(/^\s*#+\s*/, '').replace(/\s#{1,6}\s*$/, '') : one;
  // "*so*" is emphasis, "* so" a bullet.
  const mayBeBullet = heading === undefined && !/^\s*\*\S/.test(bare);
  const { text, bullet } = mayBeBullet ? withoutBullet(bare) : { text: bare, bullet: false };
  const made = rowLine(line, [text, ...others], limits);
  if (heading) made.heading = heading;
  if (bullet && (others.length === 0 || !/^\d/.test(text))) made.bullet = true;
  return made;
}

/** Whether lines of running text are wrapped: few are long, and the long ones follow one another without a gap. */
function areWrapped(lines: readonly SourceLine[]): boolean {
  const lengths = lines.map(({ raw }) => raw.trim().length);
  const long = lengths.filter((length) => length > 45).length;
  const veryLong = lengths.filter((length) => length > 150).length;
  const followed = lengths.filter((length, at) => length > 45 && lines[at + 1]?.gap === 0).length;
  return long >= 4 && veryLong * 50 < long && followed * 3 > long;
}

const figure = /^(?:\d{1,3}(?: ?%)?|n\/a)$/i;

/** The pieces of lines that wide gaps separate: at a place where a line near by has one too, or before a short end. */
function printedPieces(lines: readonly SourceLine[]): Piece[][] {
  const all = lines.map(({ raw }) =>
    [...plainCharacters(raw).matchAll(/[^ \t]+(?: [^ \t]+)*/g)]
      .slice(0, 12)
      .map(({ 0: text, index }): Piece => ({ left: index, right: index + text.length, text })),
  );
  return all.map((own, at) => {
    if (own.length < 2) return own;
    const rest = own.slice(1);
    const near = [...all.slice(Math.max(0, at - 8), at), ...all.slice(at + 1, at + 9)];
    const isColumn = near.some((other) =>
      other.slice(1).some((one) => rest.some((own) => aligned(one, own))),
    );
    const [before, last] = own.slice(-2) as [Piece, Piece];
    const isEnd = last.left - before.right >= 3 && last.text.length <= 24;
    if (isColumn || isEnd || (rest.length > 1 && rest.every(({ text }) => figure.test(text)))) return own;
    const text = own.map((piece) => piece.text).join(' ');
    return [{ left: (own[0] as Piece).left, right: last.right, text }];
  });
}

const aligned = (one: Piece, other: Piece) =>
  Math.abs(one.left - other.left) <= 2 ||
  Math.abs(one.right - other.right) <= 2 ||
  Math.abs(one.left + one.right - other.left - other.right) <= 4;
