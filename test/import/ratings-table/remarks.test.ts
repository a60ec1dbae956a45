import { describe, expect, test } from 'vitest';
import { loadRatingsTable, type RatingsRow } from '../../../src/ratings-table/index.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { messages, outcomes, ratingsTables, recordOf, written } from './tables.js';

const database = testDatabase();
const files = testFolder();
const { table, loading, loaded, refused } = ratingsTables(database, files);

describe('a score that can be none is refused, and not dropped:', () => {
  test.each([
    ['half a point', '12.5', 'the score 12.5 is no whole number of points: score_is: percent'],
    ['a fraction', '0.7222', 'the score 0.7222 is no whole number of points'],
    ['a share', '72.22', 'the score 72.22 is no whole number of points'],
    ['more than the maximum', '64', 'the score 64 is above the maximum of 36'],
    ['more than 100%', '101%', 'the score 101% is above 100%'],
  ])('%s', async (_, score, why) => {
    expect(await refused(['service,published,overall,score', `York,2023-02-01,Good,${score}`])).toEqual([
      expect.stringContaining(`table.csv:2:4: ${why}`),
    ]);
  });
});

describe('what contradicts itself is kept as published, with a remark:', () => {
  const standards = '1.1,1.2,1.3,1.4,2.1,2.2,2.3,2.4,3.1,3.2,3.3,3.4';

  // Of 36: below 7 Inadequate, 7 to 18 Requires improvement, 19 to 30 Good, 31 and over Outstanding.
  test.each([
    [
      'no point that gives 57%',
      'Good,57%,,',
      ['the score 57% is no whole number of 36 points (20 is 55.6%, 21 is 58.3%)'],
      null,
      57,
    ],
    ['points and percent that differ', 'Good,21,50,', ['the score 21 of 36 is 58.3%, and not 50%'], 21, 50],
    [
      'points that are of another rating',
      'Good,18,,',
      ['the score 18 of 36 is Requires improvement, and not Good'],
      18,
      null,
    ],
    [
      'percent that are of another rating',
      'Good,50%,,',
      ['the score 18 of 36 is Requires improvement, and not Good'],
      18,
      50,
    ],
    [
      'another maximum',
      'Good,21,,30',
      ['the score is out of 30, where the maximum of the 2018 edition is 36'],
      21,
      null,
    ],
  ])('%s', async (_, cells, remarks, score, percent) => {
    await loading(async (trx) => {
      const file = await table(
        'service,published,overall,score,score_percent,out_of',
        `Leeds,2019-03,${cells}`,
      );
      const [row] = (await loadRatingsTable(trx, file, { edition: '2018' })) as [RatingsRow];
      expect(row.remarks.map(({ message }) => message)).toEqual(remarks);
      expect(row.remarks[0]?.line).toBe(2);
      expect((await written(trx, row)).overall).toMatchObject({
        rating: 'Good',
        score,
        score_percent: percent,
      });
      const kept = (await recordOf(trx, row)).remarks;
      expect(kept).toEqual(
        remarks.map((message, at) =>
          expect.objectContaining({ remark_no: at + 1, file: 'table.csv', line: 2, message }),
        ),
      );
    });
  });

  test('not the scores at the ends of each band', async () => {
    const sound = ['Inadequate,6', 'Requires improvement,7', 'Requires improvement,18', 'Good,19', 'Good,30'];
    const more = ['Outstanding,31', 'Outstanding,36', 'Good,58%', 'Good,21.0'];
    const rows = [...sound, ...more].map((cells, at) => `Leeds,201${at}-12-0${at + 1},2018,${cells}`);
    const found = messages(await loaded(['service,published,edition,overall,score', ...rows]));
    expect(found).toEqual(rows.map(() => []));
  });

  test('a sum of the standards that is not the score', async () => {
    // 12 Good are 24
    const rows = await loaded([
      `service,published,overall,score,${standards}`,
      `Leeds,2019-03,Good,24,${'G,'.repeat(11)}G`,
      `York,2019-03,Good,23,${'G,'.repeat(11)}G`,
      `Bristol,2019-03,Outstanding,,${'G,'.repeat(11)}G`,
      `Stockport,2019-03,Outstanding,,${'G,'.repeat(11)}`,
    ]);
    expect(messages(rows)).toEqual([
      [],
      ['the ratings of the standards add up to 24 of 36, and not to 23'],
      ['the ratings of the standards give Good (24 of 36), and not Outstanding'],
      [],
    ]);
  });

  test('the limiting judgement is seen where 4.1 is known, and thought of where it is not', async () => {
    const rows = await loaded([
      'service,published,overall,score,4.1',
      'Leeds,2023-03,Good,33,Inadequate',
      'York,2023-03,Outstanding,33,Inadequate',
      'Bristol,2023-03,Good,33,Good',
      'Stockport,2023-03,Good,33,',
    ]);
    expect(messages(rows)).toEqual([
      [],
      ['the score 33 of 36 is Good, and not Outstanding'],
      ['the score 33 of 36 is Outstanding, and not Good'],
      ['the score 33 of 36 is Outstanding, and not Good (unless it was limited: 4.1 not known)'],
    ]);
  });

  test('two rows of one service and date that differ are refused; a row that says the same is passed over', async () => {
    expect(
      await refused([
        'service,published,overall',
        'Leeds,2019-03,Good',
        'Leeds City Council,2019-03,Inadequate',
        'Leeds YJS,2019-03,good',
      ]),
    ).toEqual([
      'table.csv:3: line 2 is of the same service and publication date, and says otherwise: leave the one that is right',
    ]);
    await loading(async (trx) => {
      const file = await table('service,published,overall', 'Leeds,2019-03,Good', 'Leeds YJS,2019-03,good');
      const rows = await loadRatingsTable(trx, file);
      expect(messages(rows)).toEqual([[], ['line 2 says the same: this row was passed over']]);
      expect(outcomes(rows)).toEqual(['loaded', 'unchanged']);
      expect(rows[1]?.inspectionId).toBe(rows[0]?.inspectionId);
      expect(outcomes(await loadRatingsTable(trx, file))).toEqual(['unchanged', 'unchanged']);
    });
  });

  test('two rows of one service and fieldwork: the second is kept without its fieldwork', async () => {
    await loading(async (trx) => {
      const file = await table(
        'service,published,overall,fieldwork_start',
        'Leeds,2019-03,Good,2019-01',
        'Leeds,2019-04,Inadequate,2019-01',
        'Leeds,2019-04,Inadequate,2019-01',
      );
      const rows = await loadRatingsTable(trx, file);
      expect(messages(rows)).toEqual([
        [],
        [
          'leeds-published-2019-03 has the same service and fieldwork: this one is kept without its fieldwork date',
        ],
        ['line 3 says the same: this row was passed over'],
      ]);
    });
  });
});
