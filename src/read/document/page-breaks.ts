import type { ReportLine } from '../report-document.js';
import type { Draft } from './draft.js';

/** A printed line that a page's end cuts off is about full; a shorter one is whole. */
const fullLine = 40;
/** The first column of a table is narrower. */
const fullCell = 20;
/** Longer than any question of a table. */
const longestCell = 330;

/**
 * Joins what a page's end has cut: a paragraph or a bullet within a sentence, and the words of a table's row whose figures stand above. Running
 * heads, page numbers and footnotes may lie between. Each line is joined to the one before at the place of that one; `drafts` are
 * the same lines, and say where pages begin.
 */
export function joinedOverPages(lines: readonly ReportLine[], drafts: readonly Draft[]): ReportLine[] {
  const out: ReportLine[] = [];
  // The last line of the text proper, and whether a page has ended since.
  let last: { line: ReportLine; at: number } | undefined;
  let hasTurned = false;
  for (const [at, line] of lines.entries()) {
    const isTurn = line.noise === 'page number' || line.noise === 'running head';
    hasTurned ||= isTurn || drafts[at]?.pageStart === true;
    if (line.noise || line.footnote !== undefined) {
      out.push(line);
      continue;
    }
    const isCut = last !== undefined && hasTurned && goesOn(last.line, line);
    if (last && isCut) {
      last.line = joined(last.line, line);
      out[last.at] = last.line;
    } else {
      last = { line, at: out.length };
      out.push(line);
    }
    hasTurned = false;
  }
  return out;
}

const ends = /[.?!:;]['")\]]{0,3}$/;
const startsLow = /^[a-z](?!ttps?:|ww\.|[.)] |\p{Lu})/u;
const figure = /^(?:[£<>]?\s?\d[\d,.]*\s?%?|n\/?a)$/i;

function goesOn(before: ReportLine, line: ReportLine): boolean {
  if (before.heading !== undefined || line.heading !== undefined || line.bullet) return false;
  if ((before.bold ?? false) !== (line.bold ?? false)) return false;
  const [text = '', ...others] = before.cells;
  const [more = '', ...columns] = line.cells;
  // "he board should:" behind a list announces the next one.
  if (before.bullet && more.endsWith(':')) return false;
  if (columns.some((cell) => cell !== '') || !startsLow.test(more) || ends.test(text)) return false;
  if (others.every((cell) => cell === ''))
    return (before.raw.split('\n').at(-1) as string).trim().length >= fullLine;
  return (
    text.length >= fullCell &&
    text.length + more.length <= longestCell &&
    others.some((cell) => figure.test(cell))
  );
}

function joined(before: ReportLine, line: ReportLine): ReportLine {
  const [text = '', ...others] = before.cells;
  const cells = [`${text} ${line.cells[0]}`, ...others];
  const inFirst = before.marks.filter(({ cell }) => cell === 0);
  return {
    ...before,
    raw: `${before.raw}\n${line.raw}`,
    cells,
    text: cells.filter((cell) => cell !== '').join(' '),
    marks: [...inFirst, ...line.marks, ...before.marks.filter(({ cell }) => cell > 0)],
  };
}
