import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ColumnMeanings } from '../../src/database/columns.js';
import { packageFolder } from '../../src/disk/paths.js';

/** TypeScript types of the whole schema, by kysely-codegen; the scratch folder is the caller's. */
export async function schemaTypes(url: string, scratch: string): Promise<string> {
  const outFile = path.join(scratch, 'schema.ts');
  // The URL goes by the environment: arguments can be read by every user of the machine.
  await promisify(execFile)(
    path.join(packageFolder, 'node_modules', '.bin', 'kysely-codegen'),
    ['--out-file', outFile],
    { cwd: packageFolder, env: { ...process.env, DATABASE_URL: url } },
  );
  return withoutNulls(await readFile(outFile, 'utf8'));
}

/** The database takes every column of a view for one that may be NULL: columns.yaml says which of them may be. */
function withoutNulls(types: string): string {
  const meanings = new ColumnMeanings();
  const interfaceOf = new Map(
    [...types.matchAll(/^ {2}"analytics\.(\w+)": (\w+);$/gm)].map(([, view, name]) => [name, view as string]),
  );
  let view: string | undefined;
  return types
    .split('\n')
    .map((line) => {
      const opened = /^export interface (\w+) \{$/.exec(line)?.[1];
      if (opened !== undefined) view = interfaceOf.get(opened);
      const column = /^ {2}(\w+): .* \| null;$/.exec(line)?.[1];
      if (view === undefined || column === undefined || meanings.of(column, view).nullable) return line;
      return line.replace(/ \| null;$/, ';');
    })
    .join('\n');
}
