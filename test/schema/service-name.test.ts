import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../src/database/connect.js';
import { valuesOf } from '../support/asked.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();

beforeAll(async () => {
  await sql`
    with anglesey as (
      insert into core.service (service_code, area, region) values ('anglesey', 'Anglesey', 'Wales') returning service_id
    )
    insert into core.service_name (service_id, usage, name, kind, valid)
    select service_id, 'official', name, right(name, 3), valid::daterange
    from anglesey
    cross join (values
      ('Anglesey YOT', '(,2015-01-01)'), ('Menai YJS', '[2015-01-01,2018-06-01)'),
      ('Anglesey YOT', '[2018-06-01,2020-01-01)'), ('Anglesey YJS', '[2020-01-01,)')
    ) as called (name, valid)`.execute(database.db);
});

const rows = (query: string, db: Connection = database.db) => valuesOf(db, query);

test.each([
  [
    'a service has its own names with their days, one that came back once, and its area',
    `select usage, name, kind, held_from, held_until, is_current from analytics.service_name
     where area = 'Anglesey' order by usage, name`,
    [
      ['area', 'Anglesey', null, null, null, true],
      ['official', 'Anglesey YJS', 'YJS', '2020-01-01', null, true],
      ['official', 'Anglesey YOT', 'YOT', null, '2019-12-31', false],
      ['official', 'Menai YJS', 'YJS', '2015-01-01', '2018-05-31', false],
    ],
  ],
  [
    'it has the names of the local authorities that it works for, their other names and its aliases',
    `select usage, name from analytics.service_name where area = 'Hammersmith and Fulham'
     and name in ('Hammersmith and Fulham YJS', 'Hammersmith and Fulham', 'LBHF') and usage <> 'area' order by 1, 2`,
    [
      ['alias', 'Hammersmith and Fulham YJS'],
      ['alias', 'LBHF'],
      ['local authority', 'Hammersmith and Fulham'],
      ['local authority', 'LBHF'],
    ],
  ],
  [
    'all rows of a service have its current name, the last one where none holds',
    `select distinct area, service, region, service_code from analytics.service_name
     where area in ('Anglesey', 'Western Bay') order by area`,
    [
      ['Anglesey', 'Anglesey YJS', 'Wales', 'anglesey'],
      ['Western Bay', 'Western Bay Youth Justice and Early Intervention Service', 'Wales', 'western-bay'],
    ],
  ],
])('%s', async (_, query, expected) => {
  expect(await rows(query)).toEqual(expected);
});

test('a service that has ended goes by the last name that it had, in its inspections too', async () => {
  await rolledBack(database.db, async (trx) => {
    await sql`
      with renamed as (
        update core.service_name set valid = '(,2020-01-01)' where name = 'Wigan Youth Offending Team' returning service_id
      )
      insert into core.service_name (service_id, usage, name, kind, valid)
      select service_id, 'official', 'Wigan YJS', 'YJS', '[2020-01-01,2024-01-01)' from renamed`.execute(trx);
    for (const view of ['inspection', 'service_name'])
      expect(await rows(`select distinct service from analytics.${view} where area = 'Wigan'`, trx)).toEqual([
        ['Wigan YJS'],
      ]);
  });
});

test('the version of the views is that of the load that made them last, whatever else was loaded since', async () => {
  await rolledBack(database.db, async (trx) => {
    await sql`
      insert into core.load (kind, subject, content_hash, program) values
        ('views', 'analytics', 'of older views', '99.1.0'), ('views', 'analytics', 'of these views', '99.2.0'),
        ('inspection', 'leeds', 'of a bundle', '99.3.0')`.execute(trx);
    const version = await rows('select views_version, program from analytics.database_version', trx);
    expect(version).toEqual([['of these views', '99.2.0']]);
  });
});
