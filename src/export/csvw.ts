import type { ColumnDescription, ViewDescription } from './describe.js';
import { licence, type Origin, publisher } from './origin.js';
import { packageDescription, packageTitle } from './package-text.js';
import { referencesOf } from './references.js';
import type { ExportedView } from './write-views.js';

/** csv-metadata.json: the CSV files as a table group of CSV on the Web. */
export function csvwMetadata(
  views: readonly ExportedView[],
  origin: Origin,
  options: { synthetic: boolean; spreadsheetSafe: boolean },
): object {
  const described = views.map(({ view }) => view);
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    'dc:title': packageTitle,
    'dc:description': packageDescription(origin, options),
    'dc:publisher': publisher,
    'dc:license': { '@id': licence.path },
    'dc:rights': origin.attribution,
    ...(origin.created !== undefined && {
      'dc:modified': { '@value': origin.created, '@type': 'xsd:dateTime' },
    }),
    dialect: { encoding: 'utf-8', lineTerminators: ['\r\n'], header: true, doubleQuote: true },
    tables: views.map(({ view }) => table(view, described)),
  };
}

function table(view: ViewDescription, among: readonly ViewDescription[]): object {
  const references = referencesOf(view, among);
  return {
    url: fileOf(view.name),
    'dc:title': view.title,
    'dc:description': view.comment,
    tableSchema: {
      columns: view.columns.map(csvwColumn),
      ...(view.key.length > 0 && { primaryKey: view.key }),
      ...(references.length > 0 && {
        foreignKeys: references.map(({ column, view: other, key }) => ({
          columnReference: column,
          reference: { resource: fileOf(other), columnReference: key },
        })),
      }),
    },
  };
}

const fileOf = (view: string): string => `${view}.csv`;

function csvwColumn(column: ColumnDescription): object {
  return {
    name: column.name,
    titles: column.name,
    'dc:title': column.title,
    'dc:description': column.comment,
    ...(column.unit !== undefined && { 'schema:unitText': column.unit }),
    datatype: datatype(column),
    null: '',
    ...(!column.nullable && { required: true }),
  };
}

function datatype({ type, oneOf, between }: ColumnDescription): string | object {
  const base = type.csvw;
  if (oneOf) return { base, format: oneOf.map((value) => value.replaceAll(/[^\w ]/g, '\\$&')).join('|') };
  if (between) return { base, minimum: between[0], maximum: between[1] };
  return base;
}
