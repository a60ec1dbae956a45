import { distance } from 'fastest-levenshtein';
import { sql } from 'kysely';
import type { Connection } from '../database/connect.js';
import { bare, plain } from '../names.js';
import { groupBy } from './group-by.js';

/** A service that is known, with its inspections. */
export interface NamedService {
  /** Key of the service; NULL where base tables are not open to us. */
  service_id: number | null;
  /** Its current name. */
  service: string;
  area: string;
  /** In order of time. */
  inspections: { inspection_id: number; is_synthetic: boolean }[];
}

/** What a name leads to: a service; several, of which one has to be named; or none, and the nearest, if any is near. */
export type ServiceSearch =
  | { found: NamedService }
  | { several: NamedService[] }
  | { nearest: NamedService[] };

/** A service with what it is called: its own names, and those of the local authorities that it works or worked for. */
interface Called extends NamedService {
  own: Spoken[];
  authorities: Spoken[];
}

/** A name as names are compared: in full, and without the words that say what kind of service it is. */
interface Spoken {
  full: string;
  bare: string;
}

/**
 * The service of a name. That may be any name that it has or had, its area, its code, a local authority, or a part of one
 * of them that is no other service's. Case, accents, "&" or "and", punctuation and the kind of service do not matter. Its
 * own names go before those of local authorities, whole names before parts; among services that a name fits alike, those
 * with inspections (invented ones when `synthetic`) go before those without. Who reads
 * schema analytics alone finds the services that were inspected, by their names then and now and by their areas.
 *
 * @example
 * const looked = await findService(db, 'hammersmith & fulham');
 * const service = 'found' in looked ? looked.found.service : undefined;
 */
export async function findService(
  db: Connection,
  name: string,
  { synthetic = false }: { synthetic?: boolean | undefined } = {},
): Promise<ServiceSearch> {
  const services = await calledServices(db);
  const wanted = spoken(name);
  const isInspected = ({ inspections }: Called) => inspections.some((one) => one.is_synthetic === synthetic);
  for (const fits of [isOwn(isWhole), isAuthority(isWhole), isOwn(isPart), isAuthority(isPart)]) {
    const fitting = services.filter((service) => fits(service, wanted));
    const inspected = fitting.filter(isInspected);
    const [first, ...others] = (inspected.length > 0 ? inspected : fitting).map(withoutNames);
    if (first) return others.length === 0 ? { found: first } : { several: [first, ...others] };
  }
  return { nearest: nearest(services.filter(isInspected), wanted).map(withoutNames) };
}

/**
 * Every service that a name or a part of one may mean, compared as `findService` does: by its own names, else by those of
 * local authorities.
 *
 * @example
 * const services = await servicesNamed(db, 'london');
 */
export async function servicesNamed(db: Connection, part: string): Promise<NamedService[]> {
  const services = await calledServices(db);
  const wanted = spoken(part);
  const own = services.filter((service) => isOwn(isPart)(service, wanted));
  const found = own.length > 0 ? own : services.filter((service) => isAuthority(isPart)(service, wanted));
  return found.map(withoutNames);
}

type Fits = (name: Spoken, wanted: Spoken) => boolean;

const isWhole: Fits = (name, wanted) => name.bare === wanted.bare;

// "Wigan Youth" is a part of a name in full, "gan YOS" one of a name without its kind.
const isPart: Fits = (name, wanted) =>
  wanted.bare !== '' && (name.full.includes(wanted.full) || name.bare.includes(wanted.bare));

const isOwn =
  (fits: Fits) =>
  ({ own }: Called, wanted: Spoken) =>
    own.some((name) => fits(name, wanted));

const isAuthority =
  (fits: Fits) =>
  ({ authorities }: Called, wanted: Spoken) =>
    authorities.some((name) => fits(name, wanted));

/** Words around the name of a place that say what governs it. */
const council =
  /^(?:the )?(?:london |royal |metropolitan )?borough of | (?:(?:city|county|borough) )?council$/g;

function spoken(name: string): Spoken {
  const letters = name
    .normalize('NFD')
    .replaceAll(/\p{M}|['’]/gu, '')
    .toLowerCase();
  const full = plain(letters);
  return { full: withoutAnd(full), bare: withoutAnd(bare(letters).replaceAll(council, '')) };
}

const withoutAnd = (text: string) =>
  text
    .split(' ')
    .filter((word) => word !== 'and')
    .join(' ');

/** Up to three services that may have been meant: those with a name, or a word of their area's, that few letters turn into it. */
function nearest(services: readonly Called[], wanted: Spoken): Called[] {
  return services
    .map((service) => {
      const names = service.own.map((name) => name.bare);
      const words = spoken(service.area).bare.split(' ');
      const steps = [...names, ...words].flatMap((candidate) => {
        const changes = distance(wanted.bare, candidate);
        return changes <= Math.floor(candidate.length / 3) ? changes : [];
      });
      return { service, steps: Math.min(...steps) };
    })
    .filter(({ steps }) => Number.isFinite(steps))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, 3)
    .map(({ service }) => service);
}

const withoutNames = ({ service_id, service, area, inspections }: Called): NamedService => ({
  service_id,
  service,
  area,
  inspections,
});

async function calledServices(db: Connection): Promise<Called[]> {
  const { rows } = await sql<{ is_open: boolean }>`
    select has_schema_privilege('core', 'usage') as is_open`.execute(db);
  return rows[0]?.is_open ? servicesOfRegister(db) : inspectedServices(db);
}

async function inspectedServices(db: Connection): Promise<Called[]> {
  const rows = await db
    .selectFrom('analytics.inspection')
    .select(['inspection_id', 'service', 'area', 'service_at_inspection', 'is_synthetic'])
    .orderBy(sql`coalesce(fieldwork_start, published, make_date(year, 1, 1))`)
    .orderBy('inspection_id')
    .execute();
  const held = groupBy(rows, ({ service }) => service);
  return [...held].map(([name, of]) => {
    const service = name as string;
    const area = of[0]?.area as string;
    return {
      service_id: null,
      service,
      area,
      inspections: of.map((one) => ({
        inspection_id: one.inspection_id as number,
        is_synthetic: one.is_synthetic as boolean,
      })),
      own: [service, area, ...of.flatMap((one) => one.service_at_inspection ?? [])].map(spoken),
      authorities: [],
    };
  });
}

async function servicesOfRegister(db: Connection): Promise<Called[]> {
  const services = await db
    .selectFrom('core.service')
    .select(['service_id', 'service_code', 'area'])
    .orderBy('area')
    .orderBy('service_id')
    .execute();
  const names = groupBy(
    await db
      .selectFrom('core.service_name')
      .select(['service_id', 'name'])
      .orderBy('usage', 'desc')
      .orderBy(sql`upper(valid)`, (order) => order.desc().nullsFirst())
      .execute(),
    (row) => row.service_id,
  );
  const authorities = groupBy(
    await db
      .selectFrom('core.service_authority as works')
      .innerJoin(
        'core.local_authority as authority',
        'authority.local_authority_id',
        'works.local_authority_id',
      )
      .leftJoin(
        'core.local_authority_name as other',
        'other.local_authority_id',
        'authority.local_authority_id',
      )
      .select(['works.service_id', 'authority.name', 'other.name as other'])
      .execute(),
    (row) => row.service_id,
  );
  const inspections = groupBy(
    await db
      .selectFrom('rating.inspection_key')
      .select(['service_id', 'service', 'inspection_id', 'is_synthetic'])
      .orderBy(sql`coalesce(fieldwork_start, published, make_date(year, 1, 1))`)
      .orderBy('inspection_id')
      .execute(),
    (row) => row.service_id,
  );
  return services.map(({ service_id, service_code, area }) => {
    const called = (names.get(service_id) ?? []).map(({ name }) => name);
    const of = authorities.get(service_id) ?? [];
    const held = inspections.get(service_id) ?? [];
    const service = held[0]?.service ?? called[0] ?? area;
    return {
      service_id,
      service,
      area,
      inspections: held.map((one) => ({
        inspection_id: one.inspection_id as number,
        is_synthetic: one.is_synthetic as boolean,
      })),
      own: [service, ...called, area, service_code].map(spoken),
      authorities: of.flatMap(({ name, other }) => (other === null ? [name] : [name, other])).map(spoken),
    };
  });
}
