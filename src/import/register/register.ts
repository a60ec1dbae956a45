import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { firstDay, type Period, type Precision, precisionOf } from '../../days.js';
import type { YamlFile } from '../files/yaml-file.js';
import { put } from '../put.js';
import { type AuthorityEntry, authoritiesIn, servicesIn, worksFor } from './files.js';

/** A period as the tables keep it: days, and how exactly they are known. */
function storedPeriod({ from, until }: Period): {
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
  const ids = new Map((await storedAuthorities(trx)).map(({ ons_code, id }) => [ons_code, id]));
  const own = entries.map(({ ons_code }) => ids.get(ons_code) as number);
  await trx.deleteFrom('core.local_authority_name').where('local_authority_id', 'in', own).execute();
  const others = entries.flatMap(({ ons_code, other_names = [] }) =>
    other_names.map((name) => ({ local_authority_id: ids.get(ons_code) as number, name })),
  );
  await put(trx, 'core.local_authority_name', others);
}

/** The local authorities that the tables have, as their file has them. */
async function storedAuthorities(trx: Transaction<DB>): Promise<(AuthorityEntry & { id: number })[]> {
  const { rows } = await sql<AuthorityEntry & { id: number }>`
    select
      local_authority_id as id, name, ons_code, authority_type as type, region, nation, police_area,
      lower(valid) as from, upper(valid) as until
    from core.local_authority`.execute(trx);
  return rows;
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
  const codes = services.map(({ code }) => code);
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
    .where('service_code', 'in', codes)
    .execute();
  const ids = new Map(written.map(({ service_code, service_id }) => [service_code, service_id]));
  const all = [...ids.values()];
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
  const spelled = names.map(({ name }) => name.toLowerCase());
  await sql`
    delete from core.service_name
    where service_id = any(${all}) and (usage = 'official' or lower(name) = any(${spelled}))`.execute(trx);
  await trx.deleteFrom('core.service_authority').where('service_id', 'in', all).execute();
  await trx.deleteFrom('core.service_succession').where('successor_id', 'in', all).execute();
  const links = known.flatMap(({ entry, works }) =>
    works.map(({ authority, from, until }) => ({
      service_id: idOf(entry.code),
      local_authority_id: authority.id,
      ...storedPeriod({ from, until }),
    })),
  );
  const followed = successions.map(({ predecessor, successor, on, note = null }) => ({
    ...{ predecessor_id: idOf(predecessor), successor_id: idOf(successor), note },
    ...{ succeeded_on: firstDay(on), precision: precisionOf(on) },
  }));
  await put(trx, 'core.service_name', names);
  await put(trx, 'core.service_authority', links);
  await put(trx, 'core.service_succession', followed);
}
