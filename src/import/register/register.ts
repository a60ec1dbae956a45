import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { YamlFile } from '../files/yaml-file.js';
import { checkAuthorities, checkServices } from './check-register.js';

export interface Dated {
  from?: string;
  until?: string;
}

export interface AuthorityEntry extends Dated {
  name: string;
  other_names?: string[];
  nation: string;
  region: string;
  kind: string;
}

export interface ServiceEntry {
  code: string;
  area: string;
  region?: string;
  note?: string;
  names: ({ name: string; kind?: string; usage?: 'official' | 'alias' } & Dated)[];
  local_authorities: ({ name: string } & Dated)[];
}

export interface SuccessionEntry {
  predecessor: string;
  successor: string;
  on: string | number;
  note?: string;
}

const range = ({ from, until }: Dated) => `[${from ?? ''},${until ?? ''})`;

/** Brings the local authorities to what the register says. They keep their keys. Throws a UserError with every problem of the file. */
export async function writeAuthorities(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  checkAuthorities(yaml);
  const { local_authorities } = yaml.data as { local_authorities: AuthorityEntry[] };
  for (const entry of local_authorities) {
    const valid = range(entry);
    const row = { nation: entry.nation, region: entry.region, kind: entry.kind };
    const found = await trx
      .updateTable('core.local_authority')
      .set(row)
      .where('name', '=', entry.name)
      .where(sql<boolean>`valid = ${valid}::daterange`)
      .returning('local_authority_id')
      .executeTakeFirst();
    const { local_authority_id } =
      found ??
      (await trx
        .insertInto('core.local_authority')
        .values({ name: entry.name, valid, ...row })
        .returning('local_authority_id')
        .executeTakeFirstOrThrow());
    await trx
      .deleteFrom('core.local_authority_name')
      .where('local_authority_id', '=', local_authority_id)
      .execute();
    for (const name of entry.other_names ?? []) {
      await trx.insertInto('core.local_authority_name').values({ local_authority_id, name }).execute();
    }
  }
}

/**
 * Brings the known services to what the register says. They keep their keys, and names learnt from bundles. Throws a UserError
 * with every problem of the file.
 */
export async function writeServices(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  await checkServices(trx, yaml);
  const { services, successions } = yaml.data as { services: ServiceEntry[]; successions: SuccessionEntry[] };
  const ids = new Map<string, number>();
  for (const entry of services) {
    const row = { area: entry.area, region: entry.region ?? null, note: entry.note ?? null };
    const { service_id } = await trx
      .insertInto('core.service')
      .values({ service_code: entry.code, ...row })
      .onConflict((conflict) => conflict.column('service_code').doUpdateSet(row))
      .returning('service_id')
      .executeTakeFirstOrThrow();
    ids.set(entry.code, service_id);
    await trx
      .deleteFrom('core.service_name')
      .where('service_id', '=', service_id)
      .where((where) =>
        where.or([
          where('usage', '=', 'official'),
          where(
            sql<string>`lower(name)`,
            'in',
            entry.names.map(({ name }) => name.toLowerCase()),
          ),
        ]),
      )
      .execute();
    for (const name of entry.names) {
      await trx
        .insertInto('core.service_name')
        .values({
          service_id,
          name: name.name,
          kind: name.kind ?? null,
          usage: name.usage ?? 'official',
          valid: range(name),
        })
        .execute();
    }
    await trx.deleteFrom('core.service_authority').where('service_id', '=', service_id).execute();
    for (const authority of entry.local_authorities) {
      await linkAuthority(trx, service_id, authority.name, range(authority));
    }
  }
  await trx
    .deleteFrom('core.service_succession')
    .where('successor_id', 'in', [...ids.values()])
    .execute();
  for (const { predecessor, successor, on, note } of successions) {
    const date = String(on);
    await trx
      .insertInto('core.service_succession')
      .values({
        predecessor_id: ids.get(predecessor) as number,
        successor_id: ids.get(successor) as number,
        succeeded_on: `${date}-01-01`.slice(0, 10),
        precision: date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day',
        note: note ?? null,
      })
      .execute();
  }
}

/** Notes that a service works for a local authority, named as it was called in that time. */
export async function linkAuthority(
  trx: Transaction<DB>,
  serviceId: number,
  name: string,
  valid: string,
): Promise<void> {
  await sql`
    insert into core.service_authority (service_id, local_authority_id, valid)
    select ${serviceId}::integer, local_authority_id, ${valid}::daterange
    from core.local_authority
    left join core.local_authority_name as other using (local_authority_id)
    where lower(${name}) in (lower(local_authority.name), lower(other.name))
      and local_authority.valid && ${valid}::daterange
    order by local_authority.valid desc
    limit 1
    on conflict do nothing`.execute(trx);
}
