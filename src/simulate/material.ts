import { readFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
import { parse } from 'yaml';
import type { DB } from '../database/schema.js';
import { dbPath } from '../disk/paths.js';
import { editionNamed, type Framework } from '../framework/framework.js';
import { readFrameworks } from '../framework/read-frameworks.js';
import { knownEditions } from '../import/edition/edition-file.js';
import type { Grounds } from '../ratings/standard.js';

/** What a programme is made of: everything that the simulation takes from the database. */
export interface Material {
  editions: readonly Framework[];
  /** Names of local authorities, which no invented place may have. */
  realNames: readonly string[];
}

/**
 * Reads what a programme is made of: the editions that are named; where none is, those that come with the package, so that a
 * programme is the same whatever else is loaded. Throws a UserError when one that is named is not known.
 */
export async function readMaterial(db: Kysely<DB>, wanted?: readonly string[]): Promise<Material> {
  const known = await readFrameworks(db);
  const named = wanted ?? (await knownEditions()).map(({ code }) => code);
  // Without bands nothing is rated, and what is not rated is no report.
  const editions = named
    .map((code) => editionNamed(known, code))
    .filter(({ rules }) => rules[0]?.bands.length);
  const names = await db.selectFrom('core.local_authority').select('name').execute();
  const others = await db.selectFrom('core.local_authority_name').select('name').execute();
  return { editions, realNames: [...names, ...others].map(({ name }) => name) };
}

/** The edition of a report: the newest that was used when it was published; before all of them, the first. */
export function editionOf(editions: readonly Framework[], published: string): Framework {
  const from = ({ inUse, rules }: Framework) => inUse.reports.from ?? rules[0]?.effectiveFrom ?? '';
  const inOrder = [...editions].sort((a, b) => (from(a) < from(b) ? -1 : 1));
  const chosen = inOrder.findLast((edition) => from(edition) <= published) ?? inOrder[0];
  if (!chosen) throw new Error('there is no edition to inspect under');
  return chosen;
}

export type Weights = Record<string, number>;
type Range = [from: number, to: number];

/** What programmes are drawn from: the shape of db/editions/simulation.yaml, where it is explained. */
interface SimulationWords {
  small_services: number;
  samples: Record<string, SampleWeights>;
  attributes: Record<string, Weights>;
  by_area: { attribute: string; value: string; not_known: number };
  not_applicable: { wording: string; attribute: string; factors: Weights };
  places: { qualifiers: string[]; beginnings: string; endings: string };
  regions: string[];
  kinds_of_service: Record<string, { name: string; weight: number }>;
  reasons: Record<keyof Grounds, { up: string[]; down: string[] }>;
}

export interface SampleWeights {
  none?: { of_small: number; of_others: number };
  of_small?: Range;
  of_others?: { base: number; range: number; even: number; drawn: number };
  of_any?: Range;
  kinds?: Weights;
  attributes?: Record<string, Weights>;
}

let words: SimulationWords | undefined;

/** What is shipped of it, read once. */
export function simulationWords(): SimulationWords {
  words ??= parse(readFileSync(dbPath('editions', 'simulation.yaml'), 'utf8')) as SimulationWords;
  return words;
}
