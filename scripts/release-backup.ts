/** Leaves a backup of what this release makes in test/schema/released: from then on its migrations stay as they are. */
import path from 'node:path';
import { backup } from '../src/database/backup/backup.js';
import { packageFolder } from '../src/disk/paths.js';
import { loadBundled } from '../src/import/load.js';
import { programVersion } from '../src/version.js';
import { loadProgramme } from '../test/support/programme.js';
import { withOwnServer } from './own-server.js';

await withOwnServer(async (database) => {
  await loadBundled(database.db);
  await loadProgramme(database, { inspections: 3, seed: 1 });
  const file = path.join(packageFolder, 'test/schema/released', `${programVersion.split(' ')[1]}.backup`);
  await backup(database.url, file, { force: true });
  console.log(file);
});
