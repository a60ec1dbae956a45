import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Papa from 'papaparse';

/** A field of a Table Schema. */
export interface Field {
  name: string;
  type: string;
  description: string;
  unit?: string;
  constraints?: { required?: boolean; enum?: string[]; minimum?: number; maximum?: number };
}

/** A resource of a Data Package. */
export interface Resource {
  name: string;
  path: string;
  format: string;
  bytes: number;
  hash: string;
  schema: {
    fields: Field[];
    primaryKey?: string[];
    missingValues: string[];
    foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
  };
  [more: string]: unknown;
}

/** A Data Package. */
export interface Package {
  resources: Resource[];
  [more: string]: unknown;
}

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

export const readPackage = async (folder: string): Promise<Package> =>
  JSON.parse(await readFile(path.join(folder, 'datapackage.json'), 'utf8'));

/** The cells of a CSV file, the heading first. */
export async function cellsOf(folder: string, file: string): Promise<string[][]> {
  const text = await readFile(path.join(folder, file), 'utf8');
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  // What follows the last line's end is no row.
  return data.slice(0, -1);
}

const typed: Record<string, (cell: string) => Value> = {
  string: (cell) => cell,
  integer: (cell) => matching(cell, /^-?\d+$/, Number),
  number: (cell) => matching(cell, /^-?\d+(\.\d+)?(e[+-]?\d+)?$/, Number),
  boolean: (cell) => matching(cell, /^(true|false)$/, (text) => text === 'true'),
  date: (cell) => matching(cell, /^\d{4}-\d\d-\d\d$/, (text) => text),
};

function matching(cell: string, pattern: RegExp, make: (text: string) => Value): Value {
  if (!pattern.test(cell)) throw new Error(`"${cell}" is not ${pattern}`);
  return make(cell);
}

/** The rows of a CSV resource, typed as its schema says. */
export async function csvRows(folder: string, { path: file, schema }: Resource): Promise<Row[]> {
  const [heading = [], ...lines] = await cellsOf(folder, file);
  if (heading.join() !== schema.fields.map(({ name }) => name).join()) throw new Error(heading.join());
  return lines.map((cells) => {
    if (cells.length !== heading.length) throw new Error(`${file}: ${cells.join()}`);
    return Object.fromEntries(
      schema.fields.map(({ name, type }, at) => {
        const cell = cells[at] as string;
        const make = typed[type] as (cell: string) => Value;
        return [name, schema.missingValues.includes(cell) ? null : make(cell)];
      }),
    );
  });
}

/** The rows of a Parquet file as another program reads them, and the types that it sees. */
export async function parquetRows(
  folder: string,
  file: string,
): Promise<{ rows: Row[]; types: Record<string, string> }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const read = await connection.runAndReadAll(`select * from read_parquet('${path.join(folder, file)}')`);
    const names = read.columnNames();
    const types = read.columnTypes().map(String);
    const rows = read.getRowsJS().map((row) => {
      const values = row.map((value, at) => plain(value, types[at] as string));
      return Object.fromEntries(names.map((name, at) => [name, values[at] as Value]));
    });
    return { rows, types: Object.fromEntries(names.map((name, at) => [name, types[at] as string])) };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function plain(value: unknown, type: string): Value {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date && type === 'DATE') return value.toISOString().slice(0, 10);
  return value as Value;
}
