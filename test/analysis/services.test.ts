import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { allServices, serviceAuthority } from '../../src/index.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { valuesOf } from '../support/asked.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// Three inspections of Leeds, of two editions; of the last two the days are known, of the first the year alone.
const table = `service,published,edition,inspection_type,overall,1.1,2.1,3.4,4.1,report_url
Leeds,2018,2018,core,Inadequate,Inadequate,Good,Good,,
Leeds,2020-03-31,2018,joint,Good,Good,Requires improvement,Good,,
Leeds,2022-04,2021,core,Requires improvement,Outstanding,Good,Inadequate,Good,https://example.org/leeds
Newport,2024,2021,core,,,,,,
`;

const database = testDatabase();
const files = testFolder();
const rows = (query: string) => valuesOf(database.db, query);
beforeAll(async () => {
  const folder = await files.folder({
    'table.csv': table,
    'invented.csv': 'service,published,edition,overall\nKent,2022,2021,Good\n',
  });
  await loadRatingsTable(database.db, `${folder}/table.csv`);
  await loadRatingsTable(database.db, `${folder}/invented.csv`, { synthetic: true });
});

const daysFrom = (from: string, to = new Date().toISOString().slice(0, 10)) =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);

describe('a service', () => {
  test.each<[what: string, area: string, row: object]>([
    [
      'that was inspected several times has its last rating, the one before, and the days since',
      'Leeds',
      {
        ...{
          nation: 'England',
          region: 'Yorkshire and The Humber',
          ons_codes: ['E08000035'],
          inspections: 3,
        },
        ...{ last_edition: '2021', last_published: '2022-04-01', last_inspected_precision: 'month' },
        ...{ days_since: daysFrom('2022-04-01'), last_report_url: 'https://example.org/leeds' },
        ...{ last_rating: 'Requires improvement', previous_rating: 'Good', rating_change: -1 },
      },
    ],
    [
      'that was never inspected is there all the same',
      'Bradford',
      {
        inspections: 0,
        last_inspection_id: null,
        days_since: null,
        last_rating: null,
        previous_rating: null,
      },
    ],
    [
      'whose last inspection has a year alone has no days since',
      'Newport',
      { last_published: null, last_published_year: 2024, last_inspected_precision: 'year', days_since: null },
    ],
    ['that is inspected by invention alone is not', 'Kent', { is_synthetic: false, inspections: 0 }],
  ])('%s', async (_, area, row) => {
    const all = await allServices(database.db, { synthetic: false });
    expect(all.filter((one) => one.area === area)).toMatchObject([row]);
  });

  test('is there once, and so is each of the register; those that have ended can be asked for', async () => {
    const ids = (await allServices(database.db, { synthetic: false })).map(({ service_id }) => service_id);
    expect([[ids.length]]).toEqual(await rows('select count(*) from core.service where not is_synthetic'));
    expect(new Set(ids).size).toBe(ids.length);
    const ended = await allServices(database.db, { synthetic: false, is_current: false });
    expect(ended.map(({ area }) => area)).toContain('Western Bay');
    expect(ended.map(({ area }) => area)).not.toContain('Leeds');
  });
});

test("a service's local authorities have the codes of their time, and are found by them", async () => {
  const codes = (await serviceAuthority(database.db)).filter(({ area }) => area === 'Barnsley');
  expect(codes).toMatchObject([
    { ons_code: 'E08000016', valid_from: null, valid_until: '2025-04-01', is_current: false },
    { ons_code: 'E08000038', valid_from: '2025-04-01', valid_until: null, is_current: true },
  ]);
  expect(await serviceAuthority(database.db, { ons_code: 'E08000035' })).toMatchObject([
    {
      area: 'Leeds',
      authority: 'Leeds',
      dfe_la_code: '383',
      police_area: 'West Yorkshire',
      valid_from: null,
    },
  ]);
});

test('the standards of a service have the rating before, as far as they go on', async () => {
  const changes = await rows(`
    select year, standard, previous_rating, rating, rating_change, days_since, continues from analytics.standard_history
    where area = 'Leeds' and not is_synthetic and standard in ('1.1', '2.1', '3.4') order by year, standard`);
  const days = daysFrom('2020-03-31', '2022-04-01');
  expect(changes).toEqual([
    [2018, '1.1', null, 'Inadequate', null, null, null],
    [2018, '2.1', null, 'Good', null, null, null],
    [2018, '3.4', null, 'Good', null, null, null],
    // from a year no days are counted
    [2020, '1.1', 'Inadequate', 'Good', 2, null, true],
    [2020, '2.1', 'Good', 'Requires improvement', -1, null, true],
    [2020, '3.4', 'Good', 'Good', 0, null, true],
    [2022, '1.1', 'Good', 'Outstanding', 1, days, true],
    [2022, '2.1', 'Requires improvement', 'Good', 1, days, true],
    // joint working ended, and 3.4 is another standard
    [2022, '3.4', null, 'Inadequate', null, days, false],
  ]);
});

test('an inspection has its financial year as far as its date is known, its kind, and its report', async () => {
  const inspections = await rows(`
    select year, as_of_precision, financial_year, published_precision, inspection_type, report_url
    from analytics.inspection where area = 'Leeds' order by year`);
  expect(inspections).toEqual([
    [2018, 'year', null, 'year', 'core', null],
    [2020, 'day', '2019/20', 'day', 'joint', null],
    [2022, 'month', '2022/23', 'month', 'core', 'https://example.org/leeds'],
  ]);
});

// Wigan's service is itself given as one of the North West. Here it works for other local authorities than its own from 2019 on.
test.each([
  [
    'that of its local authorities',
    '2019-08',
    '2019-05-13',
    ['Leeds', 'Bradford'],
    'Yorkshire and The Humber',
  ],
  ['that of the service, where they lie in two', '2019-08', '2019-05-13', ['Leeds', 'Cardiff'], 'North West'],
  ['that of those it worked for at the time', '2019-03', '2018-12-31', ['Leeds'], 'North West'],
  [
    'that in the year of publication, where no more is known',
    '2019',
    '',
    ['Leeds'],
    'Yorkshire and The Humber',
  ],
])('the region of an inspection is %s', async (_, published, fieldwork, authorities, expected) => {
  const folder = await files.folder({
    'table.csv': `service,published,fieldwork_start,edition,1.1\nWigan Youth Offending Team,${published},${fieldwork},2018,Good\n`,
  });
  await rolledBack(database.db, async (trx) => {
    await sql`update core.service_authority set valid = '(,2019-01-01)' where service_id = (
      select service_id from core.service where area = 'Wigan')`.execute(trx);
    await sql`
      insert into core.service_authority (service_id, local_authority_id, valid)
      select service_id, local_authority_id, '[2019-01-01,)'
      from core.service, core.local_authority
      where area = 'Wigan' and name = any(${sql.val(authorities)}::text[])`.execute(trx);
    const [row] = await loadRatingsTable(trx, `${folder}/table.csv`);
    const region = `select region from rating.inspection_region where inspection_id = ${row?.inspectionId}`;
    expect(await valuesOf(trx, region)).toEqual([[expected]]);
  });
});
