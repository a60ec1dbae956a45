import { beforeAll, expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const files = testFolder();

/** The names of an area's service: usage, name, kind, first and last day, whether it is so called today. */
const names = (area: string) =>
  database.db
    .selectFrom('analytics.service_name')
    .select(['usage', 'name', 'kind', 'held_from', 'held_until', 'is_current'])
    .where('area', '=', area)
    .orderBy('usage')
    .orderBy('name')
    .execute()
    .then((rows) => rows.map((row) => Object.values(row)));

beforeAll(async () => {
  const { service_id } = await database.db
    .insertInto('core.service')
    .values({ service_code: 'anglesey', area: 'Anglesey', region: 'Wales' })
    .returning('service_id')
    .executeTakeFirstOrThrow();
  const official = { service_id, usage: 'official' };
  await database.db
    .insertInto('core.service_name')
    .values([
      { ...official, name: 'Anglesey YOT', kind: 'YOT', valid: '(,2015-01-01)' },
      { ...official, name: 'Menai YJS', kind: 'YJS', valid: '[2015-01-01,2018-06-01)' },
      { ...official, name: 'Anglesey YOT', kind: 'YOT', valid: '[2018-06-01,2020-01-01)' },
      { ...official, name: 'Anglesey YJS', kind: 'YJS', valid: '[2020-01-01,)' },
    ])
    .execute();
  await load(database.db, [
    await files.bundle(`synthetic: true
service: Westminster Youth Offending Team
report: {fieldwork_from: "2019-05-13"}
edition: "2018"
standard_ratings: {"1.1": Good}
`),
    await files.bundle(`synthetic: true
service: Wigan Youth Offending Team
report: {fieldwork_from: "2019-05-13"}
edition: "2018"
standard_ratings: {"1.1": Good}
`),
  ]);
});

test('a service has its own names with their days, one that came back once, and its area', async () => {
  expect(await names('Anglesey')).toEqual([
    ['area', 'Anglesey', null, null, null, true],
    ['official', 'Anglesey YJS', 'YJS', '2020-01-01', null, true],
    ['official', 'Anglesey YOT', 'YOT', null, '2019-12-31', false],
    ['official', 'Menai YJS', 'YJS', '2015-01-01', '2018-05-31', false],
  ]);
});

test('it has the names of the local authorities that it works or worked for', async () => {
  const bay = await names('Western Bay');
  expect(bay.filter(([usage]) => usage === 'local authority').map(([, name]) => name)).toEqual(
    expect.arrayContaining(['Bridgend', 'Neath Port Talbot', 'Swansea']),
  );
  // Bridgend left it, and began a service of its own, in 2019
  expect(bay.find(([, name]) => name === 'Swansea')?.[5]).toBe(false);
  const own = await names('Hammersmith and Fulham');
  expect(own.map(([usage, name]) => `${usage}: ${name}`)).toEqual(
    expect.arrayContaining([
      'alias: Hammersmith and Fulham YJS',
      'local authority: Hammersmith and Fulham',
      'local authority: LBHF',
    ]),
  );
});

test('all rows of a service have its current name, the last one where none holds', async () => {
  const rows = await database.db
    .selectFrom('analytics.service_name')
    .select(['area', 'service', 'region', 'service_code'])
    .distinct()
    .where('area', 'in', ['Anglesey', 'Western Bay'])
    .orderBy('area')
    .execute();
  expect(rows).toEqual([
    { area: 'Anglesey', service: 'Anglesey YJS', region: 'Wales', service_code: 'anglesey' },
    {
      area: 'Western Bay',
      service: 'Western Bay Youth Justice and Early Intervention Service',
      region: 'Wales',
      service_code: 'western-bay',
    },
  ]);
});

test('a service is invented when all of its inspections are; one without any is not', async () => {
  const rows = await database.db
    .selectFrom('analytics.service_name')
    .select(['area', 'is_synthetic'])
    .distinct()
    .where('area', 'in', ['Westminster', 'Wigan', 'Bridgend'])
    .orderBy('area')
    .execute();
  expect(rows.map(({ area, is_synthetic }) => [area, is_synthetic])).toEqual([
    ['Bridgend', false],
    ['Westminster', true],
    ['Wigan', false],
  ]);
});

test('its inspections are those of the same key', async () => {
  const rows = await database.db
    .selectFrom('analytics.inspection as inspection')
    .innerJoin('analytics.service_name as called', 'called.service_id', 'inspection.service_id')
    .select(['called.area', 'inspection.is_synthetic'])
    .where('called.usage', '=', 'area')
    .where('called.area', '=', 'Wigan')
    .orderBy('inspection.is_synthetic')
    .execute();
  expect(rows).toEqual([
    { area: 'Wigan', is_synthetic: false },
    { area: 'Wigan', is_synthetic: true },
  ]);
});

test('a service that has ended goes by the last name that it had, in its inspections too', async () => {
  const called = await rolledBack(database.db, async (trx) => {
    const { service_id } = await trx
      .updateTable('core.service_name')
      .set({ valid: '(,2020-01-01)' })
      .where('name', '=', 'Wigan Youth Offending Team')
      .returning('service_id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('core.service_name')
      .values({
        service_id,
        usage: 'official',
        name: 'Wigan YJS',
        kind: 'YJS',
        valid: '[2020-01-01,2024-01-01)',
      })
      .execute();
    return Promise.all([
      trx
        .selectFrom('analytics.inspection')
        .select('service')
        .distinct()
        .where('area', '=', 'Wigan')
        .execute(),
      trx
        .selectFrom('analytics.service_name')
        .select('service')
        .distinct()
        .where('area', '=', 'Wigan')
        .execute(),
    ]);
  });
  expect(called).toEqual([[{ service: 'Wigan YJS' }], [{ service: 'Wigan YJS' }]]);
});
