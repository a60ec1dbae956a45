import { expect, test } from 'vitest';
import { leagueTable, serviceHistory } from '../../src/queries/of-services.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { databaseWith } from '../support/asked.js';
import { invented } from '../support/bundles.js';
import { rolledBack } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const westminster = { service: 'Westminster Youth Offending Team' };
const nothing = { yes: null, relevant: null, percent: null };

const { database, files } = databaseWith([
  whole2021({ ...westminster, day: '2023-05-08' }),
  // loaded after a later one
  whole2021({ ...westminster, day: '2022-05-09', judged: { '1.1': 'Good' } }),
  whole2021({
    service: 'Wigan Youth Offending Team',
    day: '2022-05-16',
    judged: { '1.1': 'Requires improvement' },
  }),
  whole2021({
    service: 'Essex Youth Offending Service',
    day: '2019-05-13',
    judged: { '1.2': 'Good', '1.3': 'Good' },
  }),
  // 9 of 10 are still Outstanding; one answer of 210 is no
  whole2021({
    service: 'Barnet Youth Offending Service',
    day: '2022-06-06',
    judged: { '1.1': 'Inadequate' },
    figures: { '2.1.1': [9, 10] },
  }),
  invented({
    ...{ service: 'Hammersmith and Fulham Youth Justice Service', report: { fieldwork_from: '2022-06-13' } },
    ...{ edition: '2021', standard_ratings: { '1.1': 'Good' }, overall: { rating: 'Good' } },
  }),
]);

test("services are in order of their latest inspection's score, and ties share a place", async () => {
  const rows = await leagueTable(database.db, { synthetic: true });
  expect(rows.map((row) => [row.rank, row.area, row.year, row.score, row.services, row.percent])).toEqual([
    [1, 'Westminster', 2023, 36, 4, 100],
    [2, 'Essex', 2019, 34, 4, 100],
    [2, 'Wigan', 2022, 34, 4, 100],
    [4, 'Barnet', 2022, 33, 4, 100],
    [null, 'Hammersmith and Fulham', 2022, null, 4, null],
  ]);
  const [, essex, , barnet, hammersmith] = rows;
  expect(essex?.score_share).toBeCloseTo(34 / 36, 12);
  expect(barnet).toMatchObject({ yes: 209, relevant: 210, percent: 100 });
  expect(hammersmith).toMatchObject({ ...nothing, rating: 'Good', score_share: null });
});

test('real services are ranked by themselves, with the share of yes that their counts give', async () => {
  const rows = await leagueTable(database.db, { synthetic: false });
  expect(
    rows.map((row) => `${row.rank} ${row.area} ${row.score}, ${row.rank_in_edition} of ${row.edition}`),
  ).toEqual([
    '1 Essex 33, 1 of 2018',
    '2 Hammersmith and Fulham 31, 1 of 2021',
    '3 Kensington and Chelsea 29, 2 of 2018',
    '4 Barnet 21, 2 of 2021',
    '5 Wigan 19, 3 of 2018',
  ]);
  const [essex, , kensington] = rows;
  // K&C prints 61 of 72, added up by hand over its 23 key questions; Essex prints percentages only
  expect(kensington).toMatchObject({ yes: 61, relevant: 72, percent: 85 });
  expect(essex).toMatchObject({ ...nothing, low: null, high: null });
});

test('a score that is only published has a place, in proportion to its maximum, and says so', async () => {
  const folder = await files.folder({
    'table.csv': `service,published,edition,score,out_of,overall
Leeds,2022-01-10,2021,20,24,Good
Bradford,2022-01-10,2021,30,,Good
Cardiff,2022-01-10,2021,75%,,Good
Bristol,2020-01-10,2018,12,36,Good
Bristol,2022-01-10,2021,27,36,Good
Kent,2022-01-10,2021,,,Good
`,
  });
  await rolledBack(database.db, async (trx) => {
    await loadRatingsTable(trx, `${folder}/table.csv`);
    const rows = await leagueTable(trx, { synthetic: false });
    const listed = rows.filter(({ evidence }) => evidence === 'ratings only');
    expect(listed.map((row) => [row.rank, row.area, row.score, row.max_score, row.score_source])).toEqual([
      // 30 of the 36 that the edition's rules give, and 20 of 24, are the same share
      [3, 'Bradford', 30, 36, 'published'],
      [3, 'Leeds', 20, 24, 'published'],
      [6, 'Bristol', 27, 36, 'published'],
      // 75% of 36 can be no other number of points
      [6, 'Cardiff', 27, 36, 'published'],
      [null, 'Kent', null, null, null],
    ]);
    expect(rows.filter(({ score_source }) => score_source === 'computed')).toHaveLength(5);
    const history = await serviceHistory(trx, { synthetic: false });
    const bristol = history.filter(({ area }) => area === 'Bristol');
    expect(bristol.map((row) => [row.score, row.score_source, row.score_change])).toEqual([
      [12, 'published', null],
      [27, 'published', 15],
    ]);
  });
});
