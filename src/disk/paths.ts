import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCode, UserError } from '../problem.js';

/** The package's own folder, both when run from src and when run from dist. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

/** A path inside the package's db folder. */
export const dbPath = (...parts: string[]): string => path.join(packageFolder, 'db', ...parts);

/** The embedded server's folder: YOT_RATINGS_HOME, else a git-ignored folder in the repository. */
export function homeFolder(): string {
  const given = process.env.YOT_RATINGS_HOME || path.join(packageFolder, '.yot-ratings');
  if (/[\0\r\n]/.test(given))
    throw new UserError('YOT_RATINGS_HOME has a line break in it: name a folder without one.', exitCode.call);
  // A shell leaves it as it is between quotes, and in a file of variables.
  const here = given.replace(/^~(?=[/\\]|$)/, homedir());
  if (here.startsWith('~'))
    throw new UserError(
      `YOT_RATINGS_HOME is "${given}": write whose home it is out, or ./${given} for a folder of that name.`,
      exitCode.call,
    );
  return path.resolve(here);
}
