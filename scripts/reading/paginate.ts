import type { Draws } from '../../src/simulate/random.js';
import { type Block, citedIn, type Row, type Table, textsOf } from './blocks.js';
import type { Draft } from './draft.js';

/**
 * Breaks a draft into pages: pages end where they are full, within tables too, and the footnotes that a page cites stand at its
 * end. A table that goes on has its heading again with the probability given.
 */
export function paginate({ blocks, notes }: Draft, headingAgain: number, random: Draws): Block[] {
  const out: Block[] = [];
  let page = 1;
  let used = 0;
  let size = random.whole(34, 48);
  let pending: string[] = [];
  const cite = (block: Block | Table) => {
    for (const mark of textsOf(block).flatMap(citedIn))
      if (!pending.includes(mark) && !out.some((one) => one.kind === 'note' && one.mark === mark))
        pending.push(mark);
  };
  const turn = () => {
    for (const mark of pending) {
      const note = notes.get(mark)!;
      out.push({ kind: 'note', mark, text: note.text, key: note.key });
    }
    pending = [];
    out.push({ kind: 'page', number: page++ });
    used = 0;
    size = random.whole(34, 48);
  };
  for (const block of blocks) {
    if (block.kind === 'page') {
      if (used > 0) turn();
      continue;
    }
    if (block.kind === 'table') {
      for (const part of split(block)) {
        if (used + part.height > size && used > 4) {
          turn();
          if (!part.isFirst && block.header && random.isBelow(headingAgain))
            out.push({ kind: 'table', header: block.header, rows: [] });
        }
        const piece: Table = part.isFirst
          ? { ...block, rows: part.rows }
          : { kind: 'table', rows: part.rows };
        append(out, piece, !part.isFirst);
        cite(piece);
        used += part.height;
      }
      continue;
    }
    const height = heightOf(block);
    // A heading does not stand alone at the end of a page.
    if (used > 4 && used + height + (block.kind === 'heading' ? 4 : 0) > size) turn();
    out.push(block);
    cite(block);
    used += height;
  }
  if (used > 0) turn();
  return out;
}

/** A table as one piece for each of its rows, the heading with the first. */
function split(table: Table): { rows: Row[]; height: number; isFirst: boolean }[] {
  return table.rows.map((row, at) => ({
    rows: [row],
    height: rowHeight(row.cells) + (at === 0 && table.header ? 2 : 0),
    isFirst: at === 0,
  }));
}

/** Adds a piece of a table to the one before it where no page lies between. */
function append(out: Block[], piece: Table, goesOn: boolean): void {
  const last = out.at(-1);
  if (goesOn && last?.kind === 'table') last.rows = [...last.rows, ...piece.rows];
  else out.push(piece);
}

const rowHeight = (cells: string[]) => Math.max(1, ...cells.map((cell) => Math.ceil(cell.length / 65)));

function heightOf(block: Block): number {
  if (block.kind === 'heading') return 2;
  if (block.kind === 'contents') return block.entries.length;
  return textsOf(block).reduce((sum, text) => sum + Math.ceil(text.length / 95), 1);
}
