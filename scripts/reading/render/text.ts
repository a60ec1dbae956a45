import type { Block, Row } from '../blocks.js';
import type { Look } from '../style.js';
import { markText, typeset } from './typography.js';

/** A report as text: its lines, and the number of the line (from 1) on which each key stands. */
export interface Rendered {
  lines: string[];
  lineOf: Map<string, number>;
}

/** Lays blocks out as text as converters make it: a paragraph a line, tables by tabs, pipes or HTML. */
export function renderText(blocks: readonly Block[], look: Look, runningHead: string): Rendered {
  const lines: string[] = [];
  const lineOf = new Map<string, number>();
  const put = (text: string, key?: string) => {
    lines.push(typeset(text, look));
    if (key !== undefined && !lineOf.has(key)) lineOf.set(key, lines.length);
  };
  const gap = () => {
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
  };
  for (const block of blocks) {
    if (block.kind === 'page') {
      gap();
      if (look.runningHead) put(runningHead);
      gap();
      if (look.pageEnd === 'number') put(String(block.number));
      if (look.pageEnd === 'rule') put('---');
      gap();
      continue;
    }
    gap();
    if (block.kind === 'heading') put(heading(block.level, block.text, look), block.key);
    if (block.kind === 'paragraph') put(block.bold ? bold(block.text, look) : block.text, block.key);
    if (block.kind === 'note') put(`${markText(block.mark, look)} ${block.text}`, block.key);
    if (block.kind === 'bullets') for (const { text, key } of block.items) put(look.bullet + text, key);
    if (block.kind === 'numbered')
      for (const [at, { text, key }] of block.items.entries()) put(`${block.from + at}. ${text}`, key);
    if (block.kind === 'contents')
      for (const { text, page } of block.entries)
        put(look.tables === 'tab' ? `${text}\t${page}` : `${text} ..... ${page}`);
    if (block.kind === 'table') table(block, look, put);
    gap();
  }
  return { lines, lineOf };
}

function heading(level: number, text: string, look: Look): string {
  if (look.headings === 'plain') return text;
  const hashes = '#'.repeat(level);
  return look.bold === 'stars' && level > 2 ? `${hashes} **${text}**` : `${hashes} ${text}`;
}

function bold(text: string, look: Look): string {
  if (text === '' || look.bold === 'none') return text;
  return look.bold === 'stars' ? `**${text}**` : `<b>${text}</b>`;
}

type Put = (text: string, key?: string) => void;

function table({ header, rows }: { header?: string[]; rows: Row[] }, look: Look, put: Put): void {
  const width = Math.max(header?.length ?? 0, ...rows.map(({ cells }) => cells.length));
  const full = (cells: string[]) => [...cells, ...Array<string>(width - cells.length).fill('')];
  if (look.tables === 'tab') {
    if (header) put(header.join('\t'));
    for (const { cells, bold: bolded, key } of rows)
      put(
        full(cells)
          .map((cell, at) => (bolded?.includes(at) ? bold(cell, look) : cell))
          .join('\t'),
        key,
      );
    return;
  }
  if (look.tables === 'pipe') {
    put(pipes(full(header ?? rows[0]?.cells ?? []).map((cell) => cell)), header ? undefined : rows[0]?.key);
    put(`|${'---|'.repeat(width)}`);
    for (const { cells, bold: bolded, key } of header ? rows : rows.slice(1))
      put(pipes(full(cells).map((cell, at) => (bolded?.includes(at) ? bold(cell, look) : cell))), key);
    return;
  }
  put('<table>');
  if (header) put(`<tr>${header.map((cell) => `<th>${escaped(cell)}</th>`).join('')}</tr>`);
  for (const { cells, bold: bolded, key } of rows) {
    const inside = full(cells).map(
      (cell, at) => `<td>${bolded?.includes(at) ? `<b>${escaped(cell)}</b>` : escaped(cell)}</td>`,
    );
    put(`<tr>${inside.join('')}</tr>`, key);
  }
  put('</table>');
}

const pipes = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
