import { DomUtils, ElementType, parseDocument } from 'htmlparser2';
import { UserError } from '../../problem.js';
import { asMark, cleanPrinted, singleBlanks } from './clean.js';
import type { Limits } from './limits.js';
import { type RawLine, withoutBullet, wordsOf } from './raw-line.js';
import { type SourceLine, sourceLines } from './source-lines.js';

type Nodes = ReturnType<typeof parseDocument>['children'];
type Element = NonNullable<ReturnType<typeof DomUtils.findOne>>;

const isElement = (node: Nodes[number]): node is Element => 'attribs' in node;
const setOf = (names: string) => new Set(names.split(' '));
const blocks = setOf(
  'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table tbody tfoot thead title tr ul',
);
/** Elements that nobody reads, and those that are of the site, not of the report, where they stand outside of it. */
const unseen = setOf('script style template head noscript nav form select button iframe');
const aroundReport = setOf('header footer aside');

interface Block {
  start: number;
  text: string;
  heading?: number;
  isItem?: boolean;
}

interface Within {
  isReport: boolean;
  areNotes: boolean;
  cell?: Block;
}

/**
 * The rows of tables and the blocks of text of a web page: those of its report, where the page says which that is. Of a picture its
 * description remains; a raised number, and a link to a footnote, are marks; the items of numbered lists have their numbers. A cell
 * that spans columns leaves empty cells where it spans.
 */
export const pageLines = (file: string, text: string, limits: Limits): RawLine[] =>
  markupLines(file, sourceLines(file, text, limits), limits);

/** As `pageLines`, of lines of a page, or of a text that has tables of HTML. */
export function markupLines(file: string, lines: SourceLine[], limits: Limits): RawLine[] {
  const source = lines.map(({ raw }) => raw).join('\n');
  const page = parsed(file, source, limits);
  const placeOf = placesIn(lines);
  const made: RawLine[] = [];
  /** Of each list around: the number of its next item, 0 where items have none. */
  const lists: number[] = [];
  let block: Block | undefined;

  const emit = (start: number, end: number, cells: Block[], rest: Partial<RawLine>) => {
    const texts = cells.map((cell) => singleBlanks(cell.text));
    if (wordsOf({ cells: texts }) === '') return;
    const place = { line: placeOf(start) };
    made.push({ place, raw: source.slice(start, end), cells: texts, ...rest });
  };
  const endBlock = (end: number) => {
    if (!block) return;
    const { start, heading, isItem } = block;
    const { text, bullet } = withoutBullet(block.text);
    const isBullet = heading === undefined && (isItem || bullet);
    emit(start, end, [{ ...block, text }], {
      ...(heading && { heading }),
      ...(isBullet && { bullet: true }),
    });
    block = undefined;
  };
  const write = (text: string, at: number, { cell }: Within) => {
    if (!cell && !block && text.trim() === '') return;
    if (!cell) block ??= { start: at, text: '' };
    const into = (cell ?? block) as Block;
    into.text += text;
  };
  const beginBlock = ({ name, attribs }: Element, start: number, { areNotes }: Within) => {
    // A paragraph that begins an item of a list is the item.
    if (block?.isItem && name !== 'li' && /^(?:\d+\. )?$/.test(block.text)) return;
    if (block && /^[\uE010\uE011]\d+\uE012$/.test(block.text) && name !== 'li') return;
    endBlock(start);
    block = { start, text: '', ...(/^h[1-6]$/.test(name) && { heading: Number(name.slice(1)) }) };
    if (name !== 'li') return;
    const number = lists.at(-1) ?? 0;
    if (number > 0) lists[lists.length - 1] = number + 1;
    const note = /(?:foot|fn|note)\D{0,12}(\d{1,3})$/i.exec(attribs.id ?? '')?.[1];
    if (areNotes || note) block.text = asMark(note ?? String(number || 1));
    else block = { ...block, isItem: true, text: number > 0 ? `${number}. ` : '' };
  };
  const readRow = ({ children }: Element, start: number, end: number, within: Within) => {
    endBlock(start);
    const cells: Block[] = [];
    for (const one of children) {
      if (!isElement(one) || !/^t[dh]$/.test(one.name)) continue;
      const cell = { start, text: '' };
      walk(one.children, { ...within, cell });
      const span = Number.parseInt(one.attribs.colspan ?? '', 10) || 1;
      const more = Math.min(Math.max(span, 1), limits.cells) - 1;
      cells.push(cell, ...Array.from({ length: more }, () => ({ start, text: '' })));
    }
    emit(start, end, cells.slice(0, limits.cells), {});
  };
  const readElement = (element: Element, around: Within) => {
    const { name, attribs, children } = element;
    const [start, end] = [element.startIndex ?? 0, (element.endIndex ?? 0) + 1];
    const isBlock = blocks.has(name);
    const within: Within = {
      ...around,
      isReport: around.isReport || name === 'article',
      areNotes: around.areNotes || (isBlock && /footnote/i.test(attribs.class ?? '')),
    };
    if (unseen.has(name) || (aroundReport.has(name) && !within.isReport)) return;
    if (name === 'img' || attribs.role === 'img') {
      const said = attribs.alt ?? attribs['aria-label'] ?? attribs.title ?? '';
      write(` ${cleanPrinted(said)} `, start, within);
    }
    const mayBeMark = name === 'sup' || (name === 'a' && /^[^?]*#/.test(attribs.href ?? ''));
    const mark = mayBeMark && /^\s*\[?(\d{1,3})\]?\s*$/.exec(DomUtils.textContent(element))?.[1];
    if (mark) write(asMark(mark), start, within);
    else if (name === 'tr') readRow(element, start, end, within);
    else if (!isBlock || within.cell) {
      if (isBlock || name === 'br') write(' ', start, within);
      walk(children, within);
    } else {
      beginBlock(element, start, within);
      if (name === 'ol') lists.push(Number.parseInt(attribs.start ?? '', 10) || 1);
      if (name === 'ul') lists.push(0);
      walk(children, within);
      endBlock(end);
      if (name === 'ol' || name === 'ul') lists.pop();
    }
  };
  const walk = (nodes: Nodes, within: Within) => {
    for (const node of nodes)
      if (node.type === ElementType.Text) write(cleanPrinted(node.data), node.startIndex ?? 0, within);
      else if (isElement(node)) readElement(node, within);
  };

  const main = DomUtils.findOne(({ name }) => name === 'main', page);
  walk(main ? [main] : page, { isReport: main !== null, areNotes: false });
  endBlock(source.length);
  return made;
}

function parsed(file: string, source: string, { htmlTags, htmlDepth }: Limits): Nodes {
  const refuse = (what: string): never => {
    throw new UserError(
      `${file}: its HTML has more than ${what}: that is no report. Check that it is the right file, or make a plain text of it.`,
    );
  };
  if ((source.match(/</g)?.length ?? 0) > htmlTags) refuse(`${htmlTags.toLocaleString('en-GB')} tags`);
  const nodes = parseDocument(source, { withStartIndices: true, withEndIndices: true }).children;
  let level = nodes;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > htmlDepth) refuse(`${htmlDepth} elements inside one another`);
    level = level.flatMap((node) => (isElement(node) ? node.children : []));
  }
  return nodes;
}

/** The number of the line that a character of the source stands in; characters are asked for in their order. */
function placesIn(lines: SourceLine[]): (character: number) => number {
  let [at, end] = [0, (lines[0]?.raw.length ?? 0) + 1];
  return (character) => {
    for (; character >= end && at + 1 < lines.length; end += (lines[at]?.raw.length ?? 0) + 1) at++;
    return lines[at]?.number ?? 1;
  };
}
