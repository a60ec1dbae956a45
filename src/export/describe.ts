import type { SchemaElement } from 'hyparquet-writer';
import type { Relation } from '../database/catalogue.js';
import type { ColumnMeaning, ColumnMeanings } from '../database/columns.js';

/** What a PostgreSQL type is called elsewhere, and how its text becomes a value in Parquet. */
interface ColumnType {
  tableSchema: string;
  csvw: string;
  parquet: Pick<SchemaElement, 'type' | 'converted_type' | 'logical_type'>;
  parse: (text: string) => string | number | bigint | boolean;
}

const text: ColumnType = {
  ...{ tableSchema: 'string', csvw: 'string', parse: String },
  parquet: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
};
const double = { tableSchema: 'number', parquet: { type: 'DOUBLE' }, parse: Number } as const;
const millisecondsOfDay = 86_400_000;

/** The types that views of analytics have, by PostgreSQL's names. */
export const columnTypes: Readonly<Record<string, ColumnType>> = {
  text,
  // A list is written as people write one: 2.1, 2.2
  'text[]': text,
  'integer[]': text,
  integer: { tableSchema: 'integer', csvw: 'int', parquet: { type: 'INT32' }, parse: Number },
  bigint: { tableSchema: 'integer', csvw: 'long', parquet: { type: 'INT64' }, parse: BigInt },
  'double precision': { ...double, csvw: 'double' },
  // Parquet's decimals have a fixed scale, which figures of reports have not.
  numeric: { ...double, csvw: 'decimal' },
  boolean: {
    ...{ tableSchema: 'boolean', csvw: 'boolean', parse: (text) => text === 'true' },
    parquet: { type: 'BOOLEAN' },
  },
  date: {
    ...{ tableSchema: 'date', csvw: 'date', parse: (text) => Date.parse(text) / millisecondsOfDay },
    parquet: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  },
};

export interface ColumnDescription extends ColumnMeaning {
  name: string;
  /** PostgreSQL's name of the type. */
  postgres: string;
  type: ColumnType;
}

export interface ViewDescription {
  name: string;
  /** What one row is. */
  comment: string;
  /** Columns that tell a row from every other. */
  key: string[];
  columns: ColumnDescription[];
}

/** Describes a public view. Throws an Error for a type that no export knows. */
export function describe({ name, comment, columns }: Relation, meanings: ColumnMeanings): ViewDescription {
  return {
    name,
    comment: (comment ?? '').replace(/\s*\bKey: [\w, ]+\.$/, ''),
    key: meanings.keyOf(name),
    columns: columns.map((column) => {
      const type = columnTypes[column.type];
      if (!type)
        throw new Error(`analytics.${name}.${column.name} is of type ${column.type}, which no export knows`);
      const meaning = meanings.of(column.name, name);
      return { name: column.name, postgres: column.type, type, ...meaning };
    }),
  };
}
