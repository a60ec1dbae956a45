import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.js';
import type { Framework } from '../framework/framework.js';
import { readFrameworks } from '../framework/read-frameworks.js';

/** What a programme is made of: everything that the simulation takes from the database. */
export interface Material {
  editions: SimulatedEdition[];
  /** Names of local authorities, which no invented place may have. */
  realNames: readonly string[];
}

export interface SimulatedEdition {
  framework: Framework;
  /** ISO date from which published reports are of this edition. */
  reportsFrom: string;
}

/** Reads what a programme is made of. */
export async function readMaterial(db: Kysely<DB>): Promise<Material> {
  const found: SimulatedEdition[] = [];
  for (const framework of (await readFrameworks(db)).values()) {
    const [first] = framework.rules;
    // Without bands nothing is rated, and what is not rated is no report.
    if (first && first.bands.length > 0)
      found.push({ framework, reportsFrom: framework.inUse.reports.from ?? first.effectiveFrom });
  }
  const names = await db.selectFrom('core.local_authority').select('name').execute();
  const others = await db.selectFrom('core.local_authority_name').select('name').execute();
  return { editions: found, realNames: [...names, ...others].map(({ name }) => name) };
}

/** The edition of a report: the newest that was used when it was published; before all of them, the first. */
export function editionOf(editions: readonly SimulatedEdition[], published: string): SimulatedEdition {
  const inOrder = [...editions].sort((a, b) => (a.reportsFrom < b.reportsFrom ? -1 : 1));
  const chosen = inOrder.findLast(({ reportsFrom }) => reportsFrom <= published) ?? inOrder[0];
  if (!chosen) throw new Error('there is no edition to inspect under');
  return chosen;
}
