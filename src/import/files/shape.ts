import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isDay } from '../../days.js';
import { dbPath } from '../../disk/paths.js';
import type { Problem } from '../../problem.js';
import { didYouMean, listed } from '../../words/nearest.js';
import type { YamlFile } from './yaml-file.js';

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  verbose: true,
});
ajv.addFormat('date', isDay);

interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: object;
  /** Of a part with a pattern: what completes "it has to be …"; of a rule with alternatives, what it asks for. */
  description?: string;
}

const schemas = new Map<string, Schema>();

/** One of the JSON Schemas in db/schemas, read once. */
function schemaOf(file: string): Schema {
  const schema = schemas.get(file) ?? JSON.parse(readFileSync(dbPath('schemas', file), 'utf8'));
  schemas.set(file, schema);
  return schema;
}

/** The keys that a schema knows at its top. */
export const keysOfSchema = (file: string): string[] => Object.keys(schemaOf(file).properties ?? {});

/** A check of a file's shape against one of the JSON Schemas in db/schemas. */
export function shapeOf(schemaFile: string): (file: YamlFile) => Problem[] {
  let validate: ValidateFunction | undefined;
  return (file) => {
    const schema = schemaOf(schemaFile);
    validate ??= ajv.compile(schema);
    if (validate(file.data)) return [];
    const errors = (validate.errors ?? []).filter((error, _, all) => !isPartOfAnother(error, all));
    // A value of another type keeps, or breaks, rules about what it should hold for no reason: they say nothing of it.
    const mistyped = errors
      .filter(({ keyword }) => keyword === 'type')
      .map(({ instancePath }) => instancePath);
    return errors
      .filter(({ keyword, instancePath }) => keyword === 'type' || !mistyped.includes(instancePath))
      .map((error) => explain(file, error, schema));
  };
}

/** Whether an error is told by that of a rule which it is an alternative of, or only says that a rule is broken. */
const isPartOfAnother = ({ keyword, schemaPath, instancePath }: ErrorObject, errors: ErrorObject[]) =>
  keyword === 'if' ||
  errors.some(
    (one) => instancePath.startsWith(one.instancePath) && schemaPath.startsWith(`${one.schemaPath}/`),
  );

const kinds: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'keys with values',
  array: 'a list',
};

/** The pattern of text that has to say something. Every other pattern of a schema has a description. */
const notBlank = '\\S';

/** The keys that a part of a schema allows, with those of the part that it refers to. */
function keysOf({ $ref, properties = {} }: Schema, whole: Schema): string[] {
  const referred = whole.$defs?.[$ref?.split('/').at(-1) ?? ''];
  return [...Object.keys(properties), ...(referred ? keysOf(referred, whole) : [])];
}

/** A value as a message names it. */
function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'keys with values';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
}

/** Says in plain words what ajv found, and where in the file it is. */
function explain(file: YamlFile, { keyword, params, data, ...error }: ErrorObject, whole: Schema): Problem {
  const steps = error.instancePath.split('/').slice(1);
  const path = steps.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const name = path.length > 0 ? path.join(' > ') : 'the file';
  const say = (must: string) => file.problem(path, `${name} is ${shown(data)}: it has to be ${must}`);
  const schema = error.parentSchema as Schema;
  switch (keyword) {
    case 'required':
      return file.problem(path, `${name}: "${params.missingProperty}" is missing`);
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty);
      const known = keysOf(schema, whole);
      const allowed = known.length > 0 ? `; allowed are ${listed(known, 20)}` : '';
      return file.problem([...path, key], `${name}: unknown key "${key}"${didYouMean(key, known)}${allowed}`);
    }
    case 'type': {
      const types: string[] = [params.type].flat();
      return say(types.map((type) => kinds[type] ?? type).join(' or '));
    }
    case 'enum': {
      const allowed: string[] = params.allowedValues.map(String);
      const near = didYouMean(String(data), allowed);
      return file.problem(path, `${name} is ${shown(data)}${near}: allowed are ${allowed.join(', ')}`);
    }
    case 'minimum':
    case 'maximum':
      return say(`${params.comparison} ${params.limit}`);
    case 'format':
      return say('a day that there is, like 2021-04-26');
    case 'pattern':
      return say(params.pattern === notBlank ? 'text, not blank' : (schema.description ?? params.pattern));
    case 'maxLength':
      return file.problem(path, `${name} is longer than ${params.limit} characters`);
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return file.problem(path, `${name}: ${schema.description}`);
    case 'uniqueItems':
      return file.problem([...path, String(params.i)], `${name}: this entry stands twice`);
    default:
      // how many: "must NOT have more than 1000 items"
      return file.problem(path, `${name} ${error.message}`);
  }
}
