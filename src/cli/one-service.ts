import type { Connection } from '../database/connect.js';
import { exitCode, UserError } from '../problem.js';
import { findService, type NamedService } from '../queries/find-service.js';
import { type InspectionRatings, ratings } from '../queries/ratings.js';
import { shortName } from './about.js';
import { printRows } from './print.js';
import { withDatabase } from './with-database.js';

/** What a command about one service is given. */
export interface OfService {
  synthetic?: boolean;
  json?: boolean;
  csv?: boolean;
}

/**
 * Asks of the latest inspection of the service that a name means, and prints the rows, or lines for people. Throws a UserError when the
 * name means no service or several, or when there is no such inspection of it.
 */
export function aboutService<Row extends object>(
  name: string,
  { synthetic = false, ...form }: OfService,
  ask: (db: Connection, inspection: InspectionRatings) => Promise<Row[]>,
  linesOf: (inspection: InspectionRatings, rows: Row[]) => string[],
): Promise<void> {
  return withDatabase(async ({ db }) => {
    const { service, inspections } = await serviceNamed(db, name, synthetic);
    const keys = inspections.flatMap((one) => (one.is_synthetic === synthetic ? one.inspection_id : []));
    const [latest] = await ratings(db, { inspections: keys.slice(-1) });
    if (!latest)
      throw new UserError(
        synthetic
          ? `There is no invented inspection of ${shortName(service)}.`
          : `There is no inspection of ${shortName(service)}; --synthetic shows invented ones, where there are any.`,
        exitCode.call,
      );
    const rows = await ask(db, latest);
    printRows(form, rows, () => linesOf(latest, rows));
  });
}

async function serviceNamed(db: Connection, name: string, synthetic: boolean): Promise<NamedService> {
  const search = await findService(db, name, { synthetic });
  if ('found' in search) return search.found;
  if ('nearest' in search)
    throw new UserError(
      `No service is called "${name}"${insteadOf(search.nearest, synthetic)}`,
      exitCode.call,
    );
  const names = search.several.map(({ service }) => shortName(service));
  const more = names.length > mostListed ? ` and ${names.length - mostListed} more` : '';
  throw new UserError(
    `"${name}" may be ${names.length} services: ${names.slice(0, mostListed).join(', ')}${more}. Name the one that is meant.`,
    exitCode.call,
  );
}

const mostListed = 12;

/** How a message goes on about a name that is no service's: with the nearest ones, else with where to find them. */
export function insteadOf(nearest: readonly NamedService[], synthetic: boolean): string {
  if (nearest.length === 0) return `. yot-ratings ratings${synthetic ? ' --synthetic' : ''} lists all.`;
  return `: did you mean ${nearest.map(({ service }) => shortName(service)).join(' or ')}?`;
}
