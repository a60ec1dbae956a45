import type { Connection } from '../database/connect.js';
import { exitCode, UserError } from '../problem.js';
import { findService, type NamedService, type ServiceSearch } from '../queries/find-service.js';
import { type InspectionRatings, ratings } from '../queries/ratings.js';
import { shortName } from './about.js';
import { printRows, type TableOptions } from './print.js';
import { withDatabase } from './with-database.js';

/**
 * Asks of the latest inspection of the service that a name means, and prints the rows, or lines for people. Throws a UserError when the
 * name means no service or several, or when there is no such inspection of it.
 */
export function aboutService<Row extends object>(
  name: string,
  { synthetic = false, ...form }: TableOptions,
  ask: (db: Connection, inspection: InspectionRatings) => Promise<Row[]>,
  linesOf: (inspection: InspectionRatings, rows: Row[]) => string[],
): Promise<void> {
  return withDatabase(async ({ db }) => {
    const { service, inspections } = await serviceNamed(db, name, synthetic);
    const keys = inspections.flatMap((one) => (one.is_synthetic === synthetic ? one.inspection_id : []));
    const [latest] = await ratings(db, { inspections: keys.slice(-1) });
    if (!latest) throw noInspection(` of ${shortName(service)}`, synthetic, inspections);
    const rows = await ask(db, latest);
    printRows(form, rows, () => linesOf(latest, rows));
  });
}

async function serviceNamed(db: Connection, name: string, synthetic: boolean): Promise<NamedService> {
  const search = await findService(db, name, { synthetic });
  if ('found' in search) return search.found;
  throw noService(name, search);
}

/** That no inspection is of the kind that is asked for, invented or real: none `of` what is named, of which `inspections` are there. */
export function noInspection(
  of: string,
  synthetic: boolean,
  inspections: NamedService['inspections'] = [],
): UserError {
  const [kind, others] = synthetic
    ? ['invented', 'real ones are shown without --synthetic']
    : ['real', '--synthetic shows invented ones'];
  const instead = inspections.length > 0 ? `: ${others}` : '';
  return new UserError(`There is no ${kind} inspection${of}${instead}.`, exitCode.call);
}

/** That a name is not that of one service, with those that may be meant. */
export function noService(name: string, search: ServiceSearch): UserError {
  const namesOf = (services: NamedService[]) => services.map(({ service }) => shortName(service));
  if ('several' in search)
    return new UserError(
      `"${name}" may be ${namesOf(search.several).join(', ')}. Name the one that is meant.`,
      exitCode.call,
    );
  const nearest = 'nearest' in search ? namesOf(search.nearest) : [];
  const instead =
    nearest.length > 0 ? `: did you mean ${nearest.join(' or ')}?` : '. yot-ratings ratings lists all.';
  return new UserError(`No service is called "${name}"${instead}`, exitCode.call);
}
