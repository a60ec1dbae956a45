import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OpenDatabase, openDatabase } from '../src/database/open.js';

/** Does work on an embedded server of its own, in a folder that goes with it. */
export async function withOwnServer(
  work: (database: OpenDatabase, home: string) => Promise<void>,
): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-script-'));
  // as root the server runs as another user, who has to be able to enter
  await chmod(home, 0o755);
  process.env.YOT_RATINGS_HOME = home;
  delete process.env.DATABASE_URL;
  const database = await openDatabase();
  try {
    await work(database, home);
  } finally {
    await database.close();
    await rm(home, { recursive: true, force: true });
  }
}
