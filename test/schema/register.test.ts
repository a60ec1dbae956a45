import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dbPath } from '../../src/paths.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

/** Rows of a query, each as the text of its columns. */
async function rows(query: string): Promise<string[]> {
  const result = await sql.raw<Record<string, unknown>>(query).execute(database.db);
  return result.rows.map((row) => Object.values(row).join(' | '));
}

interface Dated {
  from?: string;
  until?: string;
}

interface Services {
  services: {
    code: string;
    names: ({ name: string } & Dated)[];
    local_authorities: ({ name: string } & Dated)[];
  }[];
}

interface Authorities {
  local_authorities: ({ name: string; other_names?: string[] } & Dated)[];
}

const register = async <T>(file: string): Promise<T> =>
  parse(await readFile(dbPath('register', file), 'utf8'));

const dates = ({ from, until }: Dated) => `${from ?? ''} | ${until ?? ''}`;

describe('the register', () => {
  test('every service is there under each of its names, with their dates', async () => {
    const { services } = await register<Services>('services.yaml');
    const expected = services.flatMap(({ code, names }) =>
      names.map((name) => `${code} | ${name.name} | ${dates(name)}`),
    );
    expect(expected.length).toBeGreaterThan(15);
    expect(
      await rows(`select service_code, name, coalesce(lower(valid)::text, '') as from, coalesce(upper(valid)::text, '') as until
        from core.service join core.service_name using (service_id)`),
    ).toEqual(expect.arrayContaining(expected));
  });

  test('every service is linked to each of its local authorities, with their dates', async () => {
    const { services } = await register<Services>('services.yaml');
    const expected = services.flatMap(({ code, local_authorities }) =>
      local_authorities.map((authority) => `${code} | ${authority.name} | ${dates(authority)}`),
    );
    expect(
      await rows(`select service_code, local_authority.name,
          coalesce(lower(service_authority.valid)::text, '') as from,
          coalesce(upper(service_authority.valid)::text, '') as until
        from core.service
        join core.service_authority using (service_id)
        join core.local_authority using (local_authority_id)`),
    ).toEqual(expect.arrayContaining(expected));
  });

  test('no service is without a name and a local authority', async () => {
    expect(
      await rows(`select service_code from core.service
        where not exists (select from core.service_authority where service_id = service.service_id)
          or not exists (select from core.service_name where service_id = service.service_id and usage = 'official')`),
    ).toEqual([]);
  });

  test('every local authority is there, with its dates and other names, and no other is', async () => {
    const { local_authorities } = await register<Authorities>('local-authorities.yaml');
    expect(local_authorities.length).toBeGreaterThan(150);
    expect(
      (
        await rows(`select name, coalesce(lower(valid)::text, '') as from, coalesce(upper(valid)::text, '') as until,
            (select string_agg(other.name, '; ' order by other.name collate "C")
             from core.local_authority_name as other
             where other.local_authority_id = local_authority.local_authority_id) as others
          from core.local_authority`)
      ).sort(),
    ).toEqual(
      local_authorities
        .map(
          (authority) =>
            `${authority.name} | ${dates(authority)} | ${(authority.other_names ?? []).sort().join('; ')}`,
        )
        .sort(),
    );
  });

  test('the bundled inspections are of services that the register knows', async () => {
    expect(
      await rows(`select service_code, service_at_inspection, fieldwork_start
        from core.inspection join core.service using (service_id) order by 1`),
    ).toEqual([
      'barnet | Barnet Youth Offending Service | 2022-02-01',
      'essex | Essex Youth Offending Service | 2018-10-01',
      'hammersmith-and-fulham | Hammersmith and Fulham Youth Justice Service | 2022-07-18',
      'kensington-and-chelsea | Kensington & Chelsea Youth Offending Service | 2020-10-19',
      'wigan | Wigan Youth Offending Team | 2021-04-26',
    ]);
  });
});

describe('lineage', () => {
  test('the tri-borough service became three, at dates known to the year', async () => {
    expect(
      await rows(`select successor.service_code, succeeded_on, precision
        from core.service_succession
        join core.service as predecessor on predecessor.service_id = predecessor_id
        join core.service as successor on successor.service_id = successor_id
        where predecessor.service_code = 'west-london-tri-borough' order by 1`),
    ).toEqual([
      'hammersmith-and-fulham | 2018-01-01 | year',
      'kensington-and-chelsea | 2017-01-01 | year',
      'westminster | 2018-01-01 | year',
    ]);
  });

  test('Western Bay worked for three local authorities and was followed by Bridgend in one', async () => {
    expect(
      await rows(`select local_authority.name
        from core.service join core.service_authority using (service_id) join core.local_authority using (local_authority_id)
        where service_code = 'western-bay' order by 1`),
    ).toEqual(['Bridgend', 'Neath Port Talbot', 'Swansea']);
    expect(
      await rows(`select predecessor.service_code, succeeded_on
        from core.service_succession
        join core.service as predecessor on predecessor.service_id = predecessor_id
        join core.service as successor on successor.service_id = successor_id
        where successor.service_code = 'bridgend'`),
    ).toEqual(['western-bay | 2019-01-01']);
  });

  test.each([
    ['Westminster', '2015-06-01', ['west-london-tri-borough', 'westminster']],
    ['Westminster', '2020-06-01', ['westminster']],
    ['Bridgend', '2018-12-31', ['western-bay']],
    ['Bridgend', '2019-01-01', ['bridgend']],
  ])('services of %s on %s', async (authority, day, services) => {
    expect(
      await rows(`select service_code
        from core.service
        join core.service_authority using (service_id)
        join core.local_authority using (local_authority_id)
        where name = '${authority}' and service_authority.valid @> date '${day}' order by 1`),
    ).toEqual(services);
  });
});
