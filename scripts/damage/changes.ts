import { asCsv } from '../../test/support/case-files.js';

/** The files of a bundle, by name. */
export type Files = Record<string, Buffer>;

export type Form = 'long' | 'wide';

/** What may become of a damaged bundle: it has to load with what it said before, has to be refused, or one of the two. */
export type Outcome = 'loads' | 'refused' | 'either';

export interface Tools {
  form: Form;
  /** A whole number from 0 to below `size`. */
  below(size: number): number;
  chance(oneIn: number): boolean;
  pick<T>(things: readonly T[]): T;
}

export interface Kind {
  what: string;
  /** The file it is for; without, one of the tables. */
  of?: string;
  outcome: Outcome | ((target: string) => Outcome);
  damage(files: Files, target: string, tools: Tools): void;
}

/** Changes a table as rows of cells. */
export const rows =
  (change: (rows: string[][], tools: Tools, target: string) => string[][]): Kind['damage'] =>
  (files, target, tools) => {
    files[target] = Buffer.from(asCsv(change(cellsOf(files, target), tools, target)));
  };

/** Changes one cell below the headings, of those that hold something. */
export const cell = (change: (text: string, tools: Tools) => string, only?: RegExp): Kind['damage'] =>
  rows((table, tools) => {
    const places = table.flatMap((row, y) =>
      row.flatMap((text, x) => (y > 0 && text !== '' && (!only || only.test(text)) ? [[y, x] as const] : [])),
    );
    const [y, x] = tools.pick(places);
    (table[y] as string[])[x] = change(table[y]?.[x] as string, tools);
    return table;
  });

/** Changes a file's text. */
export const text =
  (change: (text: string, tools: Tools) => string | Buffer): Kind['damage'] =>
  (files, target, tools) => {
    files[target] = Buffer.from(change((files[target] as Buffer).toString(), tools) as string);
  };

/** Changes a file's bytes. */
export const bytes =
  (change: (bytes: Buffer, tools: Tools) => Buffer): Kind['damage'] =>
  (files, target, tools) => {
    files[target] = change(Buffer.from(files[target] as Buffer), tools);
  };

const cellsOf = (files: Files, target: string): string[][] =>
  (files[target] as Buffer)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

export const dataRow = (table: string[][], { below }: Tools): number => 1 + below(table.length - 1);
