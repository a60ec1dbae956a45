/** What a report is laid out of, before a style gives it its look. A key names the block or row, to find its line afterwards. */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; text: string; key?: string }
  | { kind: 'paragraph'; text: string; key?: string; bold?: boolean }
  | { kind: 'bullets'; items: Item[] }
  | { kind: 'numbered'; from: number; items: Item[] }
  | Table
  | { kind: 'note'; mark: string; text: string; key?: string }
  | { kind: 'contents'; entries: { text: string; page: number }[] }
  /** The end of a page: its running head, number or rule comes here. */
  | { kind: 'page'; number: number };

export interface Item {
  text: string;
  key?: string;
}

export interface Table {
  kind: 'table';
  header?: string[];
  rows: Row[];
}

export interface Row {
  cells: string[];
  key?: string;
  /** Cells that are bold, from 0. */
  bold?: number[];
}

/** A footnote's mark stands in texts between these two, until a style says how marks look. */
const opening = '\uE000';
const closing = '\uE001';
export const citation = (mark: string): string => `${opening}${mark}${closing}`;
const cited = new RegExp(`${opening}(.*?)${closing}`, 'g');

export const citedIn = (text: string): string[] =>
  [...text.matchAll(cited)].map(([, mark]) => mark as string);
export const withMarks = (text: string, look: (mark: string) => string): string =>
  text.replaceAll(cited, (_, mark) => look(mark));

/** Every text of a block, to look for marks in. */
export function textsOf(block: Block): string[] {
  if (block.kind === 'bullets' || block.kind === 'numbered') return block.items.map(({ text }) => text);
  if (block.kind === 'table') return [...(block.header ?? []), ...block.rows.flatMap(({ cells }) => cells)];
  if (block.kind === 'contents' || block.kind === 'page') return [];
  return [block.text];
}

/** A block with each of its texts made another. */
export function mapTexts(block: Block, made: (text: string) => string): Block {
  if (block.kind === 'bullets' || block.kind === 'numbered')
    return { ...block, items: block.items.map((item) => ({ ...item, text: made(item.text) })) };
  if (block.kind === 'table') {
    return {
      ...block,
      ...(block.header && { header: block.header.map(made) }),
      rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(made) })),
    };
  }
  if (block.kind === 'contents')
    return { ...block, entries: block.entries.map((entry) => ({ ...entry, text: made(entry.text) })) };
  return block.kind === 'page' ? block : { ...block, text: made(block.text) };
}
