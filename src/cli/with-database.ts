import { explainDatabaseError } from '../database/errors.js';
import { type OpenDatabase, openDatabase } from '../database/open.js';
import type { Loaded } from '../import/load.js';
import { loadPackage } from '../load-package.js';
import { watchServer } from './watch-server.js';

/** A database with the bundled data in it, and what had to be loaded for that. */
export type FilledDatabase = OpenDatabase & { loaded: Loaded[] };

/**
 * Opens the database for as long as the work takes: schema up to date, register, editions, bundled inspections and published ratings
 * loaded. Who does
 * not own it finds it as the owner left it.
 */
export function withDatabase<T>(work: (database: FilledDatabase) => Promise<T>): Promise<T> {
  return withSchema(async (database) =>
    work({ ...database, loaded: database.isOwner ? await loadPackage(database.db) : [] }),
  );
}

/** Opens the database for as long as the work takes, with its schema up to date and whatever is loaded. */
export async function withSchema<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  let stopWatching = () => {};
  const onUrl = (url: string) => {
    stopWatching = watchServer(url);
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
