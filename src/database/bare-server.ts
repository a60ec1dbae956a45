import { homeFolder } from '../paths.js';
import { embeddedServer } from './embedded/server.js';
import { checkDatabaseUrl, explainDatabaseError } from './errors.js';

/**
 * Gives the database of DATABASE_URL, else the embedded server's, as it is, for as long as the work takes: nothing is migrated
 * and nothing is loaded. Throws a UserError when it can't be reached or can't be used.
 */
export async function withBareServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL;
  if (given) checkDatabaseUrl(given);
  const embedded = given ? undefined : await embeddedServer(homeFolder());
  const url = given ?? (embedded?.url as string);
  try {
    return await work(url);
  } catch (error) {
    throw explainDatabaseError(error, url, { isEmbedded: embedded !== undefined });
  } finally {
    await embedded?.release();
  }
}
