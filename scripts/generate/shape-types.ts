import { readFileSync } from 'node:fs';
import { dbPath } from '../../src/disk/paths.js';

/** The types that are made, each of the JSON Schema of a file. */
const shapes: Readonly<Record<string, string>> = {
  InspectionFile: 'inspection',
  AuthoritiesFile: 'register-local-authorities',
  ServicesFile: 'register-services',
  ColumnMap: 'ratings-columns',
  ReadingFile: 'reading',
};

interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
}

/** TypeScript types of files, from the JSON Schemas in db/schemas that check them. Rules between keys have no type. */
export const shapeTypes = (): string =>
  [
    '// Made by npm run generate from the JSON Schemas in db/schemas: not to be edited.\n',
    ...Object.entries(shapes).map(([name, file]) => {
      const schema = JSON.parse(readFileSync(dbPath('schemas', `${file}.schema.json`), 'utf8')) as Schema;
      return `/** ${schema.description ?? schema.title} */\nexport type ${name} = ${typeOf(schema, schema)};\n`;
    }),
  ].join('\n');

function typeOf(schema: Schema, whole: Schema, indent = ''): string {
  const referred = whole.$defs?.[schema.$ref?.split('/').at(-1) ?? ''];
  if (referred) return typeOf(referred, whole, indent);
  const only = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  if (only) return only.map((value) => JSON.stringify(value)).join(' | ');
  const types = [schema.type ?? 'object'].flat().map((type) => {
    if (type === 'array') return `(${typeOf(schema.items ?? {}, whole, indent)})[]`;
    return type === 'object' ? objectOf(schema, whole, indent) : type.replace('integer', 'number');
  });
  return [...new Set(types)].join(' | ');
}

function objectOf(
  { properties = {}, required = [], additionalProperties: others }: Schema,
  whole: Schema,
  indent: string,
): string {
  const inside = `${indent}  `;
  const typed = Object.entries(properties).map(([key, of]) => {
    const type = typeOf(of, whole, inside);
    const about = of.description === undefined ? '' : `${inside}/** ${of.description} */\n`;
    return { type, line: `${about}${inside}${key}${required.includes(key) ? '' : '?'}: ${type};\n` };
  });
  if (typeof others !== 'object') return `{\n${typed.map(({ line }) => line).join('')}${indent}}`;
  const any = new Set([...typed.map(({ type }) => type), typeOf(others, whole, inside)]);
  // what may be missing is not in every of them
  const index = [...any, ...(typed.length > 0 ? ['undefined'] : [])].join(' | ');
  return `{\n${typed.map(({ line }) => line).join('')}${inside}[key: string]: ${index};\n${indent}}`;
}
