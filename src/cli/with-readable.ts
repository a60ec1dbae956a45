import { sql } from 'kysely';
import { connect } from '../database/connect.js';
import { checkDatabaseUrl, explainDatabaseError } from '../database/errors.js';
import type { OpenDatabase } from '../database/open.js';
import { watchServer } from './watch-server.js';
import { withDatabase } from './with-database.js';

/**
 * Opens the database for as long as a question takes that views alone answer: for a role that may read them and nothing else
 * as it is found, with nothing brought up to date; for any other as `withDatabase` does.
 */
export async function withReadable<T>(work: (database: Pick<OpenDatabase, 'db'>) => Promise<T>): Promise<T> {
  const url = process.env.DATABASE_URL;
  if (!url) return withDatabase(work);
  checkDatabaseUrl(url);
  const stopWatching = watchServer(url);
  const db = connect(url);
  try {
    if (await readsViewsAlone(db)) return await work({ db });
  } catch (error) {
    throw explainDatabaseError(error, url, { isEmbedded: false });
  } finally {
    stopWatching();
    await db.destroy();
  }
  return withDatabase(work);
}

async function readsViewsAlone(db: OpenDatabase['db']): Promise<boolean> {
  // of a schema that there is not, neither is known
  const { rows } = await sql<{ views: boolean | null; tables: boolean | null }>`
    select
      has_schema_privilege(to_regnamespace('analytics'), 'usage') as views,
      has_schema_privilege(to_regnamespace('core'), 'usage') as tables`.execute(db);
  return rows[0]?.views === true && rows[0].tables === false;
}
