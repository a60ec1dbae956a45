import { assemble } from '../assemble/assemble.js';
import type { PlacedLine } from '../assemble/placed-line.js';
import type { Draft } from '../draft.js';
import { wordsOf } from '../draft.js';
import type { Limits } from '../limits.js';
import { withoutBullet } from './bullet.js';
import { singleBlanks } from './characters.js';
import { htmlLines } from './html.js';
import { cleanInline } from './inline.js';
import { layoutFragments } from './layout.js';
import { withMendedTags } from './mend-tags.js';
import { type PhysicalLine, physicalLines } from './physical-lines.js';

/** The lines of a text, each cleaned, tables as rows with cells, wrapped lines joined. */
export function textDrafts(file: string, text: string, limits: Limits): Draft[] {
  const printed = physicalLines(file, text, limits);
  const lines = /<t[rdh]\b/i.test(text)
    ? printed.map((line) => ({ ...line, raw: withMendedTags(line.raw) }))
    : printed;
  const isTabbed = lines.some(({ raw }) => /\S\t+\s*\S/.test(raw));
  const drafts: Draft[] = [];
  let plain: PhysicalLine[] = [];
  const flush = () => {
    if (plain.length > 0) drafts.push(...plainDrafts(plain, { isTabbed, limits }));
    plain = [];
  };
  const pipes = pipeRows(lines);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as PhysicalLine;
    const html = htmlEnd(lines, at);
    if (html !== undefined) {
      flush();
      for (const draft of htmlDrafts(file, lines.slice(at, html + 1), limits)) drafts.push(draft);
      at = html;
    } else if (pipes[at]) {
      flush();
      drafts.push(pipeDraft(line, limits));
    } else plain.push(line);
  }
  flush();
  return drafts;
}

/** The last line of the HTML that begins at a line: a table's, or a page's. */
function htmlEnd(lines: readonly PhysicalLine[], at: number): number | undefined {
  const start = (lines[at] as PhysicalLine).raw.slice(0, 2000).trimStart().toLowerCase();
  if (at === 0 && /^(?:<\?xml|<!doctype html|<html)/.test(start)) return lines.length - 1;
  const isTable = start.includes('<table');
  if (!isTable && !/^<(?:tr|thead|tbody|td)\b/.test(start)) return undefined;
  let depth = 0;
  for (let end = at; end < lines.length; end++) {
    const { raw } = lines[end] as PhysicalLine;
    if (!raw.includes('<')) continue;
    for (const [found] of raw.matchAll(/<\/?table\b/gi)) depth += found[1] === '/' ? -1 : 1;
    // Rows whose table's own tag is lost end with it too, and where nothing of a table follows or a line is left free.
    const next = lines[end + 1];
    const isLast = depth < 0 || !next || next.gap > 0 || !/^\s*<\/?(?:t|b|s)/i.test(next.raw);
    if (isTable ? depth <= 0 : isLast) return end;
  }
  // A table that never ends: as far as lines have its tags.
  let end = at;
  while (end + 1 < lines.length && tableTag.test(lines[end + 1]?.raw ?? '')) end++;
  return end;
}

const tableTag = /<\/?(?:table|thead|tbody|tfoot|tr|th|td)\b/i;

function htmlDrafts(file: string, lines: PhysicalLine[], limits: Limits): Draft[] {
  const first = (lines[0] as PhysicalLine).number;
  const source = lines.map(({ raw }) => raw).join('\n');
  const starts: number[] = [];
  let offset = 0;
  for (const { raw } of lines) {
    starts.push(offset);
    offset += raw.length + 1;
  }
  const order = htmlLines(source, limits, { file, line: first }).sort((a, b) => a.start - b.start);
  let at = 0;
  return order.map(({ start, end, cells, heading, bullet }, index) => {
    while (at + 1 < starts.length && (starts[at + 1] as number) <= start) at++;
    const { number, gap, pageStart } = lines[at] as PhysicalLine;
    const cleaned = cells.map(cleanInline);
    return settled({
      place: { line: number },
      raw: source.slice(start, end),
      cells: cleaned.map((cell) => cell.text),
      gap: index === 0 ? gap : 0,
      bold: allBold(cleaned),
      ...(pageStart && index === 0 && { pageStart }),
      ...(heading && { heading }),
      ...(bullet && { bullet }),
    });
  });
}

const isRule = (raw: string) => /^[\s|:+=_*~-]+$/.test(raw);
const isPipeRule = (raw: string) => isRule(raw) && raw.includes('|') && raw.includes('--');
const startsWithPipe = (raw: string) => /^\s{0,8}\|.*\|/.test(raw);

/** Which lines are rows of Markdown tables: those between pipes, and the neighbours of a rule with pipes that have pipes. */
function pipeRows(lines: readonly PhysicalLine[]): boolean[] {
  const isRow = lines.map(({ raw }) => startsWithPipe(raw) || isPipeRule(raw));
  for (const [at, { raw }] of lines.entries()) {
    if (!isPipeRule(raw)) continue;
    if (at > 0 && hasPipe(lines[at - 1])) isRow[at - 1] = true;
    for (
      let next = at + 1;
      next < lines.length && hasPipe(lines[next]) && lines[next]?.gap === 0 && !isRow[next];
      next++
    )
      isRow[next] = true;
  }
  return isRow;
}

const hasPipe = (line: PhysicalLine | undefined) => line?.raw.includes('|') === true;

function pipeDraft({ raw, number, gap, pageStart }: PhysicalLine, limits: Limits): Draft {
  const inner = raw
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  const sources = inner.split(/(?<!\\)\|/);
  const within =
    sources.length > limits.cells
      ? [...sources.slice(0, limits.cells - 1), sources.slice(limits.cells - 1).join(' ')]
      : sources;
  const cells = within.map((cell) => cleanInline(cell.replaceAll('\\|', '|')));
  return settled({
    place: { line: number },
    raw,
    cells: isRule(raw) ? [''] : cells.map(({ text }) => text),
    gap,
    bold: allBold(cells),
    ...(pageStart && { pageStart }),
  });
}

function allBold(cells: { text: string; bold: boolean }[]): boolean {
  const full = cells.filter(({ text }) => text !== '');
  return full.length > 0 && full.every(({ bold }) => bold);
}

/** Leaves off what says nothing, and marks a line as markup that has no words. */
function settled(draft: Draft): Draft {
  const { bold, ...rest } = draft;
  const isEmpty = wordsOf(draft) === '';
  return { ...rest, ...(bold && !isEmpty && { bold }), ...(isEmpty && { noise: 'markup', cells: [''] }) };
}

interface PlainOptions {
  isTabbed: boolean;
  limits: Limits;
}

/** Lines without tables of pipes or HTML: with tabs, or with columns and wrapped lines as they were printed. */
function plainDrafts(lines: PhysicalLine[], { isTabbed, limits }: PlainOptions): Draft[] {
  const isPrinted =
    !isTabbed && (isWrapped(lines) || lines.filter(({ raw }) => /\S {3,}\S/.test(raw)).length >= 5);
  if (isPrinted) return assemble(placedLines(lines), { looseStep: 1.5, figuresApart: true });
  const drafts = isTabbed
    ? lines.map((line) => lineDraft(line, tabCells(line.raw, limits)))
    : layoutFragments(lines).map((fragments, at) =>
        lineDraft(
          lines[at] as PhysicalLine,
          fragments.map(({ text }) => text),
        ),
      );
  return joinedByCase(drafts);
}

function tabCells(raw: string, limits: Limits): string[] {
  if (!raw.includes('\t')) return [raw];
  const cells = raw.split('\t');
  // A tab after a bullet or before a line is no column.
  if (cells.filter((cell) => cell.trim() !== '').length < 2 && !/^\t[^\t]+$/.test(raw)) {
    const full = cells.findIndex((cell) => cell.trim() !== '');
    if (full >= 0 && cells.length <= 2) return cells;
  }
  if (cells.length === 2 && /^\s*(?:[-*•▪●○◦‣–]|[\uE000-\uF8FF])\s*$/.test(cells[0] ?? ''))
    return [cells.join(' ')];
  return cells.length > limits.cells
    ? [...cells.slice(0, limits.cells - 1), cells.slice(limits.cells - 1).join(' ')]
    : cells;
}

function lineDraft({ raw, number, gap, pageStart }: PhysicalLine, sources: string[]): Draft {
  const base = { place: { line: number }, raw, gap, ...(pageStart && { pageStart }) };
  if (isRule(raw) || /^\s*(?:```|~~~)/.test(raw)) return { ...base, cells: [''], noise: 'markup' };
  const heading = /^\s{0,3}(#{1,6})(?:\s|$)/.exec(raw)?.[1]?.length;
  const [one = '', ...others] = sources;
  const bare = heading ? one.replace(/^\s*#+\s*/, '').replace(/\s#{1,6}\s*$/, '') : one;
  const { text, bullet } =
    heading || isEmphasised(bare) ? { text: bare, bullet: false } : withoutBullet(bare);
  const cleaned = [text, ...others].map(cleanInline);
  const isBullet = bullet && (others.length === 0 || !/^\d/.test(text));
  return settled({
    ...base,
    cells: cleaned.map((cell) => cell.text),
    bold: allBold(cleaned),
    ...(heading && { heading }),
    ...(isBullet && { bullet }),
  });
}

const isEmphasised = (text: string) => /^\s*\*\S/.test(text);

/** Whether lines of prose are wrapped: few are long, and the long ones follow one another without a gap. */
function isWrapped(lines: readonly PhysicalLine[]): boolean {
  const lengths = lines.map(({ raw }) => raw.trim().length);
  const long = lengths.filter((length) => length > 45).length;
  if (long < 4) return false;
  const veryLong = lengths.filter((length) => length > 150).length;
  let followed = 0;
  for (let at = 0; at + 1 < lines.length; at++)
    if ((lengths[at] ?? 0) > 45 && lines[at + 1]?.gap === 0) followed += 1;
  return veryLong * 50 < long && followed * 3 > long;
}

function placedLines(lines: PhysicalLine[]): PlacedLine[] {
  let sum = 0;
  return layoutFragments(lines).map((fragments, at) => {
    const line = lines[at] as PhysicalLine;
    sum += line.gap + 1;
    const { cells, ...draft } = lineDraft(
      line,
      fragments.map(({ text }) => text),
    );
    const placed = fragments.map(({ left, right }, cell) => ({ left, right, text: cells[cell] ?? '' }));
    const full = placed.filter(({ text }) => text !== '');
    return { ...draft, fragments: full.length > 0 ? full : placed.slice(0, 1), step: line.gap + 1, at: sum };
  });
}

/**
 * Joins lines of a text that has a logical line on a line, mostly: what ends within a sentence and goes on in small letters is one,
 * and so is a question that ends beside or below its figures.
 */
function joinedByCase(drafts: Draft[]): Draft[] {
  const joined: Draft[] = [];
  let count = 0;
  for (const draft of drafts) {
    const last = joined.at(-1);
    if (last && count < 100 && goesOn(last, draft)) {
      count += 1;
      last.raw += `\n${draft.raw}`;
      const [first = '', ...others] = draft.cells;
      last.cells[0] = singleBlanks(`${last.cells[0]} ${first}`);
      if (others.length > 0) last.cells.push(...others);
    } else {
      count = 0;
      joined.push({ ...draft, cells: [...draft.cells] });
    }
  }
  return joined;
}

function goesOn(last: Draft, draft: Draft): boolean {
  if (draft.gap > 0 || draft.noise || last.noise || draft.heading || last.heading || draft.bullet)
    return false;
  if (draft.pageStart || (draft.bold ?? false) !== (last.bold ?? false)) return false;
  const [before = ''] = last.cells;
  const [after = ''] = draft.cells;
  if (
    before.length < 25 ||
    !/^[a-z](?!ttps?:|ww\.)/.test(after) ||
    /[.?!:;]['")]{0,3}$/.test(before.slice(-6))
  )
    return false;
  if (
    last.cells.length > 1 &&
    (draft.cells.length > 1 || !last.cells.slice(1).some((cell) => /^\d+%?$/.test(cell)))
  )
    return false;
  return true;
}
