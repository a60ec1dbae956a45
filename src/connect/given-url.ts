import { formatUrl, parseUrl } from '../database/connection/url.js';
import { runningUrl } from '../database/embedded/server.js';
import { homeFolder } from '../paths.js';
import { exitCode, UserError } from '../problem.js';

/** The URL of DATABASE_URL, else of the embedded server that is running. Throws a UserError when there is neither. */
export async function givenUrl(): Promise<string> {
  const given = process.env.DATABASE_URL;
  // as it is said: no server is asked
  if (given) return formatUrl(parseUrl(given));
  const running = await runningUrl(homeFolder());
  if (running) return running.url;
  throw new UserError(
    `No server is running in ${homeFolder()}, so there is nothing to connect to. Start one with npm start, or with yot-ratings db up.`,
    exitCode.database,
  );
}
