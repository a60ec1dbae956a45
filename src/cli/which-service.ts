import type { Connection } from '../database/connect.js';
import { exitCode, UserError } from '../problem.js';
import { findService, type NamedService } from '../queries/find-service.js';
import { shortName } from './short-name.js';

/** Which inspections a command about one service shows. */
export interface Shown {
  /** Keys, in order of time; never none. */
  inspections: number[];
  /** Earlier ones that are left out. */
  earlier: number;
}

/**
 * The inspections of the service that a name means: the latest, or all. Throws a UserError when the name means no service or
 * several, or when there is no such inspection of it.
 */
export async function inspectionsOf(
  db: Connection,
  name: string,
  { all = false, synthetic }: { all?: boolean | undefined; synthetic: boolean },
): Promise<Shown> {
  const service = await theService(db, name, synthetic);
  const keys = service.inspections
    .filter(({ is_synthetic }) => is_synthetic === synthetic)
    .map(({ inspection_id }) => inspection_id);
  if (keys.length === 0) throw new UserError(nothing(service, synthetic), exitCode.call);
  const inspections = all ? keys : keys.slice(-1);
  return { inspections, earlier: keys.length - inspections.length };
}

async function theService(db: Connection, name: string, synthetic: boolean): Promise<NamedService> {
  const search = await findService(db, name, { synthetic });
  if ('found' in search) return search.found;
  if ('several' in search) {
    const names = search.several.map(({ service }) => shortName(service));
    const message = `"${name}" may be ${names.length} services: ${listed(names)}. Name the one that is meant.`;
    throw new UserError(message, exitCode.call);
  }
  throw new UserError(`No service is called "${name}"${whatThen(search.nearest, synthetic)}`, exitCode.call);
}

/** How a message goes on about a name that is no service's: with the nearest ones, else with where to find them. */
export function whatThen(nearest: readonly NamedService[], synthetic: boolean): string {
  if (nearest.length === 0) return `. yot-ratings ratings${synthetic ? ' --synthetic' : ''} lists all.`;
  return `: did you mean ${either(nearest.map(({ service }) => shortName(service)))}?`;
}

function nothing({ service, inspections }: NamedService, synthetic: boolean): string {
  const name = shortName(service);
  if (inspections.length === 0) return `There is no inspection of ${name}.`;
  return synthetic
    ? `There is no invented inspection of ${name}: without --synthetic there are real ones.`
    : `There is no inspection of ${name} but invented ones: --synthetic shows them.`;
}

const mostListed = 12;

const listed = (names: readonly string[]) =>
  names.length <= mostListed
    ? names.join(', ')
    : `${names.slice(0, mostListed).join(', ')} and ${names.length - mostListed} more`;

const either = (names: readonly string[]) =>
  [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' or ');

export const serviceHelp = `
A service goes by any name that it has or had, its area, its code or a local authority that it works for. Case, accents,
punctuation, "&" or "and", and YOS, YOT or YJS do not matter; a part will do when it is only one service's.`;
