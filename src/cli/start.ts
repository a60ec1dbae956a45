import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { runningUrl } from '../database/embedded/server.js';
import { isConnectionFailure } from '../database/errors.js';
import { homeFolder } from '../paths.js';
import { exitCode } from '../problem.js';
import { ratings } from '../queries/ratings.js';
import { reconciliation } from '../queries/reconciliation.js';
import { compareSqlAndTypescript } from '../reconcile/sql-and-typescript.js';
import { plural } from '../words/plural.js';
import type { CommandMaker } from './command.js';
import { countryTables } from './country.js';
import { untilInterrupted } from './interrupt.js';
import { print, tell } from './print.js';
import { ratingsTable } from './ratings-table.js';
import { reconciliationDetails, reconciliationSummary } from './reconciliation-tables.js';
import { type FilledDatabase, withDatabase } from './with-database.js';

export const startCommand: CommandMaker = (endWith) =>
  new Command('start')
    .description(
      'the main job: the database with the bundled inspections, their ratings and reconciliation, served until Ctrl-C',
    )
    .option('--once', 'end after the tables instead of serving')
    .addHelpText(
      'after',
      `
Without DATABASE_URL an embedded PostgreSQL is used, in the folder YOT_RATINGS_HOME (default: .yot-ratings in the
repository), on the port YOT_RATINGS_PORT (default: a free one, the same every time). With DATABASE_URL
(postgres://user:password@host:port/database, PostgreSQL 15 or later) the same is done on that server.`,
    )
    .action(async ({ once }: { once?: true }) => {
      const hasServed = await withDatabase(async (database) => {
        endWith(await showEverything(database));
        if (once) return false;
        if (!database.isEmbedded) {
          print('', 'The server is your own and goes on serving.');
          return false;
        }
        print('', 'Serving until Ctrl-C.');
        await serve(database);
        return true;
      });
      if (!hasServed) return;
      const isRunning = await runningUrl(homeFolder());
      print('', isRunning ? 'Left. The server goes on for the others that use it.' : 'Stopped.');
    });

/** Prints what was done, the ratings, their reconciliation, and how to connect; the exit code says whether all agree. */
async function showEverything(database: FilledDatabase): Promise<number> {
  print(database.server, whatWasDone(database), '');
  for (const notice of database.loaded.flatMap(({ kind, notices }) =>
    kind === 'ratings table' ? notices : [],
  ))
    print(`${path.basename(notice.file)}: ${notice.message}`, '');
  // Each takes time by itself, on the server or here; none waits for another.
  const isShown = { synthetic: false, listed: false };
  const [shown, figures, compared, country] = await Promise.all([
    ratings(database.db, isShown),
    reconciliation(database.db, isShown),
    inspectionsInFull(database.db).then((keys) => compareSqlAndTypescript(database.db, keys)),
    countryTables(database.db),
  ]);
  print('RATINGS', '', ...ratingsTable(shown), '');
  print('RECONCILIATION with what the reports print', '', ...reconciliationSummary(figures), '');
  if (figures.some(({ status }) => status !== 'agrees')) print(...reconciliationDetails(figures), '');
  const { cells, differences } = compared;
  print(`SQL and TypeScript: ${cells} cells compared, ${differences.length} differ.`, '');
  print(...country, '');
  print(
    database.readerUrl
      ? `Read-only URL for psql or a BI tool (schema analytics):\n${database.readerUrl}`
      : 'The read-only role yot_ratings_reader has a password that we do not know: set YOT_RATINGS_READER_PASSWORD to it.',
  );
  return differences.length > 0 ||
    figures.some(({ status, level }) => status === 'disagrees' && level !== 'listing')
    ? exitCode.data
    : exitCode.done;
}

/** Keys of the real inspections whose reports are known in full. */
async function inspectionsInFull(db: Connection): Promise<number[]> {
  const rows = await db
    .selectFrom('core.inspection')
    .select('inspection_id')
    .where('is_synthetic', '=', false)
    .where('is_listed_only', '=', false)
    .execute();
  return rows.map(({ inspection_id }) => inspection_id);
}

function whatWasDone({ migrations, views, loaded }: FilledDatabase): string {
  const changed = loaded.filter(({ outcome }) => outcome !== 'unchanged');
  const inspections = changed.filter(({ kind }) => kind === 'inspection').length;
  const listed = changed.reduce((sum, one) => sum + (one.inspections ?? 0), 0);
  const files = changed.filter(({ kind }) => kind !== 'inspection' && kind !== 'ratings table').length;
  const parts = [
    migrations.length > 0 ? `${plural(migrations.length, 'migration')} applied` : 'nothing to migrate',
    views > 0 ? `${plural(views, 'view')} made` : 'views up to date',
    changed.length === 0
      ? 'nothing to load'
      : `${plural(inspections, 'inspection')} and ${plural(files, 'file')} of reference data loaded`,
    ...(listed > 0 ? [`published ratings of ${plural(listed, 'more inspection')} loaded`] : []),
  ];
  return parts.join('; ');
}

/** Waits for Ctrl-C, and notices when the server is gone. */
async function serve({ db }: FilledDatabase): Promise<void> {
  const interruption = new AbortController();
  untilInterrupted().then(() => interruption.abort());
  const book = showBook(db, interruption.signal);
  while (!interruption.signal.aborted) {
    await sql`select 1`.execute(db);
    await pause(1000, undefined, interruption).catch(() => {});
  }
  await book;
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
