import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { Problem } from '../../problem.js';
import type { Bundle } from '../bundle/bundle.js';
import { didYouMean } from '../nearest.js';
import { linkAuthority } from './register.js';

/** The service that a bundle is about, or what is wrong with how it is named. */
export type FoundService = { serviceId: number; name: string } | { problem: Problem };

/**
 * Finds a bundle's service: by any of its names; else by its area, when the name speaks of that area, and then the name
 * is learnt; else, for an area that is a local authority (or when `mayAdd`), it is a service not met before.
 */
export async function findService(
  trx: Transaction<DB>,
  bundle: Bundle,
  { fieldworkStart, mayAdd }: { fieldworkStart: string; mayAdd: boolean },
): Promise<FoundService> {
  const { service } = bundle.inspection;
  const entry = typeof service === 'string' ? { name: service } : service;
  const byName = await trx
    .selectFrom('core.service_name')
    .innerJoin('core.service', 'core.service.service_id', 'core.service_name.service_id')
    .select(['core.service.service_id', 'area', 'name'])
    .where(sql<boolean>`lower(name) = lower(${entry.name})`)
    .orderBy(sql`valid @> ${fieldworkStart}::date`, 'desc')
    .executeTakeFirst();
  if (byName) {
    if (entry.area !== undefined && plain(entry.area) !== plain(byName.area)) {
      const message = `service "${entry.name}" works for ${byName.area}, not for "${entry.area}": correct the name or the area`;
      return { problem: bundle.yaml.problem(['service', 'area'], message) };
    }
    return { serviceId: byName.service_id, name: entry.name };
  }
  const { area } = entry;
  const known = await trx.selectFrom('core.service').select(['service_id', 'area', 'service_code']).execute();
  const ofArea = known.find((one) => area !== undefined && plain(one.area) === plain(area));
  if (ofArea && (speaksOf(entry.name, ofArea.area) || mayAdd)) {
    await addName(trx, ofArea.service_id, entry, 'alias');
    return { serviceId: ofArea.service_id, name: entry.name };
  }
  const authorities = await authorityNames(trx);
  const authority = area === undefined ? undefined : authorities.get(plain(area));
  const isNew =
    !ofArea && area !== undefined && (mayAdd || (authority !== undefined && speaksOf(entry.name, area)));
  if (!isNew) return { problem: await unknownService(trx, bundle, entry.name, area) };
  const worksFor = entry.local_authorities ?? (authority === undefined ? [] : [authority]);
  const strange = worksFor.findIndex((name) => !authorities.has(plain(name)));
  if (strange >= 0) {
    const names = new Set(authorities.values());
    const message = `"${worksFor[strange]}" is no local authority of England or Wales that is known${didYouMean(worksFor[strange] as string, names)}`;
    return { problem: bundle.yaml.problem(['service', 'local_authorities', strange], message) };
  }
  const { service_id } = await trx
    .insertInto('core.service')
    .values({
      service_code: freeCode(area, known),
      area,
      region: entry.region ?? null,
      note: entry.note ?? null,
    })
    .returning('service_id')
    .executeTakeFirstOrThrow();
  await addName(trx, service_id, entry, 'official');
  for (const name of worksFor) {
    await linkAuthority(trx, service_id, authorities.get(plain(name)) as string, '(,)');
  }
  return { serviceId: service_id, name: entry.name };
}

async function unknownService(
  trx: Transaction<DB>,
  bundle: Bundle,
  name: string,
  area: string | undefined,
): Promise<Problem> {
  const names = await trx.selectFrom('core.service_name').select('name').execute();
  const where = typeof bundle.inspection.service === 'string' ? ['service'] : ['service', 'name'];
  const about =
    area === undefined
      ? 'it is in no register, and no area is given'
      : `it is in no register, and does not go with area "${area}"`;
  const message =
    `unknown service "${name}"${didYouMean(
      name,
      names.map((row) => row.name),
    )}: ${about}. ` +
    'Correct the name, give service: {name, area} with a local authority of England or Wales as area, or load with --new-service';
  return bundle.yaml.problem(where, message);
}

/** The names of local authorities, by every name under which one is met, as names are compared. */
async function authorityNames(trx: Transaction<DB>): Promise<Map<string, string>> {
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

async function addName(
  trx: Transaction<DB>,
  service_id: number,
  { name, kind }: { name: string; kind?: string },
  usage: 'official' | 'alias',
): Promise<void> {
  await trx
    .insertInto('core.service_name')
    .values({ service_id, name, kind: kind ?? null, usage })
    .execute();
}

/** Text as names are compared: case, "&", punctuation and blanks do not count. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether a service's name has every word of its area's name in it. */
function speaksOf(name: string, area: string): boolean {
  const words = plain(name).split(' ');
  return plain(area)
    .split(' ')
    .every((word) => words.includes(word));
}

function freeCode(area: string, known: { service_code: string }[]): string {
  const letters = plain(area.normalize('NFD').replaceAll(/\p{M}/gu, ''));
  const code = letters.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'service';
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? code : `${code}-${suffix}`;
    if (!known.some(({ service_code }) => service_code === candidate)) return candidate;
  }
}
