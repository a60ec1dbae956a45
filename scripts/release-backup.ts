/** Leaves a backup of what this release makes in test/schema/released: from then on its migrations stay as they are. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backup } from '../src/database/backup/backup.js';
import { openDatabase } from '../src/database/open.js';
import { loadBundled } from '../src/import/load.js';
import { packageFolder } from '../src/paths.js';
import { loadProgramme } from '../src/simulate/load-programme.js';
import { programVersion } from '../src/version.js';

const home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-release-'));
process.env.YOT_RATINGS_HOME = home;
const database = await openDatabase();
try {
  await loadBundled(database.db);
  await loadProgramme(database, { inspections: 3, seed: 1 });
  const file = path.join(
    packageFolder,
    'test',
    'schema',
    'released',
    `${programVersion.split(' ')[1]}.backup`,
  );
  await backup(database.url, file, { force: true });
  console.log(file);
} finally {
  await database.close();
  await rm(home, { recursive: true, force: true });
}
