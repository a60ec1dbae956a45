import type { Relation } from '../database/catalogue.js';
import type { ColumnMeaning, ColumnMeanings } from '../database/columns.js';
import { type ColumnType, columnTypes } from './types.js';

/** What is known of a view's column, for people and for programs. */
export interface ColumnDescription extends ColumnMeaning {
  name: string;
  /** The name as words: "Fieldwork start". */
  title: string;
  /** PostgreSQL's name of the type. */
  postgres: string;
  type: ColumnType;
}

/** What is known of a view. */
export interface ViewDescription {
  name: string;
  title: string;
  /** What one row is. */
  comment: string;
  /** Columns that tell a row from every other. */
  key: string[];
  columns: ColumnDescription[];
}

/** Describes a public view; of one that columns.yaml does not have there are names and types alone. Throws an Error for a type that no export knows. */
export function describe({ name, comment, columns }: Relation, meanings: ColumnMeanings): ViewDescription {
  const isKnown = meanings.views.includes(name);
  return {
    name,
    title: words(name),
    comment: (comment ?? '').replace(/\s*\bKey: [\w, ]+\.$/, ''),
    key: isKnown ? meanings.keyOf(name) : [],
    columns: columns.map((column) => {
      const type = columnTypes[column.type];
      if (!type)
        throw new Error(`analytics.${name}.${column.name} is of type ${column.type}, which no export knows`);
      const meaning = isKnown ? meanings.of(column.name, name) : unsaid;
      return { name: column.name, title: words(column.name), postgres: column.type, type, ...meaning };
    }),
  };
}

const unsaid: ColumnMeaning = {
  ...{
    nullable: true,
    unit: undefined,
    oneOf: undefined,
    between: undefined,
    additive: undefined,
    comment: '',
  },
};

const words = (name: string): string => {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
