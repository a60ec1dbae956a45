import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { dbPath } from '../disk/paths.js';

/** What is known of a view's column, besides its type. */
export interface ColumnMeaning {
  nullable: boolean;
  /** Of numbers. */
  unit?: 'percent' | 'cases' | 'points' | 'days' | 'number' | undefined;
  /** The only values that occur. */
  oneOf?: string[] | undefined;
  /** The least and the greatest value. */
  between?: [number, number] | undefined;
  /** Of numbers: whether they may be summed, or the columns over which alone they may be. */
  additive?: 'yes' | 'no' | string[] | undefined;
  /** What it is; of a number that may not be summed over everything, that first. */
  comment: string;
}

/** A column in the file; null takes away what is said of its name in whatever view. */
type Entry = { [Key in keyof Omit<ColumnMeaning, 'oneOf'>]?: ColumnMeaning[Key] | null } & {
  one_of?: string[];
};

interface ColumnsFile {
  /** By the column's name, in whatever view. */
  columns: Record<string, Entry>;
  /** By the view's name in schema analytics: its key, and the columns that are its own or differ. */
  views: Record<string, { key: string[]; columns?: Record<string, Entry> }>;
}

/** db/views/columns.yaml: what columns of views mean. */
export class ColumnMeanings {
  readonly text = readFileSync(dbPath('views', 'columns.yaml'), 'utf8');
  #parsed: ColumnsFile | undefined;

  /** Parsed when it is asked for: a hundred milliseconds, and most commands want its text alone. */
  get #file(): ColumnsFile {
    this.#parsed ??= parse(this.text) as ColumnsFile;
    return this.#parsed;
  }

  /** The public views, by name without schema. */
  get views(): string[] {
    return Object.keys(this.#file.views);
  }

  /** Columns that tell a row of a public view from every other. Throws an Error for a view that is not there. */
  keyOf(view: string): string[] {
    return this.#view(view).key;
  }

  /** What a column means: in a public view, or (without a view) wherever it stands. Throws an Error where nothing is said. */
  of(column: string, view?: string): ColumnMeaning {
    const own = view === undefined ? undefined : this.#view(view).columns?.[column];
    const { one_of: oneOf, ...said } = { ...this.#file.columns[column], ...own };
    const all = Object.entries({ nullable: false, ...said, ...(oneOf && { oneOf }) });
    const meaning = Object.fromEntries(all.filter(([, value]) => value !== null)) as unknown as ColumnMeaning;
    if (meaning.comment === undefined)
      throw new Error(`columns.yaml does not say what ${view ?? 'a view'}.${column} means`);
    return { ...meaning, comment: `${warning(meaning)}${meaning.comment}` };
  }

  /** What the file says of public views' columns, by view: to be held against the views. */
  own(view: string): string[] {
    return Object.keys(this.#view(view).columns ?? {});
  }

  #view(view: string): ColumnsFile['views'][string] {
    const found = this.#file.views[view];
    if (!found) throw new Error(`columns.yaml has no view ${view}`);
    return found;
  }
}

/** What is said first of a number that one might sum, and may not, or not over everything. */
function warning({ unit, additive }: ColumnMeaning): string {
  if (Array.isArray(additive)) return `To be summed over ${additive.join(', ')} only. `;
  const looksSummable = unit && ['cases', 'points', 'number'].includes(unit);
  return additive === 'no' && looksSummable ? 'Not to be summed. ' : '';
}
