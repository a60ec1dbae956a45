import { programVersion } from '../version.js';
import type { ColumnDescription, ViewDescription } from './describe.js';
import { licence, type Origin, publisher } from './origin.js';
import { packageDescription, packageTitle } from './package-text.js';
import { referencesOf } from './references.js';
import type { ExportedView } from './write-views.js';

const profiles = 'https://datapackage.org/profiles/2.0';

/** datapackage.json: a Data Package (version 2.0) with a resource a file and a Table Schema each. */
export function dataPackage(
  views: readonly ExportedView[],
  origin: Origin,
  options: { synthetic: boolean; spreadsheetSafe: boolean },
): object {
  const described = views.map(({ view }) => view);
  return {
    $schema: `${profiles}/datapackage.json`,
    name: 'youth-justice-inspection-ratings',
    title: packageTitle,
    description: packageDescription(origin, options),
    version: programVersion.split(' ')[1],
    ...(origin.created !== undefined && { created: origin.created }),
    generator: programVersion,
    keywords: ['youth justice', 'inspection', 'ratings', 'England', 'Wales'],
    licenses: [licence],
    contributors: [{ title: publisher, roles: ['publisher'] }],
    sources: [
      { title: `${publisher}: reports of inspections` },
      ...origin.sources.map((title) => ({ title })),
    ],
    resources: views.flatMap(({ view, files }) =>
      files.map(({ file, format, bytes, sha256 }, at) => ({
        name: at === 0 ? view.name : `${view.name}_${format}`,
        title: view.title,
        description: view.comment,
        path: file,
        type: 'table',
        ...formats[format],
        bytes,
        hash: `sha256:${sha256}`,
        schema: tableSchema(view, described),
      })),
    ),
  };
}

const formats = {
  csv: {
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { header: true, delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true },
  },
  parquet: { format: 'parquet', mediatype: 'application/vnd.apache.parquet' },
} as const;

function tableSchema(view: ViewDescription, among: readonly ViewDescription[]): object {
  const references = referencesOf(view, among);
  return {
    $schema: `${profiles}/tableschema.json`,
    fields: view.columns.map(field),
    missingValues: [''],
    ...(view.key.length > 0 && { primaryKey: view.key }),
    ...(references.length > 0 && {
      foreignKeys: references.map(({ column, view: resource, key }) => ({
        fields: [column],
        reference: { resource, fields: [key] },
      })),
    }),
  };
}

function field({ name, title, type, comment, unit, oneOf, between, nullable }: ColumnDescription) {
  const constraints = {
    ...(!nullable && { required: true }),
    ...(oneOf && { enum: oneOf }),
    ...(between && { minimum: between[0], maximum: between[1] }),
  };
  return {
    name,
    title,
    type: type.tableSchema,
    description: comment,
    ...(unit !== undefined && { unit }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}
