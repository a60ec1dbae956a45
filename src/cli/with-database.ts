import { runningUrl } from '../database/embedded/server.js';
import { explainDatabaseError } from '../database/errors.js';
import { type OpenDatabase, openDatabase } from '../database/open.js';
import { homeFolder } from '../disk/paths.js';
import type { Loaded } from '../import/record.js';
import { loadPackage } from '../load-package.js';
import { exitCode, UserError } from '../problem.js';
import { plural } from '../words/plural.js';
import { tell } from './print.js';

/** A database with the bundled data in it, and what had to be loaded for that. */
export type FilledDatabase = OpenDatabase & { loaded: Loaded[] };

/** What had to be done to have it. */
export function whatWasDone({ migrations, loaded }: FilledDatabase): string {
  const changed = loaded.filter(({ outcome }) => outcome !== 'unchanged').length;
  return `${plural(migrations.length, 'migration')} applied, ${plural(changed, 'file')} loaded`;
}

/**
 * Opens the database for as long as the work takes: schema up to date, register, editions, bundled inspections and published ratings
 * loaded. Who does not own it finds it as the owner left it.
 */
export function withDatabase<T>(work: (database: FilledDatabase) => Promise<T>): Promise<T> {
  return withSchema(async (database) =>
    work({ ...database, loaded: database.isOwner ? await loadPackage(database.db) : [] }),
  );
}

/** Opens the database for as long as the work takes, with its schema up to date and whatever is loaded. Who is waited for is said. */
export async function withSchema<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase(undefined, { onWaiting: (text) => tell(text) });
  try {
    return await work(database);
  } catch (error) {
    throw explainDatabaseError(error, database.url, database);
  } finally {
    await database.close();
  }
}

/** The embedded server that is running. Throws a UserError when there is none. */
export async function runningServer(): Promise<NonNullable<Awaited<ReturnType<typeof runningUrl>>>> {
  const running = await runningUrl(homeFolder());
  if (running) return running;
  throw new UserError(
    `No server is running in ${homeFolder()}. Start one with npm start, or with yot-ratings db up.`,
    exitCode.database,
  );
}
