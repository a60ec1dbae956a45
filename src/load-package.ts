import type { Connection } from './database/connect.js';
import { loadBundled } from './import/load.js';
import type { Loaded } from './import/record.js';
import { loadPublishedOnce } from './ratings-table/published.js';

/**
 * Loads all that comes with the package: the register, the editions, the inspections that are bundled whole, and then the published
 * ratings of all others. What is loaded already is left as it is.
 */
export async function loadPackage(db: Connection): Promise<Loaded[]> {
  const bundled = await loadBundled(db);
  return [...bundled, await loadPublishedOnce(db)];
}
