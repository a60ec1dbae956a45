import { type RawBuilder, sql, type Transaction } from 'kysely';
import { rowsAsJson } from '../../database/at-one-moment.js';
import type { DB } from '../../database/schema.js';
import type { Problem } from '../../problem.js';
import {
  type CalledService,
  mayMean,
  registerOf,
  resolve,
  type Register as Services,
} from '../../services/resolve.js';
import { placeOf, spoken } from '../../services/spoken.js';
import type { Bundle } from '../bundle/bundle.js';

/** A service that the tables have. */
export interface KnownService extends CalledService {
  serviceId: number;
  isSynthetic: boolean;
}

/** The services that the tables have, by their names. A loader adds to it what it adds to the tables. */
export interface Register {
  services: Services<KnownService>;
}

/** The service that a bundle is about, under the name that it gives. */
export interface FoundService extends Pick<KnownService, 'serviceId' | 'code' | 'area' | 'isSynthetic'> {
  name: string;
}

/** What has to be done that a bundle's service is known: nothing, to learn a name of it, or to add it. */
export type Resolution =
  | { found: KnownService; learn?: ServiceEntry; name: string; remark?: string | undefined }
  | { add: ServiceEntry & { area: string }; isSynthetic: boolean; name: string }
  | { problem: Problem };

type ServiceEntry = Exclude<Bundle['inspection']['service'], string>;

/** Reads all services that are known. */
export const readRegister = async (trx: Transaction<DB>): Promise<Register> => ({
  services: await readServices(trx, sql`true`),
});

/** Reads those services alone that have or had just this name. They may be many less than all. */
export const readServicesNamed = async (trx: Transaction<DB>, name: string): Promise<Register> => ({
  services: await readServices(
    trx,
    sql`service_id in (select service_id from core.service_name where lower(name) = lower(${name}))`,
  ),
});

/** Services with their names and authorities, for the time for which each held, as exactly as that is known. */
async function readServices(
  trx: Transaction<DB>,
  wanted: RawBuilder<unknown>,
): Promise<Services<KnownService>> {
  const known = (end: string, precision: string) =>
    sql`left(${sql.raw(end)}(valid)::text, case ${sql.ref(precision)} when 'year' then 4 when 'month' then 7 else 10 end)`;
  const period = sql`'from', ${known('lower', 'from_precision')}, 'until', ${known('upper', 'until_precision')}`;
  const services = await rowsAsJson(
    trx,
    sql<KnownService>`
      select
        service_id as "serviceId", service_code as code, area, is_synthetic as "isSynthetic",
        array(
          select json_build_object('name', name, ${period})
          from core.service_name as own where own.service_id = service.service_id) as names,
        array(
          select json_build_object('names', array(
              select unnest(array[name, ons_code]) from core.local_authority where local_authority_id = works.local_authority_id
              union all
              select name from core.local_authority_name where local_authority_id = works.local_authority_id), ${period})
          from core.service_authority as works where works.service_id = service.service_id) as authorities
      from core.service where ${wanted} order by service_id`,
  );
  return registerOf(services);
}

/**
 * Finds a bundle's service: by its name; else by its area, when the name speaks of that area, and then the name is to be
 * learnt; else, when `mayAdd` or when the inspection is invented, it is a service not met before.
 */
export function resolveService(
  { services }: Register,
  { inspection, yaml, isListed = false }: Pick<Bundle, 'inspection' | 'yaml' | 'isListed'>,
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
  const [beside, place] = isListed
    ? ['', 'a local authority of England or Wales']
    : [
        area === undefined ? '' : `, and does not go with area "${area}"`,
        'service: {name, area} with a local authority of England or Wales as area',
      ];
  const message = `unknown service "${name}"${near ? ` (did you mean "${near.name}"?)` : ''}: it is in no register${beside}`;
  return refused(`${message}. Correct the name, give ${place}, or load with --new-service`, 'name');
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

/** Does what a resolution asks for, in the tables and in the register. */
export async function settleService(
  trx: Transaction<DB>,
  register: Register,
  resolution: Sound,
): Promise<FoundService> {
  const { name } = resolution;
  if ('add' in resolution) {
    const [added] = await addServices(trx, register, [resolution]);
    return { ...(added as KnownService), name };
  }
  const { found, learn } = resolution;
  if (learn) {
    await addNames(trx, [{ serviceId: found.serviceId, entry: learn }], 'alias');
    const learnt = { ...found, names: [...found.names, { name: learn.name }] };
    register.services = registerOf(register.services.services.map((one) => (one === found ? learnt : one)));
  }
  return { ...found, name };
}

/** Adds services that are not known, in the tables and in the register; the same area is added once. */
export async function addServices(
  trx: Transaction<DB>,
  register: Register,
  additions: readonly Extract<Resolution, { add: unknown }>[],
): Promise<KnownService[]> {
  const byArea = new Map(additions.map((addition) => [spoken(addition.add.area).bare, addition]));
  if (byArea.size === 0) return [];
  const codes = new Set(register.services.services.map(({ code }) => code));
  const wanted = [...byArea.values()].map((addition) => {
    const code = freeCode(addition.add.area, codes);
    codes.add(code);
    return { ...addition, code };
  });
  const rows = await trx
    .insertInto('core.service')
    .values(
      wanted.map(({ add, code, isSynthetic }) => ({
        ...{ service_code: code, area: add.area, is_synthetic: isSynthetic },
        ...{ region: add.region ?? null, note: add.note ?? null },
      })),
    )
    .returning(['service_id', 'service_code'])
    .execute();
  const ids = new Map(rows.map(({ service_code, service_id }) => [service_code, service_id]));
  const added = wanted.map((one) => ({ ...one, serviceId: ids.get(one.code) as number }));
  await addNames(
    trx,
    added.map(({ serviceId, add }) => ({ serviceId, entry: add })),
    'official',
  );
  const known = added.map(
    ({ serviceId, code, add, isSynthetic }): KnownService => ({
      ...{ serviceId, code, area: add.area, isSynthetic },
      names: [{ name: add.name }],
      authorities: [],
    }),
  );
  register.services = registerOf([...register.services.services, ...known]);
  return known;
}

const addNames = (
  trx: Transaction<DB>,
  names: { serviceId: number; entry: ServiceEntry }[],
  usage: 'official' | 'alias',
) =>
  trx
    .insertInto('core.service_name')
    .values(
      names.map(({ serviceId: service_id, entry: { name, kind = null } }) => ({
        service_id,
        name,
        usage,
        kind,
      })),
    )
    .execute();

function freeCode(area: string, taken: ReadonlySet<string>): string {
  const letters = area.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('&', ' and ');
  const code = letters.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'service';
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? code : `${code}-${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}
