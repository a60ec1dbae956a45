import type { Relation, RelationColumn } from '../database/catalogue.js';
import { type ColumnType, columnTypes } from './types.js';

/** What is known of a view's column, for people and for programs. */
export interface ColumnDescription {
  name: string;
  /** The name as words: "Fieldwork start". */
  title: string;
  comment: string;
  /** PostgreSQL's name of the type. */
  postgres: string;
  type: ColumnType;
  /** Of numbers: percent, cases, points, … Undefined where the comment tells none. */
  unit: string | undefined;
  /** The only values that occur, where the comment lists them. */
  oneOf: string[] | undefined;
  /** The least and the greatest value, where the comment tells them. */
  between: [number, number] | undefined;
  mayBeNull: boolean;
}

/** What is known of a view. */
export interface ViewDescription {
  name: string;
  title: string;
  /** What one row is. */
  comment: string;
  /** Columns that tell a row from every other; none where the comment says no key. */
  key: string[];
  columns: ColumnDescription[];
}

/** How comments tell the unit of a number; the first that fits counts. */
const units: readonly [RegExp, string][] = [
  [/\bin percent\b|\(percent\)/i, 'percent'],
  [/\(cases\)|^(relevant |inspected )?cases\b/i, 'cases'],
  [/\bin points\b|^points\b|^the most points\b/i, 'points'],
  [/\(number\)/i, 'number'],
];

/** Reads what the comments of a view say: key, NULL, allowed values, range and unit. Throws an Error for a type that no export knows. */
export function describe({ schema, name, comment, columns }: Relation): ViewDescription {
  const [, about = '', key] = (comment ?? '').match(/^(.*?)(?:\s*\bKey: ([\w, ]+)\.)?$/s) ?? [];
  const keys = key?.split(',').map((column) => column.trim()) ?? [];
  const unknown = keys.filter((column) => !columns.some((one) => one.name === column));
  if (unknown.length > 0)
    throw new Error(`the comment of ${schema}.${name} names a key that is no column: ${unknown.join(', ')}`);
  return {
    name,
    title: words(name),
    comment: about,
    key: keys,
    columns: columns.map((column) => describeColumn(column, `${schema}.${name}`)),
  };
}

function describeColumn({ name, type, comment }: RelationColumn, view: string): ColumnDescription {
  const known = columnTypes[type];
  if (!known) throw new Error(`${view}.${name} is of type ${type}, which no export knows`);
  const meaning = comment ?? '';
  const range = meaning.match(/\bbetween (-?\d+) and (-?\d+)\b/);
  return {
    name,
    title: words(name),
    comment: meaning,
    postgres: type,
    type: known,
    unit: known.isNumber ? units.find(([says]) => says.test(meaning))?.[1] : undefined,
    oneOf: meaning.match(/\bone of: ([^;.]+)/i)?.[1]?.split(', '),
    between: known.isNumber && range ? [Number(range[1]), Number(range[2])] : undefined,
    mayBeNull: /\bNULL\b/.test(meaning),
  };
}

const words = (name: string): string => {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
