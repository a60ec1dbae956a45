import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { plain } from '../../names.js';
import { didYouMean } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import type { Bundle } from '../bundle/bundle.js';
import { linkAuthority } from './register.js';

/** The services and local authorities that are known, with their names; a loader adds to it what it adds to the tables. */
export interface Register {
  services: KnownService[];
  /** A name, and the same lower-cased; ISO dates, until exclusive. */
  names: { name: string; lower: string; serviceId: number; from: string | null; until: string | null }[];
  /** The name of a local authority, by every name under which one is met, as names are compared. */
  authorities: Map<string, string>;
}

export interface KnownService {
  serviceId: number;
  code: string;
  area: string;
  isSynthetic: boolean;
}

/** The service that a bundle is about, under the name that it gives. */
export interface FoundService extends KnownService {
  name: string;
}

/** What has to be done that a bundle's service is known: nothing, to learn a name of it, or to add it. */
export type Resolution =
  | { found: KnownService; learn?: ServiceEntry; name: string }
  | { add: ServiceEntry & { area: string }; worksFor: string[]; isSynthetic: boolean; name: string }
  | { problem: Problem };

type ServiceEntry = Exclude<Bundle['inspection']['service'], string>;

/** Reads all services that are known. */
export async function readRegister(trx: Transaction<DB>): Promise<Register> {
  const [services, names, authorities] = await Promise.all([
    selectServices(trx).execute(),
    selectNames(trx).execute(),
    authorityNames(trx),
  ]);
  return { services, names: names.map(withLower), authorities };
}

/** Of the register, what has to do with a name: the services that have or had it, with that name alone. */
export async function readHolders(trx: Transaction<DB>, name: string): Promise<Register> {
  const names = await selectNames(trx)
    .where(sql<string>`lower(name)`, '=', sql<string>`lower(${name})`)
    .execute();
  const ids = names.map(({ serviceId }) => serviceId);
  const services = ids.length === 0 ? [] : await selectServices(trx).where('service_id', 'in', ids).execute();
  return { services, names: names.map(withLower), authorities: new Map() };
}

const selectServices = (trx: Transaction<DB>) =>
  trx
    .selectFrom('core.service')
    .select(['service_id as serviceId', 'service_code as code', 'area', 'is_synthetic as isSynthetic']);

const selectNames = (trx: Transaction<DB>) =>
  trx
    .selectFrom('core.service_name')
    .select([
      'name',
      'service_id as serviceId',
      sql<string | null>`lower(valid)`.as('from'),
      sql<string | null>`upper(valid)`.as('until'),
    ]);

const withLower = <Row extends { name: string }>(row: Row) => ({ ...row, lower: row.name.toLowerCase() });

/**
 * Finds a bundle's service: by any of its names; else by its area, when the name speaks of that area, and then the name
 * is to be learnt; else, for an area that is a local authority (or when `mayAdd`, or when the inspection is invented),
 * it is a service not met before.
 */
export function resolveService(
  register: Register,
  { inspection, yaml }: Pick<Bundle, 'inspection' | 'yaml'>,
  { fieldworkStart, mayAdd }: { fieldworkStart: string; mayAdd: boolean },
): Resolution {
  const { service, synthetic = false } = inspection;
  const entry = typeof service === 'string' ? { name: service } : service;
  const { area } = entry;
  const problem = (path: (string | number)[], message: string) => ({ problem: yaml.problem(path, message) });
  const byName = findByName(register, entry.name, fieldworkStart);
  if (byName) {
    if (byName.isSynthetic && !synthetic) {
      const message = `"${entry.name}" is an invented service: a real inspection can't be of it (synthetic: true says that this one is invented)`;
      return problem(['service'], message);
    }
    if (area !== undefined && plain(area) !== plain(byName.area)) {
      const message = `service "${entry.name}" works for ${byName.area}, not for "${area}": correct the name or the area`;
      return problem(['service', 'area'], message);
    }
    return { found: byName, name: entry.name };
  }
  const ofArea = register.services.find(
    (one) => area !== undefined && plain(one.area) === plain(area) && (synthetic || !one.isSynthetic),
  );
  if (ofArea && (speaksOf(entry.name, ofArea.area) || mayAdd))
    return { found: ofArea, learn: entry, name: entry.name };
  const authority = area === undefined ? undefined : register.authorities.get(plain(area));
  const isInvented = synthetic && authority === undefined;
  if (
    ofArea ||
    area === undefined ||
    !(mayAdd || isInvented || (authority !== undefined && speaksOf(entry.name, area)))
  ) {
    const where = typeof service === 'string' ? ['service'] : ['service', 'name'];
    return problem(where, unknownService(register, entry.name, area));
  }
  const worksFor = entry.local_authorities ?? (authority === undefined ? [] : [authority]);
  const strange = worksFor.findIndex((name) => !register.authorities.has(plain(name)));
  if (strange >= 0) {
    const names = new Set(register.authorities.values());
    const message = `"${worksFor[strange]}" is no local authority of England or Wales that is known${didYouMean(worksFor[strange] as string, names)}`;
    return problem(['service', 'local_authorities', strange], message);
  }
  return { add: { ...entry, area }, worksFor, isSynthetic: isInvented, name: entry.name };
}

/** Does what a resolution asks for, in the tables and in the register. */
export async function settleService(
  trx: Transaction<DB>,
  register: Register,
  resolution: Sound,
): Promise<FoundService> {
  const { name } = resolution;
  if ('found' in resolution) {
    const { found, learn } = resolution;
    if (learn) await addNames(trx, register, [{ serviceId: found.serviceId, entry: learn, usage: 'alias' }]);
    return { ...found, name };
  }
  await addServices(trx, register, [resolution]);
  return { ...(register.services.at(-1) as KnownService), name };
}

/** A resolution in which nothing is wrong. */
export type Sound = Exclude<Resolution, { problem: Problem }>;

/** Adds services that are not known, in the tables and in the register; the same area is added once. */
export async function addServices(
  trx: Transaction<DB>,
  register: Register,
  additions: readonly Extract<Resolution, { add: unknown }>[],
): Promise<void> {
  const byArea = new Map(additions.map((addition) => [plain(addition.add.area), addition]));
  if (byArea.size === 0) return;
  const added = [...byArea.values()].map((addition) => {
    const service = {
      serviceId: 0,
      code: freeCode(addition.add.area, register.services),
      area: addition.add.area,
      isSynthetic: addition.isSynthetic,
    };
    register.services.push(service);
    return { ...addition, service };
  });
  const rows = await trx
    .insertInto('core.service')
    .values(
      added.map(({ add, service }) => ({
        service_code: service.code,
        area: service.area,
        region: add.region ?? null,
        note: add.note ?? null,
        is_synthetic: service.isSynthetic,
      })),
    )
    .returning(['service_id', 'service_code'])
    .execute();
  const ids = new Map(rows.map(({ service_code, service_id }) => [service_code, service_id]));
  for (const { service } of added) service.serviceId = ids.get(service.code) as number;
  await addNames(
    trx,
    register,
    added.map(({ service: { serviceId }, add }) => ({ serviceId, entry: add, usage: 'official' as const })),
  );
  for (const { service, worksFor } of added) {
    for (const authority of worksFor) {
      const name = register.authorities.get(plain(authority)) as string;
      await linkAuthority(trx, service.serviceId, name, '(,)');
    }
  }
}

/** The service of a name, the one that had it on that day first. */
export function findByName(register: Register, name: string, day: string): KnownService | undefined {
  const wanted = name.toLowerCase();
  const holders = register.names.filter((row) => row.lower === wanted);
  const holder =
    holders.find(({ from, until }) => (from ?? '') <= day && day < (until ?? '9999')) ?? holders[0];
  return register.services.find(({ serviceId }) => serviceId === holder?.serviceId);
}

function unknownService(register: Register, name: string, area: string | undefined): string {
  const about =
    area === undefined
      ? 'it is in no register, and no area is given'
      : `it is in no register, and does not go with area "${area}"`;
  const names = register.names.map((row) => row.name);
  return (
    `unknown service "${name}"${didYouMean(name, names)}: ${about}. ` +
    'Correct the name, give service: {name, area} with a local authority of England or Wales as area, or load with --new-service'
  );
}

/** The name of a local authority, by every name under which one is met, as names are compared. */
export async function authorityNames(trx: Transaction<DB>): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('core.local_authority')
    .leftJoin(
      'core.local_authority_name',
      'core.local_authority_name.local_authority_id',
      'core.local_authority.local_authority_id',
    )
    .select(['core.local_authority.name as name', 'core.local_authority_name.name as other'])
    .execute();
  const names = new Map<string, string>();
  for (const { name, other } of rows) if (other !== null) names.set(plain(other), name);
  for (const { name } of rows) names.set(plain(name), name);
  return names;
}

async function addNames(
  trx: Transaction<DB>,
  register: Register,
  names: { serviceId: number; entry: ServiceEntry; usage: 'official' | 'alias' }[],
): Promise<void> {
  await trx
    .insertInto('core.service_name')
    .values(
      names.map(({ serviceId, entry: { name, kind }, usage }) => ({
        service_id: serviceId,
        name,
        kind: kind ?? null,
        usage,
      })),
    )
    .execute();
  for (const { serviceId, entry } of names) {
    const { name } = entry;
    register.names.push({ name, lower: name.toLowerCase(), serviceId, from: null, until: null });
  }
}

/** Whether a service's name has every word of its area's name in it. */
export function speaksOf(name: string, area: string): boolean {
  const words = plain(name).split(' ');
  return plain(area)
    .split(' ')
    .every((word) => words.includes(word));
}

function freeCode(area: string, known: { code: string }[]): string {
  const letters = plain(area.normalize('NFD').replaceAll(/\p{M}/gu, ''));
  const code = letters.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'service';
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? code : `${code}-${suffix}`;
    if (!known.some((service) => service.code === candidate)) return candidate;
  }
}
