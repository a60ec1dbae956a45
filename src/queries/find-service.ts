import { together } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { groupBy } from '../group-by.js';
import { type CalledService, type Register, registerOf, resolve, servicesWith } from '../services/resolve.js';

/** A service that is known by its current name, with its inspections in order of time. */
export interface NamedService {
  service_id: number;
  service: string;
  area: string;
  inspections: { inspection_id: number; is_synthetic: boolean }[];
}

/** What a name leads to: a service; several, of which one has to be named; or none, and the nearest, if any is near. */
export type ServiceSearch =
  | { found: NamedService }
  | { several: NamedService[] }
  | { nearest: NamedService[] };

/**
 * The service of a name. That may be any name that it has or had, its area, its code, a local authority, or a part of one
 * of them that is no other service's. Case, accents, "&" or "and", punctuation and the kind of service do not matter. Its
 * own names go before those of local authorities, whole names before parts; among services that a name fits alike, those
 * with inspections (invented ones when `synthetic`) go before those without.
 * @example
 * const looked = await findService(db, 'hammersmith & fulham');
 * const service = 'found' in looked ? looked.found.service : undefined;
 */
export async function findService(
  db: Connection,
  name: string,
  { synthetic = false }: { synthetic?: boolean | undefined } = {},
): Promise<ServiceSearch> {
  const register = await namedServices(db);
  const isInspected = ({ known }: Called) =>
    known.inspections.some(({ is_synthetic }) => is_synthetic === synthetic);
  const resolved = resolve(register, name);
  if ('found' in resolved) return { found: resolved.found.known };
  const fitting = 'several' in resolved ? resolved.several : servicesWith(register, name);
  const inspected = fitting.filter(isInspected);
  const [first, ...others] = (inspected.length > 0 ? inspected : fitting).map(({ known }) => known);
  if (first) return others.length === 0 ? { found: first } : { several: [first, ...others] };
  const near = 'nearest' in resolved ? resolved.nearest.map(({ service }) => service) : [];
  const nearest = near.filter(isInspected).map(({ known }) => known);
  return { nearest: nearest.slice(0, 3) };
}

/**
 * Every service that a name or a part of one may mean, compared as `findService` does: by its own names, else by those of
 * local authorities.
 * @example
 * const services = await servicesNamed(db, 'london');
 */
export async function servicesNamed(db: Connection, part: string): Promise<NamedService[]> {
  return servicesWith(await namedServices(db), part).map(({ known }) => known);
}

interface Called extends CalledService {
  known: NamedService;
}

async function namedServices(db: Connection): Promise<Register<Called>> {
  const asked = await together(db, {
    names: db
      .selectFrom('analytics.service_name')
      .select(['service_id', 'service', 'area', 'service_code', 'usage', 'name'])
      .orderBy('area')
      .orderBy('service_id'),
    inspections: db
      .selectFrom('analytics.inspection')
      .select(['service_id', 'service', 'inspection_id', 'is_synthetic'])
      .orderBy('as_of')
      .orderBy('inspection_id'),
  });
  const inspections = groupBy(asked.inspections, (row) => row.service_id);
  const services = [...groupBy(asked.names, (row) => row.service_id)].map(([service_id, rows]): Called => {
    const { area, service_code: code, service: named } = rows[0] as (typeof rows)[0];
    const held = inspections.get(service_id) ?? [];
    const service = held[0]?.service ?? named;
    const of = (...usages: string[]) =>
      rows.filter(({ usage }) => usages.includes(usage)).map(({ name }) => name);
    const names = [service, ...of('official', 'alias')].map((name) => ({ name }));
    const authorities = of('local authority').map((name) => ({ names: [name] }));
    const dated = held.map(({ inspection_id, is_synthetic }) => ({ inspection_id, is_synthetic }));
    return { code, area, names, authorities, known: { service_id, service, area, inspections: dated } };
  });
  return registerOf(services);
}
