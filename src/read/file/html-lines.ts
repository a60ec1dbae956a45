import { Parser } from 'htmlparser2';
import { UserError } from '../../problem.js';
import { singleBlanks } from './characters.js';
import { asMark, cleanInline } from './inline-markup.js';
import type { Limits } from './limits.js';
import { type RawLine, withoutBullet, wordsOf } from './raw-line.js';
import { type SourceLine, sourceLines } from './text-lines.js';

const blocks = new Set(
  'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table tbody tfoot thead title tr ul'.split(
    ' ',
  ),
);
/** Elements that nobody reads, and those that are of the site, not of the report, where they stand outside of it. */
const unseen = new Set('script style template head noscript nav form select button iframe'.split(' '));
const aroundReport = new Set(['header', 'footer', 'aside']);

/** A block of text or a cell in the making. */
interface Block {
  start: number;
  text: string;
  /** Letters of it that are bold. */
  bold: number;
  heading?: number;
  bullet?: boolean;
}

const emptyCell: Block = { start: 0, text: '', bold: 0 };

/**
 * The rows of tables and the blocks of text of a web page: those of its report, where the page says which that is. Of a picture its description remains; a raised number, and a link to a footnote,
 * are marks; the items of numbered lists have their numbers. A cell that spans columns leaves empty cells where it spans.
 */
export function pageLines(file: string, text: string, limits: Limits): RawLine[] {
  const lines = sourceLines(file, text, limits);
  const source = lines.map(({ raw }) => raw).join('\n');
  const hasMain = /<main\b/i.test(source);
  const placeOf = placesIn(lines);
  const made: RawLine[] = [];
  let [depth, hidden, main, bold, notes] = [0, 0, 0, 0, 0];
  let block: Block | undefined;
  let cell: Block | undefined;
  let row: { start: number; cells: Block[] } | undefined;
  let columns = 1;
  const lists: number[] = [];
  /** What a link or a raised text says, until it is known whether it is a mark. */
  let link: { depth: number; text: string } | undefined;

  const emit = (start: number, end: number, cells: Block[], rest: Partial<RawLine>) => {
    const line: RawLine = {
      ...{ place: { line: placeOf(start) }, raw: source.slice(start, end), gap: 1 },
      cells: cells.map(({ text }) => singleBlanks(text)),
      ...rest,
    };
    const full = cells.filter(({ text }) => text.trim() !== '');
    if (full.length > 0 && full.every((one) => one.bold >= one.text.trim().length)) line.bold = true;
    if (wordsOf(line) !== '') made.push(line);
  };
  const endBlock = (end: number) => {
    if (!block) return;
    const { start, heading } = block;
    const { text, bullet } = withoutBullet(block.text);
    const isBullet = heading === undefined && (block.bullet || bullet);
    emit(start, end, [{ ...block, text }], {
      ...(heading !== undefined && { heading }),
      ...(isBullet && { bullet: true }),
    });
    block = undefined;
  };
  const endCell = () => {
    if (row && cell) row.cells.push(cell, ...Array.from({ length: columns - 1 }, () => emptyCell));
    cell = undefined;
  };
  const endRow = (end: number) => {
    endCell();
    if (row) emit(row.start, end, row.cells.slice(0, limits.cells), {});
    row = undefined;
  };
  const write = (text: string) => {
    if (hidden > 0 || (hasMain && main === 0)) return;
    if (link) {
      link.text += text;
      return;
    }
    if (!cell && !block && text.trim() === '') return;
    block = cell ? block : (block ?? { start: parser.startIndex, text: '', bold: 0 });
    const into = (cell ?? block) as Block;
    into.text += text;
    if (bold > 0) into.bold += text.length;
  };
  const endLink = () => {
    const text = link?.text ?? '';
    link = undefined;
    const mark = /^\s*\[?(\d{1,3})\]?\s*$/.exec(text)?.[1];
    write(mark ? asMark(mark) : text);
  };
  const openBlock = (name: string, attributes: Record<string, string>) => {
    if (hidden > 0 || (hasMain && main === 0)) return;
    // A paragraph in an item of a list is the item.
    const isInItem = block && (block.bullet || /[\uE010\uE011]/.test(block.text)) && name !== 'li';
    if (isInItem && block?.text.replace(/[\uE010\uE011]\d+\uE012|\d+\. /g, '').trim() === '') return;
    endBlock(parser.startIndex);
    const heading = /^h([1-6])$/.exec(name)?.[1];
    block = { start: parser.startIndex, text: '', bold: 0, ...(heading && { heading: Number(heading) }) };
    if (name !== 'li') return;
    const number = lists.at(-1);
    if (number) lists[lists.length - 1] = number + 1;
    const note = /(?:foot|fn|note)\D{0,12}(\d{1,3})$/i.exec(attributes.id ?? '')?.[1];
    if (notes > 0 || note) block.text = asMark(note ?? String(number || 1));
    else {
      block.bullet = true;
      if (number) block.text = `${number}. `;
    }
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > limits.htmlDepth)
          throw new UserError(
            `${file}:${lines[0]?.number ?? 1}: its HTML has more than ${limits.htmlDepth} elements inside one another: that is no report. Check that it is the right file, or make a plain text of it.`,
          );
        if (name === 'main' || name === 'article') main += 1;
        if (unseen.has(name) || (aroundReport.has(name) && main === 0)) hidden += 1;
        if (name === 'b' || name === 'strong') bold += 1;
        if (notes > 0 || /footnote/i.test(attributes.class ?? '')) notes += blocks.has(name) ? 1 : 0;
        if (name === 'ol') lists.push(Number.parseInt(attributes.start ?? '1', 10) || 1);
        else if (name === 'ul') lists.push(0);
        const isMark = name === 'sup' || (name === 'a' && /^[^?]*#/.test(attributes.href ?? ''));
        if (isMark && !link) link = { depth, text: '' };
        if (name === 'img' || attributes.role === 'img') write(` ${described(attributes)} `);
        if (name === 'tr') {
          endBlock(parser.startIndex);
          endRow(parser.startIndex);
          row = { start: parser.startIndex, cells: [] };
        } else if (name === 'td' || name === 'th') {
          endBlock(parser.startIndex);
          endCell();
          row ??= { start: parser.startIndex, cells: [] };
          cell = { start: parser.startIndex, text: '', bold: 0 };
          columns = Math.min(Math.max(Number.parseInt(attributes.colspan ?? '1', 10) || 1, 1), limits.cells);
        } else if (name === 'br' || (blocks.has(name) && cell)) write(' ');
        else if (blocks.has(name)) openBlock(name, attributes);
      },
      ontext(text) {
        const { text: clean } = cleanInline(text);
        write(`${/^\s/.test(text) ? ' ' : ''}${clean}${/\S\s+$/.test(text) ? ' ' : ''}`);
      },
      onclosetag(name) {
        if (link && link.depth === depth) endLink();
        depth -= 1;
        const end = parser.endIndex + 1;
        if (name === 'tr' || name === 'table') endRow(end);
        else if (name === 'td' || name === 'th') endCell();
        else if (blocks.has(name) && !cell) endBlock(end);
        if (name === 'ol' || name === 'ul') lists.pop();
        if (name === 'b' || name === 'strong') bold -= 1;
        if (notes > 0 && blocks.has(name)) notes -= 1;
        if (unseen.has(name) || (aroundReport.has(name) && main === 0)) hidden -= 1;
        if (name === 'main' || name === 'article') main -= 1;
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(source);
  parser.end();
  endRow(source.length);
  endBlock(source.length);
  return made;
}

/** What a page says of a picture to those who do not see it. */
const described = ({ alt, 'aria-label': label, title }: Record<string, string>): string =>
  cleanInline(alt ?? label ?? title ?? '').text;

/** The number of the line that a character of the source stands in; characters are asked for in ascending order, nearly. */
function placesIn(lines: readonly SourceLine[]): (character: number) => number {
  const starts: number[] = [];
  let offset = 0;
  for (const { raw } of lines) {
    starts.push(offset);
    offset += raw.length + 1;
  }
  let at = 0;
  return (character) => {
    while (at > 0 && (starts[at] as number) > character) at--;
    while (at + 1 < starts.length && (starts[at + 1] as number) <= character) at++;
    return lines[at]?.number ?? 1;
  };
}
