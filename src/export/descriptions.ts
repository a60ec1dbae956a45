import { programVersion } from '../version.js';
import { licence, type Origin, publisher } from './origin.js';
import type { ColumnDescription, ViewDescription } from './views.js';
import type { ExportedView, WritingOptions } from './write-views.js';

const profiles = 'https://datapackage.org/profiles/2.0';
const packageTitle = 'Ratings of youth justice inspections in England and Wales';

/** What the export is, for people: where its figures come from, what is in it, how files say "unknown". */
function packageDescription(
  { attribution, day }: Origin,
  { synthetic, spreadsheetSafe }: WritingOptions,
): string {
  return [
    `Inspections of youth justice services by ${publisher}: figures as published, ratings as computed from them, and how the two stand.`,
    'An empty cell means unknown or none, never zero.',
    day !== undefined &&
      `"Today" is ${day}, when something was last loaded: days are counted to it, and what is current is so on it.`,
    synthetic &&
      'Invented inspections are included (is_synthetic is true): they are no figures of any real service.',
    spreadsheetSafe &&
      'In the CSV files an apostrophe stands before texts that begin with = + - @ or a control character: it is not part of the data.',
    attribution,
    'The Inspectorate has not seen or endorsed this work.',
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * What a view's columns refer to, each as a format says it; undefined where none does. A column named like another view's only key
 * column, when that is the view's name and _id, does, also with words before (previous_inspection_id). Only views that are
 * exported together are referred to.
 */
function foreignKeys<Said>(
  { name, columns }: ViewDescription,
  among: readonly ExportedView[],
  say: (column: string, view: string, key: string) => Said,
): Said[] | undefined {
  const found = among.flatMap(({ view: other }) => {
    const key = `${other.name}_id`;
    if (other.name === name || other.key.join() !== key) return [];
    return columns
      .filter((column) => column.name === key || column.name.endsWith(`_${key}`))
      .map((column) => say(column.name, other.name, key));
  });
  return found.length > 0 ? found : undefined;
}

/** datapackage.json: a Data Package (version 2.0) with a resource a file and a Table Schema each. */
export function dataPackage(views: readonly ExportedView[], origin: Origin, options: WritingOptions): object {
  return {
    $schema: `${profiles}/datapackage.json`,
    name: 'youth-justice-inspection-ratings',
    title: packageTitle,
    description: packageDescription(origin, options),
    version: programVersion.split(' ')[1],
    created: origin.created,
    generator: programVersion,
    keywords: ['youth justice', 'inspection', 'ratings', 'England', 'Wales'],
    licenses: [licence],
    contributors: [{ title: publisher, roles: ['publisher'] }],
    sources: [`${publisher}: reports of inspections`, ...origin.sources].map((title) => ({ title })),
    resources: views.flatMap(({ view, files }) =>
      files.map(({ file, format, bytes, sha256 }, at) => ({
        name: at === 0 ? view.name : `${view.name}_${format}`,
        description: view.comment,
        path: file,
        type: 'table',
        ...media[format],
        bytes,
        hash: `sha256:${sha256}`,
        schema: {
          $schema: `${profiles}/tableschema.json`,
          fields: view.columns.map(field),
          missingValues: [''],
          primaryKey: view.key,
          foreignKeys: foreignKeys(view, views, (column, resource, key) => ({
            fields: [column],
            reference: { resource, fields: [key] },
          })),
        },
      })),
    ),
  };
}

const media = {
  csv: {
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { header: true, delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true },
  },
  parquet: { format: 'parquet', mediatype: 'application/vnd.apache.parquet' },
} as const;

const field = ({ name, type, comment, unit, oneOf, between, nullable }: ColumnDescription) => ({
  ...{ name, type: type.tableSchema, description: comment, unit },
  constraints: someOf({
    required: nullable ? undefined : true,
    enum: oneOf,
    minimum: between?.[0],
    maximum: between?.[1],
  }),
});

/** An object of which something is said; undefined where nothing is. JSON has no undefined: such keys are left out. */
const someOf = <Of extends object>(all: Of): Of | undefined =>
  Object.values(all).some((value) => value !== undefined) ? all : undefined;

/** csv-metadata.json: the CSV files as a table group of CSV on the Web. */
export function csvwMetadata(
  views: readonly ExportedView[],
  origin: Origin,
  options: WritingOptions,
): object {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    'dc:title': packageTitle,
    'dc:description': packageDescription(origin, options),
    'dc:publisher': publisher,
    'dc:license': { '@id': licence.path },
    'dc:rights': origin.attribution,
    'dc:modified': origin.created && { '@value': origin.created, '@type': 'xsd:dateTime' },
    dialect: { encoding: 'utf-8', lineTerminators: ['\r\n'], header: true, doubleQuote: true },
    tables: views.map(({ view }) => ({
      url: `${view.name}.csv`,
      'dc:description': view.comment,
      tableSchema: {
        columns: view.columns.map(csvwColumn),
        primaryKey: view.key,
        foreignKeys: foreignKeys(view, views, (columnReference, other, key) => ({
          columnReference,
          reference: { resource: `${other}.csv`, columnReference: key },
        })),
      },
    })),
  };
}

const csvwColumn = ({ name, comment, unit, nullable, type }: ColumnDescription) => ({
  name,
  titles: name,
  'dc:description': comment,
  'schema:unitText': unit,
  datatype: type.csvw,
  null: '',
  required: nullable ? undefined : true,
});
