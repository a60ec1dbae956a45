import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { firstDay, type Period } from '../../src/days.js';
import { dbPath } from '../../src/disk/paths.js';
import { bundledRegister } from '../../src/import/register/files.js';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();

const rows = async (query: string) => (await valuesOf(database.db, query)).map((row) => row.join(' | '));

const dates = ({ from, until }: Period) => [from, until].map((date) => date && firstDay(date)).join(' | ');
const datesOf = (column: string) =>
  `coalesce(lower(${column})::text, ''), coalesce(upper(${column})::text, '') as until`;
const servicesWithAuthorities = `core.service join core.service_authority using (service_id)
  join core.local_authority using (local_authority_id)`;

test('every service is there under each of its names and with each of its local authorities, with their dates', async () => {
  const { services } = bundledRegister();
  const names = services.flatMap(({ code, names }) =>
    names.map((name) => `${code} | ${name.name} | ${dates(name)}`),
  );
  expect(names.length).toBeGreaterThan(50);
  const known = `select service_code, name, ${datesOf('valid')} from core.service join core.service_name using (service_id)`;
  expect((await rows(known)).sort()).toEqual(names.sort());
  const authorities = services.flatMap(({ code, authorities }) =>
    authorities.map(({ ons_code, ...period }) => `${code} | ${ons_code} | ${dates(period)}`),
  );
  const linked = `select service_code, ons_code, ${datesOf('service_authority.valid')} from ${servicesWithAuthorities}`;
  expect((await rows(linked)).sort()).toEqual(authorities.sort());
});

test('every local authority is there, with its dates and other names, and no other is', async () => {
  const file = readFileSync(dbPath('register', 'local-authorities.yaml'), 'utf8');
  const { local_authorities }: { local_authorities: ({ name: string; other_names?: string[] } & Period)[] } =
    parse(file);
  expect(local_authorities.length).toBeGreaterThan(150);
  const expected = local_authorities.map(
    ({ name, other_names = [], ...period }) =>
      `${name} | ${dates(period)} | ${other_names.sort().join('; ')}`,
  );
  const known = await rows(`select name, ${datesOf('valid')},
      (select string_agg(other.name, '; ' order by other.name collate "C") from core.local_authority_name as other
       where other.local_authority_id = local_authority.local_authority_id)
    from core.local_authority`);
  expect(known.sort()).toEqual(expected.sort());
});

const lineage = `select predecessor.service_code, successor.service_code as next, succeeded_on, precision
  from core.service_succession
  join core.service as predecessor on predecessor.service_id = predecessor_id
  join core.service as successor on successor.service_id = successor_id`;

test.each([
  [
    'every service has a nation and a region, and local authorities',
    `select service_code from core.service where nation is null or region is null
       or not exists (select from core.service_authority where service_id = service.service_id)`,
    [],
  ],
  [
    'every local authority has a service, and on no day two',
    `select name, count(other.service_id) from core.local_authority
     left join core.service_authority as one using (local_authority_id)
     left join core.service_authority as other
       on other.local_authority_id = one.local_authority_id and other.service_id <> one.service_id and other.valid && one.valid
     where one.service_id is null or other.service_id is not null group by name`,
    [],
  ],
  [
    'the tri-borough service became three, at dates known to the year',
    `${lineage} where predecessor.service_code = 'west-london-tri-borough' order by 2`,
    [
      'west-london-tri-borough | hammersmith-and-fulham | 2018-01-01 | year',
      'west-london-tri-borough | kensington-and-chelsea | 2017-01-01 | year',
      'west-london-tri-borough | westminster | 2018-01-01 | year',
    ],
  ],
])('%s', async (_, query, expected) => {
  expect(await rows(query)).toEqual(expected);
});
