import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/problem.js';
import { loadRatingsTable, type RatingsRow } from '../../../src/ratings-table/index.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { messages, ratingsTables, recordOf, written } from './tables.js';

const database = testDatabase();
const files = testFolder();
const { table, loading, loaded, refused } = ratingsTables(database, files);
const columnMap = async (text: string) => `${await files.folder({ 'map.yaml': text })}/map.yaml`;

describe('a row', () => {
  test('becomes an inspection that is known by its ratings only', async () => {
    await loading(async (trx) => {
      const file = await table(
        'Service,Published,Overall rating,Score,1.1,2.1',
        'Leeds YJS,March 2021,G,21/36,Good,',
      );
      const [row] = (await loadRatingsTable(trx, file)) as [RatingsRow];
      expect(row).toMatchObject({ name: 'table.csv:2 Leeds YJS 2021-03', outcome: 'loaded' });
      expect(messages([row])).toEqual([[]]);
      const { inspection, overall, ratings } = await written(trx, row);
      expect(inspection).toMatchObject({
        inspection_code: 'leeds-published-2021-03',
        edition_code: '2018',
        service_at_inspection: 'Leeds YJS',
        fieldwork_start: null,
        fieldwork_precision: 'not known',
        published: '2021-03-01',
        published_year: 2021,
        published_precision: 'month',
        is_listed_only: true,
        is_synthetic: false,
      });
      expect(overall).toMatchObject({ rating: 'Good', score: 21, score_percent: null, out_of: 36 });
      expect(ratings).toEqual({ '1.1': 'Good' });
      const judged = await trx
        .selectFrom('core.qualitative_rating')
        .select(['standard_code', 'rating'])
        .where('inspection_id', '=', row.inspectionId as number)
        .execute();
      expect(judged).toEqual([{ standard_code: '1.1', rating: 'Good' }]);
      const { load, files: read } = await recordOf(trx, row);
      const service = inspection && 'service_id' in inspection ? inspection.service_id : 0;
      expect(load).toMatchObject({
        kind: 'inspection',
        subject: `service ${service}, published 2021-03`,
      });
      expect(read).toMatchObject([{ file: 'table.csv', rows: 1, encoding: 'UTF-8' }]);
    });
  });

  test('leaves unknown what is blank, a dash or n/a, and keeps that something was not rated', async () => {
    await loading(async (trx) => {
      const file = await table(
        'service,published,edition,overall,score,1.1,1.2,1.3,2.1,4.1',
        'Leeds,2021-03-12,2021,-,n/a,,-,#N/A,NULL,Not rated',
        'York,2021-03-12,2021,Unrated,..,,,,,',
      );
      const [row, other] = (await loadRatingsTable(trx, file)) as [RatingsRow, RatingsRow];
      const { overall, ratings } = await written(trx, row);
      expect({ overall, ratings, remarks: row.remarks }).toEqual({
        overall: undefined,
        ratings: { '4.1': null },
        remarks: [],
      });
      const notRated = await trx
        .selectFrom('core.published_standard_rating')
        .select(['standard_code', 'not_rated', 'lost'])
        .where('inspection_id', '=', row.inspectionId as number)
        .execute();
      expect(notRated).toEqual([{ standard_code: '4.1', not_rated: true, lost: false }]);
      expect(await written(trx, other)).toMatchObject({
        overall: { rating: null, not_rated: true, rating_lost: false, score: null },
        ratings: {},
      });
    });
  });

  test('that only sums up others is left out, with a notice', async () => {
    const notices: Problem[] = [];
    const rows = await loaded(['service,published,score,edition', 'Leeds,2021-03,21,2018', 'Total,,21,'], {
      notice: (notice) => notices.push(notice),
    });
    expect(rows).toHaveLength(1);
    expect(notices).toEqual([
      expect.objectContaining({ line: 3, message: 'this row sums up others, and was left out' }),
    ]);
  });
});

describe('columns', () => {
  test('are recognised by heading in any case, blanks and underscores alike', async () => {
    await loading(async (trx) => {
      const file = await table(
        'Name_of Service,PUBLICATION DATE,Rating,Total_Score,Score %,Out of,Standard 1.1,1.2 Staff,standard_4.1 Resettlement',
        'Leeds,2022-03,Good,21,58,36,G,RI,O',
      );
      const [row] = (await loadRatingsTable(trx, file)) as [RatingsRow];
      const { overall, ratings } = await written(trx, row);
      expect(overall).toMatchObject({ rating: 'Good', score: 21, score_percent: 58, out_of: 36 });
      expect(ratings).toEqual({ '1.1': 'Good', '1.2': 'Requires improvement', '4.1': 'Outstanding' });
    });
  });

  test('that are not known are refused with the nearest, all of them', async () => {
    expect(await refused(['service,published,overal,mood', 'Leeds,2021,Good,fine'])).toEqual([
      expect.stringMatching(
        /^table\.csv:1:3: unknown column "overal" \(did you mean "overall"\?\): known are service, /,
      ),
      expect.stringMatching(/^table\.csv:1:4: unknown column "mood": .*column map/),
    ]);
  });

  test('2.1.1 and 2.10 are not standard 2.1, nor is 21', async () => {
    const problems = await refused(['service,published,2.1.1,2.10,21', 'Leeds,2021,,,']);
    expect(problems.map((problem) => problem.slice(0, 14))).toEqual([
      'table.csv:1:3:',
      'table.csv:1:4:',
      'table.csv:1:5:',
    ]);
  });

  test('have to be there for service and publication, and each only once', async () => {
    expect(await refused(['overall,rating', 'Good,Good'])).toEqual([
      expect.stringContaining('no column says the service'),
      expect.stringContaining('no column says the publication date'),
      expect.stringMatching(/:1:2: heading "rating" and heading "overall" both are overall/),
    ]);
  });

  test('and words are what a column map says', async () => {
    const columns =
      await columnMap(`columns: {service: Who, published: When, score: Sum, standards: {"1.1": Gov}}
ratings: {Fab: Outstanding, Meh: Requires improvement}
date_format: month first
score_is: percent
edition: 2021
ignore: [Mood]
`);
    await loading(async (trx) => {
      const file = await table('Who,When,Overall,Sum,Gov,Mood', 'Leeds,03/12/2021,meh,50,Fab,fine');
      const [row] = (await loadRatingsTable(trx, file, { columns })) as [RatingsRow];
      const { inspection, overall, ratings } = await written(trx, row);
      expect(inspection).toMatchObject({
        edition_code: '2021',
        published: '2021-03-12',
        published_precision: 'day',
      });
      expect(overall).toMatchObject({ rating: 'Requires improvement', score: 18, score_percent: 50 });
      expect(ratings).toEqual({ '1.1': 'Outstanding' });
    });
  });

  test('of a column map have to be in the table, and its standards in an edition', async () => {
    const columns = await columnMap('columns:\n  service: Servise\n  standards: {"5.1": overall}\n');
    expect(await refused(['service,published,overall', 'Leeds,2021,Good'], { columns })).toEqual([
      expect.stringMatching(
        /^map\.yaml:2:3: the table has no heading "Servise" \(did you mean "service"\?\)/,
      ),
      expect.stringContaining(
        'map.yaml:3:15: no edition has a standard "5.1": none of the editions that are loaded has a standard 5.1 (2018, 2021, 2025)',
      ),
    ]);
  });

  test('of a column map with an unknown key are refused', async () => {
    const columns = await columnMap('colums: {}\n');
    const before = loadRatingsTable(database.db, await table('service,published', 'Leeds,2021'), { columns });
    await expect(before).rejects.toThrow(/column map is not as it has to be/);
  });
});

describe('nothing is loaded, and every problem told,', () => {
  test('when cells cannot be read', async () => {
    expect(
      await refused([
        'service,published,overall,score,out_of,score_percent,fieldwork_start',
        'Leeds,2021-03,Good,21,,,',
        'Leeds,31/02/2021,Goood,lots,0,much,2021',
        ',2021-03,,,,,',
        'Leeds,,,,,,',
        'Yrok,03/25/2021,Fine,21/0,,,soon',
      ]),
    ).toEqual([
      expect.stringContaining(
        'table.csv:3:2: "31/02/2021" is no day that there is. Dates may be 2021-03-12, ',
      ),
      expect.stringContaining('table.csv:3:3: "Goood" is no rating'),
      expect.stringContaining('table.csv:3:4: "lots" is no score'),
      expect.stringContaining('table.csv:3:5: "0" is no maximum'),
      expect.stringContaining('table.csv:3:6: "much" is no percentage'),
      expect.stringContaining('table.csv:3:7: "2021" is a year: of fieldwork at least the month'),
      expect.stringContaining('table.csv:4:1: the service is missing'),
      expect.stringContaining('table.csv:5:2: the publication date is missing'),
      expect.stringContaining('table.csv:6:1: unknown service "Yrok" (did you mean "York"?)'),
      expect.stringContaining(
        'table.csv:6:2: "03/25/2021" is no day that there is, unless it is month first',
      ),
      expect.stringContaining('table.csv:6:3: "Fine" is no rating'),
      expect.stringContaining('table.csv:6:4: "21/0": a score is out of more than 0'),
      expect.stringContaining('table.csv:6:7: "soon" is no date'),
    ]);
  });

  test('when the edition of the call is unknown: the call is wrong', async () => {
    const file = await table('service,published', 'Leeds,2021');
    await expect(loadRatingsTable(database.db, file, { edition: '2020' })).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining('--edition: unknown edition "2020"'),
    });
  });
});

test('a table may come as a stream', async () => {
  async function* chunks() {
    yield Buffer.from('service,published\nLe');
    yield Buffer.from('eds,2019\n');
  }
  const [row] = await loading((trx) => loadRatingsTable(trx, { name: 'standard input', chunks: chunks() }));
  expect(row).toMatchObject({ name: 'standard input:2 Leeds 2019', outcome: 'loaded' });
});
