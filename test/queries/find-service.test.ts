import { beforeAll, describe, expect, test } from 'vitest';
import { findService, servicesNamed } from '../../src/queries/find-service.js';
import { overallRating } from '../../src/queries/of-inspections.js';
import { databaseWith } from '../support/asked.js';
import { whole2021 } from '../support/whole-inspections.js';

// the later one first: keys are not in order of time
const { database } = databaseWith(['2020-06-01', '2019-05-13'].map((day) => whole2021({ day })));

beforeAll(async () => {
  const { service_id } = await database.db
    .insertInto('core.service')
    .values({ service_code: 'cynfran', area: "Môn a St Cynfran's", region: 'Wales' })
    .returning('service_id')
    .executeTakeFirstOrThrow();
  const official = { service_id, usage: 'official' };
  await database.db
    .insertInto('core.service_name')
    .values([
      { ...official, name: 'Môn Youth Justice Service', kind: 'YJS', valid: '[2020-01-01,)' },
      { ...official, name: 'Arfon Youth Offending Team', kind: 'YOT', valid: '(,2020-01-01)' },
    ])
    .execute();
});

/** The area of the service found, or what else the search leads to. */
async function search(name: string, synthetic = false): Promise<string> {
  const result = await findService(database.db, name, { synthetic });
  if ('found' in result) return result.found.area;
  if ('several' in result) return `several: ${result.several.map(({ area }) => area).join(', ')}`;
  return `nearest: ${result.nearest.map(({ area }) => area).join(', ')}`;
}

describe('a service is found', () => {
  // what counts as the same name, test/services/resolve.test.ts tries
  test.each([
    ['an alias with other signs', 'k & c', 'Kensington and Chelsea'],
    ['its code', 'Cynfran', "Môn a St Cynfran's"],
    ['a former name', 'Arfon YOT', "Môn a St Cynfran's"],
    ['its area, without signs and accents', 'mon a st cynfrans', "Môn a St Cynfran's"],
    ['a local authority that is also an area', 'Bridgend', 'Bridgend'],
    ['a part, with another kind', 'chelsea yjp', 'Kensington and Chelsea'],
    ['a part of a local authority', 'redcar', 'South Tees'],
  ])('by %s', async (_, name, area) => {
    expect(await search(name)).toBe(area);
  });

  test('with its current name, and its inspections in order of time', async () => {
    const wigan = await findService(database.db, 'wigan');
    expect(wigan).toMatchObject({
      found: { service: 'Wigan Youth Offending Team', area: 'Wigan', inspections: [{ is_synthetic: false }] },
    });
    expect(await findService(database.db, 'arfon')).toMatchObject({
      found: { service: 'Môn Youth Justice Service', inspections: [] },
    });
    const found = await findService(database.db, 'westminster', { synthetic: true });
    if (!('found' in found)) throw new Error('not found');
    const inspections = await overallRating(database.db, { synthetic: true });
    const dayOf = (key: number) => inspections.find((row) => row.inspection_id === key)?.fieldwork_start;
    expect(found.found.inspections.map(({ inspection_id }) => dayOf(inspection_id))).toEqual([
      ...['2019-05-13', '2020-06-01'],
    ]);
  });
});

describe('a name', () => {
  test('that fits several is of none, unless one alone of them has such inspections', async () => {
    expect(await search('west')).toBe(
      'several: Cheshire, West Berkshire, West London tri-borough, West Mercia, West Sussex, Western Bay, Westminster, Westmorland and Furness',
    );
    expect(await search('west', true)).toBe('Westminster');
    expect(await search('Youth Offending Service')).toBe('several: Barnet, Essex, Kensington and Chelsea');
  });

  test.each([
    ['Kensingtn', 'Kensington and Chelsea'],
    ['Hamersmith and Fulam', 'Hammersmith and Fulham'],
    ['Nowhere', ''],
    // no inspection, nothing to go on to
    ['Bridgent', ''],
    ['', ''],
    ['and', ''],
  ])('that is no service\'s has the nearest with an inspection: "%s"', async (name, area) => {
    expect(await search(name)).toBe(`nearest: ${area}`);
  });
});

test.each([
  // all that have it; those of a local authority only when none has it in a name of its own
  ['westm', ['Westminster', 'Westmorland and Furness']],
  ['rutland', ['Leicestershire']],
  ['bridgend', ['Bridgend']],
  ['nowhere', []],
  ['', []],
])('services named by a part: %s: %j', async (part, areas) => {
  expect((await servicesNamed(database.db, part)).map(({ area }) => area)).toEqual(areas);
});
