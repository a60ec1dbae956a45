import { expect, test } from 'vitest';
import { bundledRegister } from '../../../src/import/register/files.js';
import { loadRatingsTable, type RatingsRow } from '../../../src/ratings-table/index.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { sharedFile, unlessShared } from '../../support/shared.js';
import { messages, outcomes, ratingsTables, written } from './tables.js';

// Tables as they are met: titles above the heading, Excel's numbers, words of their own.

const database = testDatabase();
const files = testFolder();
const { table, loading, loaded, refused } = ratingsTables(database, files);
const columnMap = async (text: string) => `${await files.folder({ 'map.yaml': text })}/map.yaml`;

test('a title above the heading is passed over', async () => {
  const rows = await loaded([
    '"Youth justice inspections, 2018 to 2024",,',
    'Ratings as published,,',
    '',
    'service,published,overall',
    'Leeds,2019-03-12,Good',
  ]);
  expect(outcomes(rows)).toEqual(['loaded']);
  expect(rows[0]?.name).toBe('table.csv:5 Leeds 2019-03-12');
});

test('so is one of several cells, which names no column and is narrower than the heading', async () => {
  const rows = await loaded([
    'Youth justice inspections,as of 1 December 2024,',
    '"Ratings, as published",,"see the notes"',
    'service,published,overall,source',
    'Leeds,2019-03-12,Good,report',
  ]);
  expect(rows[0]?.name).toBe('table.csv:4 Leeds 2019-03-12');
});

test('a heading that nobody knows is no title', async () => {
  expect(await refused(['Dienst,Datum,Note', 'Leeds,2019-03-12,Good'])).toEqual(
    expect.arrayContaining([expect.stringContaining('unknown column "Dienst"')]),
  );
  expect(await refused(['service,overall', 'Leeds,2019-03-12,Good'])).toEqual(
    expect.arrayContaining([expect.stringContaining('no column says the publication date')]),
  );
});

test('days as Excel counts them are read, and that is said', async () => {
  const notices: string[] = [];
  await loading(async (trx) => {
    const [row] = (await loadRatingsTable(trx, await table('service,published,overall', 'Leeds,44267,Good'), {
      notice: ({ message }) => notices.push(message),
    })) as [RatingsRow];
    expect((await written(trx, row)).inspection).toMatchObject({
      published: '2021-03-12',
      published_precision: 'day',
    });
  });
  expect(notices).toEqual(['1 date is a number, read as Excel counts days from 1900']);
});

test('words of a table are told by a map: TRUE and FALSE, 1 and 0, not rated', async () => {
  const columns = await columnMap(`columns: {inspection_type: JI}
ratings: {1: Good, 0: Inadequate, Paused: not rated, tbc: not known}
inspection_types: {TRUE: joint, FALSE: core}
edition: 2021
`);
  await loading(async (trx) => {
    const file = await table(
      'service,published,JI,1.1,1.2,1.3,4.1',
      'Leeds,2022-03-12,TRUE,1,0,tbc,Paused',
      'York,2022-03-12,FALSE,,,,1',
    );
    const [row, other] = (await loadRatingsTable(trx, file, { columns })) as [RatingsRow, RatingsRow];
    expect(await written(trx, row)).toMatchObject({
      inspection: { inspection_type: 'joint' },
      ratings: { '1.1': 'Good', '1.2': 'Inadequate', '4.1': null },
    });
    expect((await written(trx, other)).inspection).toMatchObject({ inspection_type: 'core' });
  });
});

test('a column of yes and no that is called kind of inspection is asked for, and so is a word in place of a score', async () => {
  const lines = [
    'service,published,type,score,overall',
    'Leeds,2022-03-12,TRUE,tbc,Paused',
    'York,2022-03-12,joint,Unrated,Paused',
  ];
  expect(await refused(lines)).toEqual([
    expect.stringMatching(/:2:3: "TRUE" is no kind of inspection: .* inspection_types: \{"TRUE": joint\}$/),
    expect.stringMatching(/:2:4: "tbc" is no score: .* ratings: \{"tbc": not known\}$/),
    expect.stringMatching(/:2:5: "Paused" is no rating: .* \(and line 3: 2 rows\)$/),
  ]);
  const columns = await columnMap(
    'inspection_types: {"TRUE": joint}\nratings: {"tbc": not known, Paused: not rated}\n',
  );
  expect(outcomes(await loaded(lines, { columns }))).toEqual(['loaded', 'loaded']);
});

test('notes below a table are left out, and that is said', async () => {
  const notices: string[] = [];
  await loading(async (trx) => {
    const lines = [
      'service,published,overall',
      'Leeds*,2019-03-12,Good',
      '"Source: HMIP, 2023",,',
      '* joint,,',
    ];
    const rows = await loadRatingsTable(trx, await table(...lines), {
      notice: ({ line, message }) => notices.push(`${line}: ${message}`),
    });
    expect(outcomes(rows)).toEqual(['loaded']);
  });
  expect(notices).toEqual([3, 4].map((line) => `${line}: this row is a note, and was left out`));
});

test('a mark of a footnote does not stand in the way', async () => {
  await loading(async (trx) => {
    const file = await table('service,published,overall,score,1.1', 'Leeds*,2019-03 [1],Good†,24*,RI [b]');
    const [row] = (await loadRatingsTable(trx, file)) as [RatingsRow];
    expect(await written(trx, row)).toMatchObject({
      inspection: { service_at_inspection: 'Leeds', published: '2019-03-01' },
      overall: { rating: 'Good', score: 24 },
      ratings: { '1.1': 'Requires improvement' },
    });
  });
});

test('a day that has not come is refused', async () => {
  expect(await refused(['service,published,overall', 'Leeds,2098-03-12,Good', 'York,2098,Good'])).toEqual([
    expect.stringMatching(/^table\.csv:2:2: "2098-03-12" is in the future: 2098-03-12 is after today, /),
    expect.stringMatching(/^table\.csv:3:2: "2098" is in the future/),
  ]);
});

test('one column for two meanings is refused', async () => {
  const columns = await columnMap(
    'columns: {service: la, overall: o1, standards: {"1.1": o1}}\nignore: [o2]\n',
  );
  expect(await refused(['la,published,o1,o2', 'Leeds,2023-02-01,Good,Inadequate'], { columns })).toEqual([
    'map.yaml:1:49: the column "o1" can\'t be both overall and 1.1: name it once',
  ]);
  const both = await columnMap('columns: {overall: o1}\nignore: [o1]\n');
  expect(await refused(['service,published,o1', 'Leeds,2023-02-01,Good'], { columns: both })).toEqual([
    'table.csv:1:3: the column "o1" is overall and under ignore at once',
  ]);
});

// The columns of the file of these ratings that is known: service, a day with a year of two digits, a score in percent, ratings, a link.
test('a table with the five columns of the known open file loads with one map', async () => {
  const columns = await columnMap(`columns:
  service: Youth justice service
  published: Date published
  score_percent: Score
  overall: Overall rating
  report_url: Report
`);
  const { services } = bundledRegister();
  const areas = services
    .filter(({ authorities }) =>
      authorities.every(({ from, until }) => until == null && (from ?? '') < '2020'),
    )
    .slice(0, 83);
  const two = (value: number) => String(value).padStart(2, '0');
  const lines = areas.map(({ area }, at) => {
    const points = 7 + (at % 30);
    const rating = points > 30 ? 'Outstanding' : points > 18 ? 'Good' : 'Requires improvement';
    const name = at % 9 === 0 ? `${area} - JI` : at % 9 === 1 ? `${area} YJS` : area;
    const date = `${two(1 + (at % 28))}/${two(1 + (at % 12))}/${two(22 + (at % 3))}`;
    return `"${name}",${date},${((100 * points) / 36).toFixed(2)}%,${rating},https://reports.example/${at}`;
  });
  await loading(async (trx) => {
    const file = await table('Youth justice service,Date published,Score,Overall rating,Report', ...lines);
    const rows = await loadRatingsTable(trx, file, { columns });
    expect(outcomes(rows)).toEqual(Array(83).fill('loaded'));
    expect(messages(rows)).toEqual(Array(83).fill([]));
    expect(await written(trx, rows[0] as RatingsRow)).toMatchObject({
      inspection: { published: '2022-01-01', report_url: 'https://reports.example/0', edition_code: '2021' },
      overall: { rating: 'Requires improvement', score: 7, score_percent: 19.44 },
    });
    expect(outcomes(await loadRatingsTable(trx, file, { columns }))).toEqual(Array(83).fill('unchanged'));
  });
});

const cases: [file: string, map: string | undefined, problems: RegExp[]][] = [
  [
    'y2025.csv',
    undefined,
    [/:1:7: the column "V1\.1" is of no standard: it is key question V1\.1 of standard V1 of edition 2025/],
  ],
  ['two-digit-dates.csv', undefined, [/:2:2: "18\/02\/25" has a year of two digits/]],
  ['two-digit-dates.csv', 'two-digit-dates.map.yaml', []],
  ['b04c.csv', 'b04c.yaml', [/"o1" can't be both overall and 1\.1/]],
  ['fom1.csv', undefined, []],
  ['fom2.csv', undefined, []],
  ['future-edition.csv', undefined, []],
  [
    'b13-score2.csv',
    undefined,
    [/:2:4: the score 0\.7222/, /:3:4: the score 72\.22/, /:6:4: the score 64 is above/],
  ],
  ['b03d-march24.csv', undefined, [/:2:2: "March 24" may be March 2024/, /:4:2: "Mar 24" may be Mar 2024/]],
];
const isThere = sharedFile('cases/ratings-tables/fom1.csv');

test.skipIf(isThere === undefined).each(cases)(
  `the small example %s with map %s${unlessShared(isThere)}`,
  async (name, map, problems) => {
    const shared = (file: string) => sharedFile(`cases/ratings-tables/${file}`) as string;
    const columns = map && (await columnMap(shared(map)));
    const lines = shared(name).trimEnd().split('\n');
    const options = columns === undefined ? {} : { columns };
    if (problems.length > 0)
      expect(await refused(lines, options)).toEqual(
        problems.map((problem) => expect.stringMatching(problem)),
      );
    else expect(outcomes(await loaded(lines, options))).toEqual(['loaded']);
  },
);
