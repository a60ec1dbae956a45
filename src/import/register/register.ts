import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { firstDay, type Period, type Precision, precisionOf } from '../../days.js';
import type { YamlFile } from '../files/yaml-file.js';
import { put } from '../put.js';
import { authoritiesIn, servicesIn } from './check-register.js';
import type { AuthorityEntry } from './entries.js';
import { worksFor } from './files.js';

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
  await put(
    trx,
    'core.local_authority',
    entries.map((entry) => ({
      name: entry.name,
      ons_code: entry.ons_code,
      dfe_la_code: entry.dfe_la_code ?? null,
      authority_type: entry.type,
      region: entry.region,
      nation: entry.nation,
      police_area: entry.police_area,
      valid: storedPeriod(entry).valid,
    })),
    ['ons_code'],
  );
  const codes = entries.map(({ ons_code }) => ons_code);
  const written = await trx
    .selectFrom('core.local_authority')
    .select(['local_authority_id', 'ons_code'])
    .where('ons_code', 'in', codes)
    .execute();
  const ids = new Map(written.map(({ ons_code, local_authority_id }) => [ons_code, local_authority_id]));
  await trx
    .deleteFrom('core.local_authority_name')
    .where('local_authority_id', 'in', [...ids.values()])
    .execute();
  const others = entries.flatMap(({ ons_code, other_names = [] }) =>
    other_names.map((name) => ({ local_authority_id: ids.get(ons_code) as number, name })),
  );
  await put(trx, 'core.local_authority_name', others);
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

/** What all have in common; null where they differ. */
const onlyOne = (all: string[]): string | null => {
  const [first, ...others] = new Set(all);
  return others.length === 0 ? (first ?? null) : null;
};

/**
 * Brings the known services to what the register says. They keep their keys, and names learnt from bundles. Throws a UserError
 * with every problem of the file.
 */
export async function writeServices(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  const authorities = await storedAuthorities(trx);
  const { services, successions } = servicesIn(yaml, authorities);
  const known = services.map((entry) => ({ entry, works: worksFor(entry, authorities) }));
  await put(
    trx,
    'core.service',
    known.map(({ entry, works }) => ({
      service_code: entry.code,
      area: entry.area,
      region: entry.region ?? onlyOne(works.map(({ authority }) => authority.region)),
      nation: entry.nation ?? onlyOne(works.map(({ authority }) => authority.nation)),
      note: entry.note ?? null,
    })),
    ['service_code'],
  );
  const written = await trx
    .selectFrom('core.service')
    .select(['service_id', 'service_code'])
    .where(
      'service_code',
      'in',
      known.map(({ entry }) => entry.code),
    )
    .execute();
  const ids = new Map(written.map(({ service_code, service_id }) => [service_code, service_id]));
  const idOf = (code: string) => ids.get(code) as number;
  const names = services.flatMap(({ code, names: official = [], aliases = [] }) => [
    ...official.map(({ name, kind, ...period }) => ({
      ...{ service_id: idOf(code), name, usage: 'official', kind: kind ?? null },
      ...storedPeriod(period),
    })),
    ...aliases.map((name) => ({
      ...{ service_id: idOf(code), name, usage: 'alias', kind: null },
      ...storedPeriod({}),
    })),
  ]);
  await trx
    .deleteFrom('core.service_name')
    .where('service_id', 'in', [...ids.values()])
    .where((where) =>
      where.or([
        where('usage', '=', 'official'),
        where(sql<string>`lower(name)`, 'in', ['', ...names.map(({ name }) => name.toLowerCase())]),
      ]),
    )
    .execute();
  await put(trx, 'core.service_name', names);
  await trx
    .deleteFrom('core.service_authority')
    .where('service_id', 'in', [...ids.values()])
    .execute();
  const links = known.flatMap(({ entry, works }) =>
    works.map(({ authority, from, until }) => ({
      service_id: idOf(entry.code),
      local_authority_id: authority.id,
      ...storedPeriod({ from, until }),
    })),
  );
  await put(trx, 'core.service_authority', links);
  await trx
    .deleteFrom('core.service_succession')
    .where('successor_id', 'in', [...ids.values()])
    .execute();
  await put(
    trx,
    'core.service_succession',
    successions.map(({ predecessor, successor, on, note }) => ({
      predecessor_id: idOf(predecessor),
      successor_id: idOf(successor),
      succeeded_on: firstDay(on),
      precision: precisionOf(on),
      note: note ?? null,
    })),
  );
}
