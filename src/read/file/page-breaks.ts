import type { Line } from '../report.js';
import type { RawLine } from './raw-line.js';

/** A printed line that a page's end cuts off is about full; a shorter one is whole. The first column of a table is narrower. */
const [fullLine, fullCell] = [40, 20];

/**
 * Joins what a page's end has cut: a paragraph or a bullet within a sentence, and the words of a table's row whose figures stand
 * above. Running heads, page numbers and footnotes may lie between. `raws` are the same lines, and say where pages begin.
 */
export function joinedOverPages(lines: readonly Line[], raws: readonly RawLine[]): Line[] {
  const out: Line[] = [];
  // Where the last line of the text proper went, and whether a page has ended since.
  let last: number | undefined;
  let hasTurned = false;
  for (const [at, line] of lines.entries()) {
    const { furniture } = line;
    hasTurned ||= furniture === 'page number' || furniture === 'running head' || raws[at]?.pageStart === true;
    const before = last === undefined ? undefined : out[last];
    if (furniture || line.footnote !== undefined) out.push(line);
    else if (last !== undefined && before && hasTurned && goesOn(before, line)) {
      out[last] = joined(before, line);
      hasTurned = false;
    } else {
      last = out.length;
      out.push(line);
      hasTurned = false;
    }
  }
  return out;
}

function goesOn(before: Line, line: Line): boolean {
  if (before.heading !== undefined || line.heading !== undefined || line.bullet) return false;
  if ((before.bold ?? false) !== (line.bold ?? false)) return false;
  const [text = '', ...others] = before.cells;
  const [more = '', ...columns] = line.cells;
  // Words below a list that announce the next one are none of it.
  if (before.bullet && more.endsWith(':')) return false;
  if (columns.some((cell) => cell !== '') || /[.?!:;]['")\]]{0,3}$/.test(text)) return false;
  if (!/^[a-z](?!ttps?:|ww\.|[.)] )/.test(more)) return false;
  if (others.every((cell) => cell === ''))
    return (before.raw.split('\n').at(-1) as string).trim().length >= fullLine;
  return text.length >= fullCell && others.some((cell) => /^(?:[£<>]?\s?\d[\d,.]*\s?%?|n\/?a)$/i.test(cell));
}

function joined(before: Line, line: Line): Line {
  const [text = '', ...others] = before.cells;
  const cells = [`${text} ${line.cells[0]}`, ...others];
  return {
    ...before,
    ...{ raw: `${before.raw}\n${line.raw}`, cells, text: cells.filter((cell) => cell !== '').join(' ') },
    marks: [...before.marks, ...line.marks],
  };
}
