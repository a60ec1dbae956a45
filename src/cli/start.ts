import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { runningUrl } from '../database/embedded/server.js';
import { isConnectionFailure } from '../database/errors.js';
import { homeFolder } from '../disk/paths.js';
import { ratings } from '../queries/ratings.js';
import { reconciliation } from '../queries/reconciliation.js';
import { compareSqlAndTypescript } from '../reconcile/sql-and-typescript.js';
import { countryTables } from './country.js';
import { untilInterrupted } from './interrupt.js';
import { print, tell } from './print.js';
import { ratingsTable } from './ratings-table.js';
import { comparison, inspectionKeys, reconciled, reconciliationTables } from './reconcile.js';
import { type FilledDatabase, whatWasDone, withDatabase } from './with-database.js';

export async function start({ once = false }: { once?: boolean }): Promise<number> {
  const { exit, hasServed } = await withDatabase(async (database) => {
    const exit = await showEverything(database);
    const serves = !once && database.isEmbedded;
    if (serves) {
      print('', 'Serving until Ctrl-C.');
      await serve(database.db);
    } else if (!once) print('', 'The server is your own and goes on serving.');
    return { exit, hasServed: serves };
  });
  if (hasServed) {
    const isRunning = await runningUrl(homeFolder());
    print('', isRunning ? 'Left. The server goes on for the others that use it.' : 'Stopped.');
  }
  return exit;
}

/** Prints what was done, the ratings, their reconciliation, and how to connect; the exit code says whether all agree. */
async function showEverything(database: FilledDatabase): Promise<number> {
  const { db, server, loaded, readerUrl } = database;
  print(server, whatWasDone(database), '');
  const listings = loaded.filter(({ kind }) => kind === 'ratings table');
  for (const { file, message } of listings.flatMap(({ notices }) => notices))
    print(`${path.basename(file)}: ${message}`, '');
  // Each takes time by itself, on the server or here; none waits for another.
  const isShown = { synthetic: false, is_listed_only: false };
  const [shown, figures, compared, country] = await Promise.all([
    ratings(db, isShown),
    reconciliation(db, isShown),
    inspectionKeys(db, { synthetic: false, inFull: true }).then((keys) => compareSqlAndTypescript(db, keys)),
    countryTables(db),
  ]);
  print('RATINGS', '', ...ratingsTable(shown), '');
  print('RECONCILIATION with what the reports print', '', ...reconciliationTables(figures));
  print(...comparison(compared), '');
  print(...country, '');
  print(
    readerUrl
      ? `Read-only URL for psql or a BI tool (schema analytics):\n${readerUrl}`
      : 'The read-only role yot_ratings_reader has a password that we do not know: set YOT_RATINGS_READER_PASSWORD to it.',
  );
  return reconciled(figures, compared);
}

/** Waits for Ctrl-C, and notices when the server is gone. */
async function serve(db: FilledDatabase['db']): Promise<void> {
  const interruption = new AbortController();
  untilInterrupted().then(() => interruption.abort());
  const book = showBook(db, interruption.signal);
  try {
    while (!interruption.signal.aborted) {
      await sql`select 1`.execute(db);
      await pause(1000, undefined, interruption).catch(() => {});
    }
  } finally {
    interruption.abort();
    await book;
  }
}

/** Writes the book of ratings where there is none of these ratings yet, and prints its address: nobody has to wait for it. */
async function showBook(db: FilledDatabase['db'], signal: AbortSignal): Promise<void> {
  try {
    const { bookOfHome } = await import('../book/home-book.js');
    print(`Book of ratings, to look at: ${await bookOfHome(db, homeFolder(), signal)}`);
  } catch (error) {
    // A server that is gone is told of once, by who watches it.
    if (signal.aborted || isConnectionFailure(error)) return;
    tell(`The book of ratings was not written: ${(error as Error).message}`);
  }
}
