import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { relations } from '../../src/database/catalogue.js';
import { testDatabase } from '../support/database.js';
import { text } from './statements.js';

const database = testDatabase();

/** A column by its name, or with a type that is another than what it has elsewhere; and lists of such. */
type Columns = (string | Record<string, string> | Columns)[];

const contract: { types: Record<string, Columns>; views: Record<string, Columns> } = parse(
  text('contract.yaml'),
);
const typeOf = Object.fromEntries(
  Object.entries(contract.types).flatMap(([type, names]) => names.flat(2).map((name) => [name, type])),
);

test.each(Object.entries(contract.views))(
  'analytics.%s has the columns that others rely on',
  async (view, columns) => {
    const found = (await relations(database.db, ['analytics'])).find(({ name }) => name === view);
    const types = Object.fromEntries(found?.columns.map(({ name, type }) => [name, type]) ?? []);
    const expected = (columns.flat(2) as (string | Record<string, string>)[]).map((column) =>
      typeof column === 'string' ? { [column]: typeOf[column] ?? 'text' } : column,
    );
    expect(types).toMatchObject(Object.assign({}, ...expected));
  },
);
