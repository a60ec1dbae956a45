import type { Block, Row } from '../blocks.js';
import type { Look } from '../style.js';
import type { Rendered } from './text.js';
import { markText, typeset } from './typography.js';

const width = 96;

/** Lays blocks out as pdftotext -layout does: wrapped lines, columns of blanks, a form feed at the end of a page. */
export function renderLayout(blocks: readonly Block[], look: Look, runningHead: string): Rendered {
  const lines: string[] = [];
  const lineOf = new Map<string, number>();
  let isNewPage = false;
  const put = (text: string, key?: string) => {
    lines.push((isNewPage ? '\f' : '') + text.trimEnd());
    isNewPage = false;
    if (key !== undefined && !lineOf.has(key)) lineOf.set(key, lines.length);
  };
  const paragraph = (text: string, key?: string, first = '', rest = '') => {
    const wrapped = wrap(typeset(text, look), width - rest.length);
    for (const [at, line] of wrapped.entries())
      put((at === 0 ? first : rest) + line, at === 0 ? key : undefined);
  };
  for (const block of blocks) {
    if (block.kind === 'page') {
      put('');
      put(`${look.runningHead ? runningHead : ''}${' '.repeat(8)}${block.number}`.padStart(width));
      isNewPage = true;
      continue;
    }
    put('');
    if (block.kind === 'heading' || block.kind === 'paragraph') paragraph(block.text, block.key);
    if (block.kind === 'note') paragraph(`${markText(block.mark, look)} ${block.text}`, block.key);
    if (block.kind === 'bullets')
      for (const { text, key } of block.items) paragraph(text, key, '   • ', '     ');
    if (block.kind === 'numbered')
      for (const [at, { text, key }] of block.items.entries())
        paragraph(text, key, `   ${block.from + at}. `, '      ');
    if (block.kind === 'contents')
      for (const { text, page } of block.entries)
        put(`${text} ${'.'.repeat(width - 6 - text.length)} ${page}`);
    if (block.kind === 'table') table(block, look, put);
  }
  return { lines, lineOf };
}

/** Columns: the widest takes what the others leave, and its cells are wrapped. */
function table(
  { header, rows }: { header?: string[]; rows: Row[] },
  look: Look,
  put: (text: string, key?: string) => void,
): void {
  const all = [...(header ? [header] : []), ...rows.map(({ cells }) => cells)].map((cells) =>
    cells.map((cell) => typeset(cell, look)),
  );
  const count = Math.max(...all.map((cells) => cells.length));
  const widest = Array.from({ length: count }, (_, at) =>
    Math.max(...all.map((cells) => cells[at]?.length ?? 0)),
  );
  const wide = widest.indexOf(Math.max(...widest));
  const others = widest.reduce((sum, size, at) => sum + (at === wide ? 0 : Math.min(size, 30) + 4), 0);
  const sizes = widest.map((size, at) => (at === wide ? Math.min(size, width - others) : Math.min(size, 30)));
  for (const [at, cells] of all.entries()) {
    const key = rows[at - (header ? 1 : 0)]?.key;
    const columns = sizes.map((size, column) => wrap(cells[column] ?? '', size));
    const height = Math.max(...columns.map((column) => column.length));
    for (let line = 0; line < height; line++) {
      const text = columns
        .map((column, at) => (column[line] ?? '').padEnd((sizes[at] as number) + 4))
        .join('');
      put(text, line === 0 ? key : undefined);
    }
  }
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
