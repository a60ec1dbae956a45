import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { firstDay, type Period } from '../../src/days.js';
import { bundledRegister } from '../../src/import/register/files.js';
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

interface Authorities {
  local_authorities: ({ name: string; other_names?: string[] } & Dated)[];
}

const register = async <T>(file: string): Promise<T> =>
  parse(await readFile(dbPath('register', file), 'utf8'));

const dates = ({ from, until }: Period) => [from, until].map((date) => date && firstDay(date)).join(' | ');

describe('the register', () => {
  test('every service is there under each of its names, with their dates', async () => {
    const { services } = bundledRegister();
    const expected = services.flatMap(({ code, names }) =>
      names.map((name) => `${code} | ${name.name} | ${dates(name)}`),
    );
    expect(expected.length).toBeGreaterThan(50);
    expect(
      (
        await rows(`select service_code, name, coalesce(lower(valid)::text, '') as from, coalesce(upper(valid)::text, '') as until
        from core.service join core.service_name using (service_id)`)
      ).sort(),
    ).toEqual(expected.sort());
  });

  test('every service is linked to each of its local authorities, with their dates', async () => {
    const { services } = bundledRegister();
    const expected = services.flatMap(({ code, authorities }) =>
      authorities.map(({ authority, ...period }) => `${code} | ${authority.ons_code} | ${dates(period)}`),
    );
    expect(
      (
        await rows(`select service_code, ons_code,
          coalesce(lower(service_authority.valid)::text, '') as from,
          coalesce(upper(service_authority.valid)::text, '') as until
        from core.service
        join core.service_authority using (service_id)
        join core.local_authority using (local_authority_id)`)
      ).sort(),
    ).toEqual(expected.sort());
  });

  test('every service has a nation and a region, and local authorities', async () => {
    expect(
      await rows(`select service_code from core.service
        where nation is null or region is null
          or not exists (select from core.service_authority where service_id = service.service_id)`),
    ).toEqual([]);
    expect(
      await rows(
        "select nation, region from core.service where service_code in ('wigan', 'powys') order by 1",
      ),
    ).toEqual(['England | North West', 'Wales | Wales']);
  });

  test('a date that is known to the year says so', async () => {
    expect(
      await rows(`select lower(valid), from_precision, upper(valid), until_precision
        from core.service join core.service_authority using (service_id)
        where service_code in ('western-bay', 'bridgend') group by 1, 2, 3, 4 order by 1`),
    ).toEqual(['2014-05-29 | day | 2019-01-01 | year', '2019-01-01 | year |  | day']);
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

  test('Western Bay worked for three local authorities and was followed by a service in each', async () => {
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
        where successor.service_code in ('bridgend', 'neath-port-talbot', 'swansea')`),
    ).toEqual(Array(3).fill('western-bay | 2019-01-01'));
  });

  test.each([
    ['Westminster', '2015-06-01', ['west-london-tri-borough']],
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
