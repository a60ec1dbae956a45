import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageFolder } from '../../src/paths.js';

/** TypeScript types of the whole schema, by kysely-codegen; the scratch folder is the caller's. */
export async function schemaTypes(url: string, scratch: string): Promise<string> {
  const outFile = path.join(scratch, 'schema.ts');
  // The URL goes by the environment: arguments can be read by every user of the machine.
  await promisify(execFile)(
    path.join(packageFolder, 'node_modules', '.bin', 'kysely-codegen'),
    ['--out-file', outFile],
    { cwd: packageFolder, env: { ...process.env, DATABASE_URL: url } },
  );
  return readFile(outFile, 'utf8');
}
