import { runningUrl } from '../database/embedded/server.js';
import { explainDatabaseError } from '../database/errors.js';
import { type OpenDatabase, openDatabase } from '../database/open.js';
import { watch } from '../database/watch.js';
import type { Loaded } from '../import/load.js';
import { loadPackage } from '../load-package.js';
import { homeFolder } from '../paths.js';
import { exitCode, UserError } from '../problem.js';
import { giveUp, isServing } from './interrupt.js';
import { tell } from './print.js';

/** A database with the bundled data in it, and what had to be loaded for that. */
export type FilledDatabase = OpenDatabase & { loaded: Loaded[] };

/**
 * Opens the database for as long as the work takes: schema up to date, register, editions, bundled inspections and published ratings
 * loaded. Who does not own it finds it as the owner left it.
 */
export function withDatabase<T>(work: (database: FilledDatabase) => Promise<T>): Promise<T> {
  return withSchema(async (database) =>
    work({ ...database, loaded: database.isOwner ? await loadPackage(database.db) : [] }),
  );
}

/**
 * Opens the database for as long as the work takes, with its schema up to date and whatever is loaded. The server is looked after
 * meanwhile: who is waited for is said, and the program ends when the server is stuck.
 */
export async function withSchema<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  let stopWatching = () => {};
  const onUrl = (url: string) => {
    stopWatching = watch(url, { onWaiting: (text) => tell(text), onLost: giveUp, isPaused: isServing });
  };
  try {
    const database = await openDatabase(undefined, { onUrl });
    try {
      return await work(database);
    } catch (error) {
      throw explainDatabaseError(error, database.url, database);
    } finally {
      await database.close();
    }
  } finally {
    stopWatching();
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
