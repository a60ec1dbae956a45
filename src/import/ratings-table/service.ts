import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { bare, plain } from '../../names.js';
import { didYouMean } from '../../nearest.js';
import { type KnownService, type Register, readRegister, settleService } from '../register/service.js';

/** What is known of services: their names, and for which local authorities each worked when. ISO dates, until exclusive. */
export interface Services {
  register: Register;
  authorities: { serviceId: number; authority: string; from: string | null; until: string | null }[];
}

/** The service that a row is about; remark when its name alone would not say so. */
export type RowService = { service: KnownService; remark?: string } | { problem: string };

type Dated = { from: string | null; until: string | null };

const holds = ({ from, until }: Dated, day: string) => (from ?? '') <= day && day < (until ?? '9999');

export async function readServices(trx: Transaction<DB>): Promise<Services> {
  const authorities = await trx
    .selectFrom('core.service_authority')
    .innerJoin(
      'core.local_authority',
      'core.local_authority.local_authority_id',
      'core.service_authority.local_authority_id',
    )
    .select([
      'service_id as serviceId',
      'name as authority',
      sql<string | null>`lower(core.service_authority.valid)`.as('from'),
      sql<string | null>`upper(core.service_authority.valid)`.as('until'),
    ])
    .execute();
  return { register: await readRegister(trx), authorities };
}

/**
 * Finds the service of a name on a day: by a name of a service; else by its area or its local authority, the one that
 * was there on that day. A local authority whose service was not met before has it added, named as the table names it.
 */
export async function serviceOf(
  trx: Transaction<DB>,
  services: Services,
  { name, day }: { name: string; day: string },
  { newService, synthetic }: { newService: boolean; synthetic: boolean },
): Promise<RowService> {
  const { register } = services;
  const byId = (id: number) => register.services.find(({ serviceId }) => serviceId === id);
  const unique = (ids: number[]) => [...new Set(ids)].flatMap((id) => byId(id) ?? []);
  const several = (found: KnownService[], what: string) => ({
    problem: `"${name}" ${what}: ${found.map(({ area }) => area).join(', ')}. Name the one that is meant`,
  });
  const allowed = ({ isSynthetic }: KnownService) => synthetic || !isSynthetic;

  const invented = `"${name}" is an invented service: load with --synthetic`;

  const named = register.names.filter((row) => plain(row.name) === plain(name));
  const then = unique(named.filter((row) => holds(row, day)).map(({ serviceId }) => serviceId));
  if (then.length > 1) return several(then, `is the name of several services on ${day}`);
  if (then[0]) return allowed(then[0]) ? { service: then[0] } : { problem: invented };

  const area = bare(name);
  const authority = register.authorities.get(area) ?? register.authorities.get(plain(name));
  const isThere = (id: number) => {
    const names = register.names.filter(({ serviceId }) => serviceId === id);
    return names.length === 0 || names.some((row) => holds(row, day));
  };
  const ofArea = register.services.filter(
    (one) => allowed(one) && [area, plain(name)].includes(plain(one.area)),
  );
  const ofAuthority = services.authorities.filter((row) => row.authority === authority);
  const there = [
    ofArea.filter(({ serviceId }) => isThere(serviceId)),
    unique(ofAuthority.filter((row) => holds(row, day)).map(({ serviceId }) => serviceId)).filter(allowed),
  ];
  for (const found of there) {
    const [service] = found;
    if (found.length > 1) return several(found, `is served by several services on ${day}`);
    if (!service) continue;
    if (found === there[0] || plain(service.area) === plain(authority ?? '')) return { service };
    const remark = `"${name}" is taken to be the service of ${service.area}, which worked for ${authority} then`;
    return { service, remark };
  }

  // Of another time: by name, by area, and for an authority one that was to come. One of an authority that has ended was
  // followed by another, which may not have been met before.
  const ever = unique(named.map(({ serviceId }) => serviceId));
  if (ever.length > 1) return several(ever, `was the name of several services, of none on ${day}`);
  if (ever[0] && !allowed(ever[0])) return { problem: invented };
  if (ever[0]) return { service: ever[0], remark: when(name, named, day) };
  const toCome = ofAuthority.filter(({ from }) => from !== null && day < from);
  for (const found of [ofArea, unique(toCome.map(({ serviceId }) => serviceId)).filter(allowed)]) {
    const [service] = found;
    if (found.length > 1) return several(found, 'is served by several services');
    if (!service) continue;
    const remark = `"${name}" is taken to be the service of ${service.area}, which is not known to have been there on ${day}`;
    return { service, remark };
  }
  if (authority === undefined && !newService) {
    const known = new Set([
      ...register.services.map((service) => service.area),
      ...register.names.map((row) => row.name),
      ...register.authorities.values(),
    ]);
    const nearest = didYouMean(name, known) || didYouMean(area, known);
    const advice = 'Correct the name, give a local authority of England or Wales, or load with --new-service';
    return { problem: `unknown service "${name}"${nearest}: it is in no register. ${advice}` };
  }
  const found = await settleService(trx, register, {
    add: { name, area: authority ?? name },
    worksFor: authority === undefined ? [] : [authority],
    isSynthetic: authority === undefined && synthetic,
    name,
  });
  if (authority !== undefined) {
    const ended = ofAuthority.flatMap(({ until }) => until ?? []).sort();
    const from = ended.at(-1) ?? null;
    if (from !== null) await beginOn(trx, services, found.serviceId, from);
    services.authorities.push({ serviceId: found.serviceId, authority, from, until: null });
  }
  return { service: found };
}

/** Says when a name held, for a day on which it did not. */
function when(name: string, held: Dated[], day: string): string {
  const spans = held.map(({ from, until }) =>
    [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' '),
  );
  return `"${name}" is the name of a service ${spans.join(', ')}, and not on ${day}`;
}

/** Dates a service that was just added from the day on which the one before it ended. */
async function beginOn(
  trx: Transaction<DB>,
  { register }: Services,
  serviceId: number,
  day: string,
): Promise<void> {
  const valid = `[${day},)`;
  await trx.updateTable('core.service_name').set({ valid }).where('service_id', '=', serviceId).execute();
  await trx
    .updateTable('core.service_authority')
    .set({ valid })
    .where('service_id', '=', serviceId)
    .execute();
  for (const row of register.names) if (row.serviceId === serviceId) row.from = day;
}
