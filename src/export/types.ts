import type { SchemaElement } from 'hyparquet-writer';

/** A column's value in Parquet. */
export type ParquetValue = string | number | bigint | boolean | null;

/** What a PostgreSQL type is called elsewhere, and how its text becomes a value. */
export interface ColumnType {
  tableSchema: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  csvw: 'string' | 'int' | 'long' | 'decimal' | 'double' | 'boolean' | 'date';
  parquet: Pick<SchemaElement, 'type' | 'converted_type' | 'logical_type'>;
  isNumber: boolean;
  /** The value of what PostgreSQL prints. */
  parse: (text: string) => ParquetValue;
}

const millisecondsOfDay = 86_400_000;

const text: ColumnType = {
  tableSchema: 'string',
  csvw: 'string',
  parquet: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  isNumber: false,
  parse: (text) => text,
};

/** The types that views of analytics have, by PostgreSQL's names. */
export const columnTypes: Readonly<Record<string, ColumnType>> = {
  text,
  // a list is written as people write one: 2.1, 2.2
  'text[]': text,
  'integer[]': text,
  integer: {
    tableSchema: 'integer',
    csvw: 'int',
    parquet: { type: 'INT32' },
    isNumber: true,
    parse: Number,
  },
  bigint: {
    tableSchema: 'integer',
    csvw: 'long',
    parquet: { type: 'INT64' },
    isNumber: true,
    parse: BigInt,
  },
  'double precision': {
    tableSchema: 'number',
    csvw: 'double',
    parquet: { type: 'DOUBLE' },
    isNumber: true,
    parse: Number,
  },
  // Parquet's decimals have a fixed scale, which figures of reports have not.
  numeric: {
    tableSchema: 'number',
    csvw: 'decimal',
    parquet: { type: 'DOUBLE' },
    isNumber: true,
    parse: Number,
  },
  boolean: {
    tableSchema: 'boolean',
    csvw: 'boolean',
    parquet: { type: 'BOOLEAN' },
    isNumber: false,
    parse: (text) => text === 'true',
  },
  date: {
    tableSchema: 'date',
    csvw: 'date',
    parquet: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
    isNumber: false,
    // days since 1970
    parse: (text) => Date.parse(text) / millisecondsOfDay,
  },
};
