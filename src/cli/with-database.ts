import { explainDatabaseError } from '../database/errors.js';
import { type OpenDatabase, openDatabase } from '../database/open.js';
import { type Loaded, loadBundled } from '../import/load.js';

let open: OpenDatabase | undefined;

/** A database with the bundled data in it, and what had to be loaded for that. */
export type FilledDatabase = OpenDatabase & { loaded: Loaded[] };

/**
 * Opens the database for as long as the work takes: schema up to date, register, editions and bundled inspections loaded.
 */
export async function withDatabase<T>(work: (database: FilledDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase();
  open = database;
  try {
    const loaded = await loadBundled(database.db);
    return await work({ ...database, loaded });
  } catch (error) {
    throw explainDatabaseError(error, database.url);
  } finally {
    await closeDatabase();
  }
}

/** Closes the database of this process, if it has one open: on the way out, whatever the way. */
export async function closeDatabase(): Promise<void> {
  const closing = open;
  open = undefined;
  await closing?.close();
}
