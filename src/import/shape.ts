import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { dbPath } from '../database/paths.js';
import type { Problem } from '../problem.js';
import { didYouMean, listed } from './nearest.js';
import type { ValuePath, YamlFile } from './yaml-file.js';

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  verbose: true,
});
formats.default(ajv, ['date']);

/** A check of a file's shape against one of the JSON Schemas in db/schemas. */
export function shapeOf(schemaFile: string): (file: YamlFile) => Problem[] {
  let validate: ValidateFunction | undefined;
  return (file) => {
    validate ??= ajv.compile(JSON.parse(readFileSync(dbPath('schemas', schemaFile), 'utf8')));
    if (validate(file.data)) return [];
    return (validate.errors ?? []).map((error) => explain(file, error));
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

/** Says in plain words what ajv found, and where in the file it is. */
function explain(file: YamlFile, error: ErrorObject): Problem {
  const path: ValuePath = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const name = path.length > 0 ? path.join(' > ') : 'the file';
  const there = JSON.stringify(error.data)?.slice(0, 60);
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return file.problem(path, `${name}: "${params.missingProperty}" is missing`);
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty);
      const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
      const allowed = known.length > 0 ? `; allowed are ${listed(known, 20)}` : '';
      return file.problem([...path, key], `${name}: unknown key "${key}"${didYouMean(key, known)}${allowed}`);
    }
    case 'type': {
      const wanted = [params.type].flat().map((type) => kinds[type] ?? type);
      return file.problem(path, `${name} is ${there}: it has to be ${wanted.join(' or ')}`);
    }
    case 'enum':
      return file.problem(
        path,
        `${name} is ${there}${didYouMean(String(error.data), params.allowedValues.map(String))}: allowed are ${params.allowedValues.join(', ')}`,
      );
    case 'minimum':
    case 'maximum':
      return file.problem(path, `${name} is ${there}: it has to be ${params.comparison} ${params.limit}`);
    case 'format':
      return file.problem(path, `${name} is ${there}: it has to be a date like 2021-04-26`);
    case 'pattern':
      return file.problem(
        path,
        `${name} is ${there}: it has to be a date like 2021-04-26, 2021-04 or 2021, as far as it is known`,
      );
    default:
      return file.problem(path, `${name}: ${error.message}`);
  }
}
