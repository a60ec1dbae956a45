import { homeFolder } from '../paths.js';
import { settledUrl } from './connection/settle.js';
import { embeddedServer } from './embedded/server.js';
import { explainDatabaseError } from './errors.js';

/**
 * Gives the database of DATABASE_URL, else the embedded server's, as it is, for as long as the work takes: nothing is migrated
 * and nothing is loaded. Throws a UserError when it can't be reached or can't be used.
 */
export async function withBareServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL;
  const embedded = given ? undefined : await embeddedServer(homeFolder());
  try {
    return await work(given ? await settledUrl(given) : (embedded?.url as string));
  } catch (error) {
    throw explainDatabaseError(error, given ?? (embedded?.url as string), {
      isEmbedded: embedded !== undefined,
    });
  } finally {
    await embedded?.release();
  }
}
