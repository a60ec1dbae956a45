import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Papa from 'papaparse';

/** A field of a Table Schema. */
interface Field {
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
    primaryKey: string[];
    missingValues: string[];
    foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
  };
  [more: string]: unknown;
}

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

const forms: Record<string, RegExp> = {
  string: /^/,
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?(e[+-]?\d+)?$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d\d-\d\d$/,
};

function typed(cell: string, type: string): Value {
  if (!forms[type]?.test(cell)) throw new Error(`"${cell}" is no ${type}`);
  if (type === 'boolean') return cell === 'true';
  return type === 'integer' || type === 'number' ? Number(cell) : cell;
}

/** The rows of a CSV resource, typed as its schema says. */
export async function csvRows(folder: string, resource: Resource | undefined): Promise<Row[]> {
  if (!resource) throw new Error('there is no such resource');
  const { path: file, schema } = resource;
  const [heading = [], ...lines] = await cellsOf(folder, file);
  if (heading.join() !== schema.fields.map(({ name }) => name).join()) throw new Error(heading.join());
  return lines.map((cells) => {
    if (cells.length !== heading.length) throw new Error(`${file}: ${cells.join()}`);
    return Object.fromEntries(
      schema.fields.map(({ name, type }, at) => {
        const cell = cells[at] as string;
        return [name, schema.missingValues.includes(cell) ? null : typed(cell, type)];
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
    const types = Object.fromEntries(
      read.columnNames().map((name, at) => [name, String(read.columnTypes()[at])]),
    );
    const rows = read
      .getRowObjectsJS()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
    return { rows, types };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function plain(value: unknown): Value {
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Date ? value.toISOString().slice(0, 10) : (value as Value);
}
