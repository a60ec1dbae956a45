import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Papa from 'papaparse';

/** A resource of a Data Package, as far as tests ask for it. */
export interface Resource {
  name: string;
  path: string;
  format: string;
  bytes: number;
  hash: string;
  description: string;
  schema: {
    fields: {
      name: string;
      type: string;
      unit?: string;
      constraints?: { required?: true; enum?: string[] };
    }[];
    primaryKey: string[];
    foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
  };
}

export interface Package {
  resources: Resource[];
  [more: string]: unknown;
}

export type Row = Record<string, string | number | boolean | null>;

export const readPackage = async (folder: string): Promise<Package> =>
  JSON.parse(await readFile(path.join(folder, 'datapackage.json'), 'utf8'));

/** The cells of a CSV file by their columns, as texts: an empty one is of NULL. */
export async function csvRows(folder: string, name: string): Promise<Record<string, string>[]> {
  const text = await readFile(path.join(folder, `${name}.csv`), 'utf8');
  const options = { delimiter: ',', newline: '\r\n', header: true, skipEmptyLines: true } as const;
  const { data, errors } = Papa.parse<Record<string, string>>(text, options);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data;
}

/** The rows of a Parquet file as another program reads them, and the types that it sees. */
export async function parquetRows(folder: string, file: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const read = await connection.runAndReadAll(`select * from read_parquet('${path.join(folder, file)}')`);
    const types = read.columnNames().map((name, at) => [name, String(read.columnTypes()[at])]);
    const rows = read
      .getRowObjectsJS()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
    return { rows: rows as Row[], types };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Date ? value.toISOString().slice(0, 10) : value;
}
