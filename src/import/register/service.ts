import { type Insertable, type RawBuilder, sql, type Transaction } from 'kysely';
import { rowsAsJson } from '../../database/at-one-moment.js';
import type { DB } from '../../database/schema.js';
import type { Problem } from '../../problem.js';
import {
  type CalledService,
  enter,
  enterName,
  mayMean,
  registerOf,
  resolve,
  type Register as Services,
} from '../../services/resolve.js';
import { placeOf, spoken } from '../../services/spoken.js';
import type { Bundle } from '../bundle/bundle.js';
import type { ServiceEntry } from '../bundle/inspection-file.js';
import { put, type Row } from '../put.js';

/** A service that the tables have. */
export interface KnownService extends CalledService {
  serviceId: number;
  isSynthetic: boolean;
}

/** The services that the tables have, by their names. */
export type Register = Services<KnownService>;

/** The service that a bundle is about, under the name that it gives. */
export interface FoundService extends Pick<KnownService, 'serviceId' | 'code' | 'area' | 'isSynthetic'> {
  name: string;
}

/** What has to be done that a bundle's service is known: nothing, to learn a name of it, or to add it. */
export type Resolution =
  | { found: KnownService; learn?: ServiceEntry; name: string; remark?: string | undefined }
  | { add: ServiceEntry & { area: string }; isSynthetic: boolean; name: string }
  | { problem: Problem };

/** Reads all services that are known. */
export const readRegister = (trx: Transaction<DB>): Promise<Register> => readServices(trx, sql`true`);

/** Reads those services alone that have or had just this name. They may be many less than all. */
export const readServicesNamed = (trx: Transaction<DB>, name: string): Promise<Register> =>
  readServices(
    trx,
    sql`service_id in (select service_id from core.service_name where lower(name) = lower(${name}))`,
  );

async function readServices(trx: Transaction<DB>, wanted: RawBuilder<unknown>): Promise<Register> {
  const services = await rowsAsJson(
    trx,
    sql<KnownService>`
      select service_id as "serviceId", code, area, is_synthetic as "isSynthetic", names, authorities
      from rating.called_service where ${wanted} order by service_id`,
  );
  return registerOf(services);
}

/**
 * Finds a bundle's service: by its name; else by its area, when the name speaks of that area, and then the name is to be
 * learnt; else, when `mayAdd` or when the inspection is invented, it is a service not met before.
 */
export function resolveService(
  services: Register,
  { inspection, yaml }: Pick<Bundle, 'inspection' | 'yaml'>,
  { day, mayAdd }: { day: string | undefined; mayAdd: boolean },
): Resolution {
  const { service, synthetic = false } = inspection;
  const entry = typeof service === 'string' ? { name: service } : service;
  const { name, area } = entry;
  const refused = (message: string, ...path: (string | number)[]) => ({
    problem: yaml.problem(['service', ...path], message),
  });
  const mayBe = (one: KnownService) => synthetic || !one.isSynthetic;
  const byName = resolve(services, name, day);
  const byArea = area === undefined || !('nearest' in byName) ? undefined : resolve(services, area, day);
  for (const [called, resolved] of [[name, byName] as const, [area, byArea] as const])
    if (resolved && 'several' in resolved) {
      const areas = resolved.several.filter(mayBe).map((one) => one.area);
      return refused(
        `"${called}" may be several services: ${areas.join(', ')}. Name the one that is meant`,
        'name',
      );
    }
  if ('found' in byName) {
    const { found, remark } = byName;
    if (!mayBe(found))
      return refused(
        `"${name}" is an invented service: a real inspection can't be of it (synthetic: true, or --synthetic for a table, says that this one is invented)`,
      );
    if (area === undefined || mayMean(services, area, found)) return { found, name, remark };
    return refused(
      `service "${name}" works for ${found.area}, not for "${area}": correct the name or the area`,
      'area',
    );
  }
  if (byArea && 'found' in byArea) {
    const { found, remark } = byArea;
    if (mayBe(found) && (speaksOf(name, area ?? '') || mayAdd)) return { found, learn: entry, name, remark };
  } else if (area !== undefined && (mayAdd || synthetic)) {
    return { add: { ...entry, area }, isSynthetic: synthetic, name };
  }
  const [near] = 'nearest' in byName ? byName.nearest : [];
  const meant = near ? ` (did you mean "${near.name}"?)` : '';
  const beside = area === undefined ? '' : `, and does not go with area "${area}"`;
  const advice =
    'Correct the name, give its area (a local authority of England or Wales), or load with --new-service';
  return refused(`unknown service "${name}"${meant}: it is in no register${beside}. ${advice}`, 'name');
}

/** Whether a service's name has every word of its area's name in it. */
function speaksOf(name: string, area: string): boolean {
  const words = spoken(name).full.split(' ');
  return placeOf(area)
    .split(' ')
    .every((word) => words.includes(word));
}

/** A resolution in which nothing is wrong. */
export type Sound = Exclude<Resolution, { problem: Problem }>;

/** What bundles bring of services, to be written before their inspections are; and the keys that services to come may have. */
export interface BroughtServices {
  services: (Row<'core.service'> & { service_id: number })[];
  names: Insertable<DB['core.service_name']>[];
  keys: number[];
}

/** Does what a resolution asks for in the register, and notes it for the tables. */
export function settleService(register: Register, brought: BroughtServices, resolution: Sound): FoundService {
  const { name } = resolution;
  const isNew = 'add' in resolution;
  const entry = isNew ? resolution.add : resolution.learn;
  const known = isNew ? addService(register, brought, resolution) : resolution.found;
  if (entry) {
    const usage = isNew ? ('official' as const) : ('alias' as const);
    brought.names.push({ service_id: known.serviceId, name: entry.name, usage, kind: entry.kind ?? null });
    enterName(register, known, entry.name);
  }
  return { ...known, name };
}

function addService(
  register: Register,
  { services, keys }: BroughtServices,
  { add: { area, region, note }, isSynthetic }: Extract<Resolution, { add: unknown }>,
): KnownService {
  const code = freeCode(area, new Set(register.services.map((one) => one.code)));
  const serviceId = keys.shift() as number;
  services.push({ service_id: serviceId, service_code: code, area, is_synthetic: isSynthetic, region, note });
  const known: KnownService = { serviceId, code, area, isSynthetic, names: [], authorities: [] };
  enter(register, known);
  return known;
}

/** Takes keys for so many services; those that are not used are gaps. */
export async function takeServiceKeys(trx: Transaction<DB>, count: number): Promise<number[]> {
  const { rows } = await sql<{ key: number }>`
    select nextval(pg_get_serial_sequence('core.service', 'service_id')) as key
    from generate_series(1, ${count}::integer)`.execute(trx);
  return rows.map(({ key }) => key);
}

/** Writes what was brought until now. */
export async function writeServices(trx: Transaction<DB>, brought: BroughtServices): Promise<void> {
  const [services, names] = [brought.services.splice(0), brought.names.splice(0)];
  await put(trx, 'core.service', services);
  // values, not a query of what is put: names have policies for rows, and Citus would copy its rows in, which goes with none
  if (names.length > 0) await trx.insertInto('core.service_name').values(names).execute();
}

function freeCode(area: string, taken: ReadonlySet<string>): string {
  const letters = area.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('&', ' and ');
  const code = letters.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'service';
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? code : `${code}-${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}
