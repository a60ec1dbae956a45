import type { Cell, Figure, Table } from './figure.js';

/** Words of a line, some of which lead elsewhere or are a rating. */
export type Words = Cell[];

/** A piece of a section. */
export type Block =
  | { text: Words; isNote?: boolean }
  | { heading: string; id?: string }
  | { figure: Figure }
  | { table: Table }
  | { facts: [term: string, words: Words][] }
  | { list: Words[]; isFiltered?: boolean; isOrdered?: boolean }
  | { code: string };

export interface Section {
  id: string;
  heading: string;
  /** Stand side by side, where there is room. */
  isPair?: boolean;
  blocks: Block[];
}

/** A page: what stands on it, in words and figures; templates make HTML of it. */
export interface Page {
  /** From the book's folder. */
  path: string;
  title: string;
  headline?: { rating: string | null; rank: number | null; words: string };
  lead: Words[];
  sections: Section[];
  /** The label of a field by which its list is made shorter. */
  filter?: string;
}

/** Makes a page when its turn comes: not all of them lie in memory at once. */
export type PageMaker = () => Page;

/** The figures of a page. */
export const figuresOf = ({ sections }: Page): Figure[] =>
  sections.flatMap(({ blocks }) => blocks.flatMap((block) => ('figure' in block ? [block.figure] : [])));

/** The name of a figure's file. */
export const csvPath = (page: string, id: string): string =>
  `data/${page.replace(/\.html$/, '').replaceAll('/', '-')}-${id}.csv`;
