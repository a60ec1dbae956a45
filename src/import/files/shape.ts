import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isDay } from '../../days.js';
import { didYouMean, listed } from '../../nearest.js';
import { dbPath } from '../../paths.js';
import type { Problem } from '../../problem.js';
import type { ValuePath, YamlFile } from './yaml-file.js';

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  verbose: true,
});
ajv.addFormat('date', isDay);

/** A check of a file's shape against one of the JSON Schemas in db/schemas. */
export function shapeOf(schemaFile: string): (file: YamlFile) => Problem[] {
  let validate: ValidateFunction | undefined;
  let schema: Schema | undefined;
  return (file) => {
    schema ??= JSON.parse(readFileSync(dbPath('schemas', schemaFile), 'utf8')) as Schema;
    validate ??= ajv.compile(schema);
    if (validate(file.data)) return [];
    const known = keysOf(schema);
    return (validate.errors ?? []).map((error) => explain(file, error, known));
  };
}

const kinds: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'keys with values',
  array: 'a list',
};

/** The pattern of text that has to say something. Every other pattern of a schema has a description, which completes "it has to be …". */
const notBlank = '\\S';
type Described = { description: string };

interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: object;
}

/** The keys that a part of a schema allows, with those of the part that it refers to. */
function keysOf({ $defs = {} }: Schema): (of: Schema) => string[] {
  const own = ({ $ref, properties = {} }: Schema): string[] => {
    const referred = $defs[$ref?.split('/').at(-1) ?? ''];
    return [...Object.keys(properties), ...(referred ? own(referred) : [])];
  };
  return own;
}

/** A value as a message names it. */
function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'keys with values';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
}

/** Says in plain words what ajv found, and where in the file it is. */
function explain(file: YamlFile, error: ErrorObject, keys: (of: Schema) => string[]): Problem {
  const path: ValuePath = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const name = path.length > 0 ? path.join(' > ') : 'the file';
  const { keyword, params, data } = error;
  const say = (must: string) => file.problem(path, `${name} is ${shown(data)}: it has to be ${must}`);
  switch (keyword) {
    case 'required':
      return file.problem(path, `${name}: "${params.missingProperty}" is missing`);
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty);
      const known = keys(error.parentSchema as Schema);
      const allowed = known.length > 0 ? `; allowed are ${listed(known, 20)}` : '';
      return file.problem([...path, key], `${name}: unknown key "${key}"${didYouMean(key, known)}${allowed}`);
    }
    case 'type':
      return say(
        [params.type]
          .flat()
          .map((type) => kinds[type] ?? type)
          .join(' or '),
      );
    case 'enum':
      return file.problem(
        path,
        `${name} is ${shown(data)}${didYouMean(String(data), params.allowedValues.map(String))}: allowed are ${params.allowedValues.join(', ')}`,
      );
    case 'minimum':
    case 'maximum':
      return say(`${params.comparison} ${params.limit}`);
    case 'format':
      return say('a day that there is, like 2021-04-26');
    case 'pattern':
      return say(
        params.pattern === notBlank ? 'text, not blank' : (error.parentSchema as Described).description,
      );
    case 'maxLength':
      return file.problem(path, `${name} is longer than ${params.limit} characters`);
    case 'maxItems':
      return file.problem(path, `${name} has more than ${params.limit} entries`);
    case 'minItems':
    case 'minProperties':
      return file.problem(path, `${name} has nothing in it`);
    case 'uniqueItems':
      return file.problem([...path, String(params.i)], `${name}: this entry stands twice`);
    default:
      return file.problem(path, `${name}: ${error.message}`);
  }
}
