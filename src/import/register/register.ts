import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { firstDay, type Period, type Precision, precisionOf } from '../../days.js';
import type { YamlFile } from '../files/yaml-file.js';
import { type AuthorityEntry, authoritiesIn, servicesIn, worksFor } from './files.js';

/** A period as the tables keep it: days, and how exactly they are known. */
export function storedPeriod({ from, until }: Period): {
  valid: string;
  from_precision: Precision;
  until_precision: Precision;
} {
  const day = (date: string | null | undefined) => (date == null ? '' : firstDay(date));
  const precision = (date: string | null | undefined) => (date == null ? 'day' : precisionOf(date));
  return {
    valid: `[${day(from)},${day(until)})`,
    from_precision: precision(from),
    until_precision: precision(until),
  };
}

/** Brings the local authorities to what the register says. They keep their keys. Throws a UserError with every problem of the file. */
export async function writeAuthorities(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  const entries = authoritiesIn(yaml);
  for (const entry of entries) {
    const { name, ons_code, region, nation, police_area } = entry;
    const { valid } = storedPeriod(entry);
    const row = {
      ...{ name, region, nation, police_area, valid },
      authority_type: entry.type,
      dfe_la_code: entry.dfe_la_code ?? null,
    };
    const { local_authority_id } = await trx
      .insertInto('core.local_authority')
      .values({ ons_code, ...row })
      .onConflict((conflict) => conflict.column('ons_code').doUpdateSet(row))
      .returning('local_authority_id')
      .executeTakeFirstOrThrow();
    await trx
      .deleteFrom('core.local_authority_name')
      .where('local_authority_id', '=', local_authority_id)
      .execute();
    const others = (entry.other_names ?? []).map((other) => ({ local_authority_id, name: other }));
    if (others.length > 0) await trx.insertInto('core.local_authority_name').values(others).execute();
  }
}

/** The local authorities that the tables have, as their file has them. */
async function storedAuthorities(trx: Transaction<DB>): Promise<(AuthorityEntry & { id: number })[]> {
  const rows = await trx
    .selectFrom('core.local_authority')
    .selectAll()
    .select([sql<string | null>`lower(valid)`.as('from'), sql<string | null>`upper(valid)`.as('until')])
    .execute();
  return rows.map(({ local_authority_id, authority_type, dfe_la_code, from, until, ...row }) => ({
    id: local_authority_id,
    name: row.name,
    ons_code: row.ons_code,
    type: authority_type,
    region: row.region,
    nation: row.nation,
    police_area: row.police_area,
    ...(dfe_la_code !== null && { dfe_la_code }),
    ...(from !== null && { from }),
    ...(until !== null && { until }),
  }));
}

/**
 * Brings the known services to what the register says. They keep their keys, and names learnt from bundles. Throws a UserError
 * with every problem of the file.
 */
export async function writeServices(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  const authorities = await storedAuthorities(trx);
  const { services, successions } = servicesIn(yaml, authorities);
  const ids = new Map<string, number>();
  for (const entry of services) {
    const works = worksFor(entry, authorities);
    const one = (of: 'region' | 'nation') => {
      const all = new Set(works.map(({ authority }) => authority[of]));
      return entry[of] ?? (all.size === 1 ? ([...all][0] as string) : null);
    };
    const row = { area: entry.area, region: one('region'), nation: one('nation'), note: entry.note ?? null };
    const { service_id } = await trx
      .insertInto('core.service')
      .values({ service_code: entry.code, ...row })
      .onConflict((conflict) => conflict.column('service_code').doUpdateSet(row))
      .returning('service_id')
      .executeTakeFirstOrThrow();
    ids.set(entry.code, service_id);
    const names = [
      ...(entry.names ?? []).map((name) => ({ ...name, usage: 'official' })),
      ...(entry.aliases ?? []).map((name) => ({ name, usage: 'alias', kind: undefined })),
    ];
    await trx
      .deleteFrom('core.service_name')
      .where('service_id', '=', service_id)
      .where((where) =>
        where.or([
          where('usage', '=', 'official'),
          where(sql<string>`lower(name)`, 'in', ['', ...names.map(({ name }) => name.toLowerCase())]),
        ]),
      )
      .execute();
    if (names.length > 0)
      await trx
        .insertInto('core.service_name')
        .values(
          names.map(({ name, kind, usage, ...period }) => ({
            ...{ service_id, name, usage },
            kind: kind ?? null,
            ...storedPeriod(period),
          })),
        )
        .execute();
    await trx.deleteFrom('core.service_authority').where('service_id', '=', service_id).execute();
    const links = works.map(({ authority, ...period }) => ({
      service_id,
      local_authority_id: authority.id,
      ...storedPeriod(period),
    }));
    await trx.insertInto('core.service_authority').values(links).execute();
  }
  await trx
    .deleteFrom('core.service_succession')
    .where('successor_id', 'in', [...ids.values()])
    .execute();
  if (successions.length === 0) return;
  await trx
    .insertInto('core.service_succession')
    .values(
      successions.map(({ predecessor, successor, on, note }) => ({
        predecessor_id: ids.get(predecessor) as number,
        successor_id: ids.get(successor) as number,
        succeeded_on: firstDay(on),
        precision: precisionOf(on),
        note: note ?? null,
      })),
    )
    .execute();
}
