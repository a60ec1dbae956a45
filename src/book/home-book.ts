import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.js';
import { programVersion } from '../version.js';
import { bookWork, writeBook } from './write.js';

/**
 * Writes the book beside an embedded server's data, unless what lies there is of the same ratings, views and program; returns its
 * address. Rejects when the signal is given first, with nothing written.
 */
export async function bookOfHome(db: Kysely<DB>, home: string, signal: AbortSignal): Promise<string> {
  const folder = path.join(home, 'book');
  const [there, now] = await Promise.all([stateOf(folder), currentState(db)]);
  signal.throwIfAborted();
  if (there !== now)
    try {
      await writeBook(db, folder, { force: true, state: now, onProgress: () => signal.throwIfAborted() });
    } catch (error) {
      // Of two that begin at once, one finds the other's book in its place.
      if ((await stateOf(folder)) !== now) throw error;
    }
  return pathToFileURL(path.join(folder, 'index.html')).href;
}

/** What the book in a folder was made from, as it says itself; undefined where there is none. */
async function stateOf(folder: string): Promise<unknown> {
  try {
    const list = await readFile(path.join(folder, bookWork.listedIn), 'utf8');
    return (JSON.parse(list) as { state?: unknown }).state;
  } catch {
    return undefined;
  }
}

/** What a book of now would be made from. */
async function currentState(db: Kysely<DB>): Promise<string> {
  const { views_version } = await db
    .selectFrom('analytics.database_version')
    .select('views_version')
    .executeTakeFirstOrThrow();
  const { load_id } = await db
    .selectFrom('core.load')
    .select(({ fn }) => fn.max('load_id').as('load_id'))
    .executeTakeFirstOrThrow();
  return `${programVersion}, views ${views_version}, load ${load_id}`;
}
