import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, both when run from src and when run from dist. */
export const packageFolder = fileURLToPath(new URL('../', import.meta.url));

/** A path inside the package's db folder. */
export const dbPath = (...parts: string[]): string => path.join(packageFolder, 'db', ...parts);

/** The embedded server's folder: YOT_RATINGS_HOME, else a git-ignored folder in the repository. */
export function homeFolder(): string {
  return path.resolve(process.env.YOT_RATINGS_HOME || path.join(packageFolder, '.yot-ratings'));
}
