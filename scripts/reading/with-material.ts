import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../src/database/open.js';
import { loadBundled } from '../../src/import/load.js';
import { type Material, readMaterial } from '../../src/simulate/material.js';

/** What programmes are made of, from a database that lasts as long as the reading of it. */
export async function freshMaterial(): Promise<Material> {
  const home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-reading-'));
  await chmod(home, 0o755);
  process.env.YOT_RATINGS_HOME = home;
  delete process.env.DATABASE_URL;
  const database = await openDatabase();
  try {
    await loadBundled(database.db);
    return await readMaterial(database.db);
  } finally {
    await database.close();
    await rm(home, { recursive: true, force: true });
  }
}
