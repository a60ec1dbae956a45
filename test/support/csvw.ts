import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv } from 'ajv';
import { cellsOf } from '../export/read-back.js';

/*
 * CSV on the Web, checked from its text: no validator of it is kept for Node. Section numbers are those of the
 * Recommendations of 17 December 2015, "Metadata Vocabulary for Tabular Data" (vocabulary) and "Model for Tabular Data and
 * Metadata on the Web" (model).
 */

type Datatype = string | { base?: string; format?: string; minimum?: number; maximum?: number };

interface Column {
  name: string;
  titles: string;
  datatype: Datatype;
  null: string;
  required?: boolean;
}

interface Table {
  url: string;
  tableSchema: {
    columns: Column[];
    primaryKey?: string[];
    foreignKeys?: { columnReference: string; reference: { resource: string; columnReference: string } }[];
  };
}

/** Properties of other vocabularies (vocabulary 5.8): a prefix that the standard's context has, and a name. */
const common = '^(?:dc|dcterms|dcat|foaf|schema|skos|xsd|prov|rdfs):\\w+$';

// vocabulary 5.11.1
const builtIn = [
  ...['anyAtomicType', 'string', 'normalizedString', 'token', 'language', 'anyURI', 'boolean', 'binary'],
  ...['decimal', 'integer', 'long', 'int', 'short', 'byte', 'double', 'float', 'number'],
  ...['date', 'dateTime', 'datetime', 'time', 'duration', 'gYear', 'any', 'xml', 'html', 'json'],
];

const only = (properties: object, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  patternProperties: { [common]: {} },
  properties,
  required,
});
const link = { type: 'string', minLength: 1 };
// vocabulary 5.1.5: a name starts with no _ and is a variable of a URI template
const columnName = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_.%]*$' };
const columnNames = {
  anyOf: [columnName, { type: 'array', items: columnName, minItems: 1, uniqueItems: true }],
};

/** A table group (vocabulary 5.3) as far as this project uses the vocabulary; anything else is an error. */
const schema = only(
  {
    // vocabulary 5.2
    '@context': {
      type: 'array',
      minItems: 2,
      maxItems: 2,
      items: [{ const: 'http://www.w3.org/ns/csvw' }, only({ '@language': { type: 'string' } })],
    },
    // vocabulary 5.9
    dialect: only({
      encoding: { type: 'string' },
      lineTerminators: { type: 'array', items: { type: 'string' } },
      header: { type: 'boolean' },
      doubleQuote: { type: 'boolean' },
    }),
    tables: {
      type: 'array',
      minItems: 1,
      items: only(
        {
          url: link,
          // vocabulary 5.5
          tableSchema: only(
            {
              columns: {
                type: 'array',
                minItems: 1,
                // vocabulary 5.6
                items: only(
                  {
                    name: columnName,
                    titles: { type: 'string', minLength: 1 },
                    null: { type: 'string' },
                    required: { type: 'boolean' },
                    datatype: {
                      anyOf: [
                        { enum: builtIn },
                        only(
                          {
                            base: { enum: builtIn },
                            format: { type: 'string', minLength: 1 },
                            minimum: { type: 'number' },
                            maximum: { type: 'number' },
                          },
                          ['base'],
                        ),
                      ],
                    },
                  },
                  ['name', 'titles', 'datatype'],
                ),
              },
              primaryKey: columnNames,
              foreignKeys: {
                type: 'array',
                minItems: 1,
                items: only(
                  {
                    columnReference: columnNames,
                    reference: only({ resource: link, columnReference: columnNames }, [
                      'resource',
                      'columnReference',
                    ]),
                  },
                  ['columnReference', 'reference'],
                ),
              },
            },
            ['columns'],
          ),
        },
        ['url', 'tableSchema'],
      ),
    },
  },
  ['@context', 'tables'],
);

/** How a cell of a type without a format is written (model 6.4, and XML Schema). */
const written: Record<string, RegExp> = {
  string: /^/,
  boolean: /^(?:true|false|1|0)$/,
  int: /^[+-]?\d+$/,
  long: /^[+-]?\d+$/,
  decimal: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/,
  double: /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|INF|-INF|NaN)$/,
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
};

/** What csv-metadata.json and the files beside it do not keep of CSV on the Web; nothing is well. */
export async function csvwProblems(folder: string): Promise<string[]> {
  const metadata = JSON.parse(await readFile(path.join(folder, 'csv-metadata.json'), 'utf8'));
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  if (!validate(metadata))
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const tables = metadata.tables as Table[];
  const read = new Map<string, Record<string, string>[]>();
  const problems: string[] = [];
  for (const table of tables) {
    const [heading = [], ...lines] = await cellsOf(folder, table.url);
    const { columns } = table.tableSchema;
    // vocabulary 5.4.3: as many columns, under the same titles, each of a name of its own
    if (heading.join('\n') !== columns.map(({ titles }) => titles).join('\n'))
      problems.push(`${table.url}: titles are not those of the file`);
    if (new Set(columns.map(({ name }) => name)).size < columns.length)
      problems.push(`${table.url}: a name twice`);
    const rows = lines.map((cells) =>
      Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? ''])),
    );
    read.set(table.url, rows);
    for (const column of columns) problems.push(...cellProblems(table.url, column, rows));
  }
  for (const table of tables) problems.push(...keyProblems(table, tables, read));
  return problems;
}

/** Cells of a column (model 6.4): null, required, lexical form, format, bounds; the first problem of each column. */
function cellProblems(url: string, column: Column, rows: readonly Record<string, string>[]): string[] {
  const type = typeof column.datatype === 'string' ? { base: column.datatype } : column.datatype;
  const { base = 'string', format, minimum, maximum } = type as Exclude<Datatype, string>;
  // model 6.4.7: the format of a text is a regular expression for all of it
  const pattern = format === undefined ? written[base] : new RegExp(`^(?:${format})$`);
  for (const row of rows) {
    const cell = row[column.name] ?? '';
    const about = `${url} ${column.name} "${cell}"`;
    if (cell === column.null) {
      if (column.required) return [`${about}: required`];
    } else if (!pattern?.test(cell)) return [`${about}: not ${format ?? base}`];
    else if (minimum !== undefined && Number(cell) < minimum) return [`${about}: below ${minimum}`];
    else if (maximum !== undefined && Number(cell) > maximum) return [`${about}: above ${maximum}`];
  }
  return [];
}

/** Keys and references (model 6.6, vocabulary 5.5.2): whose columns there are, that are unique, and that lead to a row. */
function keyProblems(
  { url, tableSchema }: Table,
  tables: readonly Table[],
  read: ReadonlyMap<string, readonly Record<string, string>[]>,
): string[] {
  const problems: string[] = [];
  const rows = read.get(url) ?? [];
  const has = (table: Table | undefined, name: string) =>
    table?.tableSchema.columns.some((column) => column.name === name) === true;
  const { primaryKey = [], foreignKeys = [] } = tableSchema;
  const own = tables.find((table) => table.url === url);
  for (const name of primaryKey) if (!has(own, name)) problems.push(`${url}: no column ${name} for its key`);
  if (primaryKey.length > 0) {
    const keys = new Set(rows.map((row) => JSON.stringify(primaryKey.map((name) => row[name]))));
    if (keys.size < rows.length) problems.push(`${url}: a key twice`);
  }
  for (const { columnReference, reference } of foreignKeys) {
    const other = tables.find((table) => table.url === reference.resource);
    if (!has(own, columnReference) || !has(other, reference.columnReference)) {
      problems.push(`${url}: a reference of or to no column: ${columnReference}`);
      continue;
    }
    const there = new Set((read.get(reference.resource) ?? []).map((row) => row[reference.columnReference]));
    const lost = rows.find((row) => row[columnReference] !== '' && !there.has(row[columnReference]));
    if (lost) problems.push(`${url} ${columnReference} "${lost[columnReference]}": no such row`);
  }
  return problems;
}
