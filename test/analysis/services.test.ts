import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { allServices, serviceAuthority, serviceHistory, standardHistory } from '../../src/index.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

// Three inspections of Leeds, of two editions; of the last two the days are known, of the first the year alone.
const table = `service,published,edition,inspection_type,overall,1.1,2.1,3.4,4.1,report_url
Leeds,2018,2018,core,Inadequate,Inadequate,Good,Good,,
Leeds,2020-03-31,2018,joint,Good,Good,Requires improvement,Good,,
Leeds,2022-04,2021,core,Requires improvement,Outstanding,Good,Inadequate,Good,https://example.org/leeds
Newport,2024,2021,core,,,,,,
`;

const database = testDatabase();
const files = testFolder();

beforeAll(async () => {
  const folder = await files.folder({ 'table.csv': table });
  await loadRatingsTable(database.db, `${folder}/table.csv`);
});

const today = () => new Date().toISOString().slice(0, 10);
const daysFrom = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);

describe('a service', () => {
  const of = async (area: string) =>
    (await allServices(database.db, { synthetic: false })).filter((row) => row.area === area);

  test('that was inspected several times has its last rating, the one before, and the days since', async () => {
    expect(await of('Leeds')).toMatchObject([
      {
        nation: 'England',
        region: 'Yorkshire and The Humber',
        ons_codes: ['E08000035'],
        inspections: 3,
        last_edition: '2021',
        last_published: '2022-04-01',
        last_inspected: '2022-04-01',
        last_inspected_precision: 'month',
        days_since: daysFrom('2022-04-01', today()),
        last_rating: 'Requires improvement',
        last_report_url: 'https://example.org/leeds',
        previous_rating: 'Good',
        rating_change: -1,
      },
    ]);
  });

  test('that was never inspected is there all the same', async () => {
    expect(await of('Bradford')).toMatchObject([
      {
        inspections: 0,
        last_inspection_id: null,
        days_since: null,
        last_rating: null,
        previous_rating: null,
      },
    ]);
  });

  test('whose last inspection has a year alone has no days since', async () => {
    expect(await of('Newport')).toMatchObject([
      { last_published: null, last_published_year: 2024, last_inspected_precision: 'year', days_since: null },
    ]);
  });

  test('that has ended is not current', async () => {
    expect(await of('Western Bay')).toMatchObject([{ is_current: false, ons_codes: null }]);
    const ended = await allServices(database.db, { synthetic: false, current: false });
    expect(ended.map(({ area }) => area)).toContain('Western Bay');
    expect(ended.map(({ area }) => area)).not.toContain('Leeds');
  });

  test('is there once, and so is each of the register', async () => {
    const { rows } = await sql<{ all: number }>`
      select count(*)::integer as all from core.service where not is_synthetic`.execute(database.db);
    const ids = (await allServices(database.db, { synthetic: false })).map(({ service_id }) => service_id);
    expect(ids.length).toBe(rows[0]?.all);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is not inspected by what is invented of it', async () => {
    const folder = await files.folder({
      'invented.csv': 'service,published,edition,overall\nKent,2022,2021,Good\n',
    });
    await loadRatingsTable(database.db, `${folder}/invented.csv`, { synthetic: true });
    expect(await of('Kent')).toMatchObject([{ is_synthetic: false, inspections: 0, last_rating: null }]);
  });
});

describe("a service's local authorities", () => {
  test('have the codes of their time', async () => {
    const rows = (await serviceAuthority(database.db)).filter(({ area }) => area === 'Barnsley');
    expect(
      rows.map(({ ons_code, valid_from, valid_until, is_current }) => [
        ons_code,
        valid_from,
        valid_until,
        is_current,
      ]),
    ).toEqual([
      ['E08000016', null, '2025-04-01', false],
      ['E08000038', '2025-04-01', null, true],
    ]);
  });

  test('are found by their code', async () => {
    expect(await serviceAuthority(database.db, { onsCode: 'E08000035' })).toMatchObject([
      {
        area: 'Leeds',
        authority: 'Leeds',
        dfe_la_code: '383',
        police_area: 'West Yorkshire',
        valid_from: null,
      },
    ]);
  });
});

describe('the standards of a service', () => {
  const changes = async (year: number) =>
    (await standardHistory(database.db, { synthetic: false }))
      .filter(
        (row) => row.area === 'Leeds' && row.year === year && ['1.1', '2.1', '3.4'].includes(row.standard),
      )
      .map((row) => [
        row.standard,
        row.previous_rating,
        row.rating,
        row.rating_change,
        row.days_since,
        row.continues,
      ]);

  test('begin with the first inspection', async () => {
    expect(await changes(2018)).toEqual([
      ['1.1', null, 'Inadequate', null, null, null],
      ['2.1', null, 'Good', null, null, null],
      ['3.4', null, 'Good', null, null, null],
    ]);
  });

  test('go on within an edition; from a year no days are counted', async () => {
    expect(await changes(2020)).toEqual([
      ['1.1', 'Inadequate', 'Good', 2, null, true],
      ['2.1', 'Good', 'Requires improvement', -1, null, true],
      ['3.4', 'Good', 'Good', 0, null, true],
    ]);
  });

  test('go on in another edition where their questions do: joint working ended, and 3.4 is another standard', async () => {
    const days = daysFrom('2020-03-31', '2022-04-01');
    expect(await changes(2022)).toEqual([
      ['1.1', 'Good', 'Outstanding', 1, days, true],
      ['2.1', 'Requires improvement', 'Good', 1, days, true],
      ['3.4', null, 'Inadequate', null, days, false],
    ]);
  });

  test('and the service itself has its rating before, and the days between', async () => {
    const rows = await serviceHistory(database.db, { synthetic: false });
    expect(
      rows
        .filter(({ area }) => area === 'Leeds')
        .map((row) => [row.sequence, row.previous_rating, row.rating, row.rating_change, row.days_since]),
    ).toEqual([
      [1, null, 'Inadequate', null, null],
      [2, 'Inadequate', 'Good', 2, null],
      [3, 'Good', 'Requires improvement', -1, daysFrom('2020-03-31', '2022-04-01')],
    ]);
  });
});

test('an inspection has its financial year as far as its date is known, its kind, and its report', async () => {
  const rows = await database.db
    .selectFrom('analytics.inspection')
    .select([
      'year',
      'as_of_precision',
      'financial_year',
      'published_precision',
      'inspection_type',
      'report_url',
    ])
    .where('area', '=', 'Leeds')
    .orderBy('year')
    .execute();
  expect(rows.map((row) => Object.values(row))).toEqual([
    [2018, 'year', null, 'year', 'core', null],
    [2020, 'day', '2019/20', 'day', 'joint', null],
    [2022, 'month', '2022/23', 'month', 'core', 'https://example.org/leeds'],
  ]);
});

test.each([
  ['2022-03-31', '2021/22'],
  ['2022-04-01', '2022/23'],
  ['2021-12-31', '2021/22'],
  ['2022-01-01', '2021/22'],
  ['1999-05-31', '1999/00'],
  ['2024-02-29', '2023/24'],
])('the financial year of %s is %s', async (day, year) => {
  const { rows } = await sql<{ year: string }>`select rating.financial_year(${day}::date) as year`.execute(
    database.db,
  );
  expect(rows).toEqual([{ year }]);
});
