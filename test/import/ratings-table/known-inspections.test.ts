import { describe, expect, test } from 'vitest';
import { loadRatingsTable, type RatingsRow } from '../../../src/ratings-table/index.js';
import { contents, testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';
import { waitsForLock } from '../../support/waiting.js';
import { messages, outcomes, ratingsTables, recordOf, written } from './tables.js';

const database = testDatabase();
const files = testFolder();
const { table, loading, loaded } = ratingsTables(database, files);

describe('an inspection whose own report is loaded', () => {
  // The published ratings of the five reports, read from them by hand.
  const five = [
    'service,published,overall,score,1.1,1.2,1.3,1.4,2.1,2.2,2.3,2.4,3.1,3.2,3.3,3.4,4.1',
    'Barnet,May 2022,Good,21/36,G,G,O,RI,RI,G,G,RI,RI,G,G,G,G',
    'Essex,2018,Outstanding,,O,O,G,O,O,O,O,O,O,O,G,G,',
    'Hammersmith & Fulham,Oct-22,Outstanding,31,G,G,O,G,O,O,O,O,G,O,O,G,O',
    'Kensington & Chelsea,11/03/2021,Good,29/36,O,O,O,O,RI,G,O,O,RI,RI,O,O,',
    'Wigan,2021-08,Good,19,RI,G,RI,G,G,RI,RI,RI,RI,RI,O,O,',
  ];

  /** All that is stored, but what tables say beside reports. */
  const others = async (trx: unknown) => {
    const { listed_figure: _, ...rest } = await contents(trx as never);
    return rest;
  };

  test('is left as it is', async () => {
    await loading(async (trx) => {
      const before = await others(trx);
      const rows = await loadRatingsTable(trx, await table(...five));
      expect(outcomes(rows)).toEqual(Array(5).fill('known better'));
      expect(messages(rows)).toEqual(Array(5).fill([]));
      expect(await others(trx)).toEqual(before);
    });
  });

  test('is remarked on where the table says otherwise', async () => {
    const rows = await loaded([
      'service,published,edition,overall,score,2.1',
      'Wigan,2021,2018,Outstanding,32,Good',
    ]);
    expect(outcomes(rows)).toEqual(['known better']);
    expect(messages(rows)).toEqual([
      [
        'differs from what is published in the report that is loaded: overall Outstanding (there Good), score 32 (there 19)',
      ],
    ]);
  });
});

describe('loading again', () => {
  const lines = [
    'service,published,overall,score,1.1,2.1',
    'Leeds,2019-03,Good,24,G,RI',
    'York,2019-03,Good,22,O,O',
  ];

  test('the same table changes nothing', async () => {
    await loading(async (trx) => {
      const file = await table(...lines);
      const first = await loadRatingsTable(trx, file);
      const before = await contents(trx as never);
      const again = await loadRatingsTable(trx, file);
      expect(again).toEqual(first.map((row) => ({ ...row, outcome: 'unchanged' })));
      expect(await contents(trx as never)).toEqual(before);
    });
  });

  test('a changed row replaces that inspection, keeps its key, and what it was is recorded', async () => {
    await loading(async (trx) => {
      const first = await loadRatingsTable(trx, await table(...lines));
      const changed = lines.map((line) => line.replace('Good,24,G,RI', 'Outstanding,33,O,'));
      const again = await loadRatingsTable(trx, await table(...changed));
      expect(outcomes(again)).toEqual(['replaced', 'unchanged']);
      expect(again.map(({ inspectionId }) => inspectionId)).toEqual(
        first.map(({ inspectionId }) => inspectionId),
      );
      const [row] = again as [RatingsRow];
      expect(await written(trx, row)).toMatchObject({
        overall: { rating: 'Outstanding', score: 33 },
        ratings: { '1.1': 'Outstanding' },
      });
      const { replaced } = await recordOf(trx, row);
      expect(replaced.map((one) => ({ ...one, load_id: 0 }))).toEqual(
        expect.arrayContaining([
          { load_id: 0, code: 'overall', rating: 'Good', score: 24 },
          { load_id: 0, code: '1.1', rating: 'Good', score: 2 },
          { load_id: 0, code: '2.1', rating: 'Requires improvement', score: 1 },
        ]),
      );
      expect(replaced).toHaveLength(3);
    });
  });

  test('an invented inspection does not take the place of a real one', async () => {
    await loading(async (trx) => {
      const file = await table(...lines);
      await loadRatingsTable(trx, file);
      await expect(loadRatingsTable(trx, file, { synthetic: true })).rejects.toMatchObject({
        problems: [
          expect.objectContaining({
            line: 2,
            message: expect.stringMatching(
              /^a real inspection of this service and date is loaded.*\(and line 3: 2 rows\)$/,
            ),
          }),
        ],
      });
    });
  });
});

test('two loaders of one table at once do not get into each other', async () => {
  const file = await table('service,published,overall', 'Torbay,2019,Good', 'Slough,2020,Good');
  try {
    const both = await Promise.all([
      loadRatingsTable(database.db, file),
      loadRatingsTable(database.db, file),
    ]);
    expect(both.map((rows) => outcomes(rows).join()).sort()).toEqual([
      'loaded,loaded',
      'unchanged,unchanged',
    ]);
  } finally {
    await database.db.deleteFrom('core.inspection').where('fieldwork_start', 'is', null).execute();
  }
});

test('a loader waits for another that loads the same inspection', async () => {
  const file = await table('service,published,overall', 'Barnet,2019-05,Good');
  // another row to the server, which would not make it wait by itself, and the same inspection
  const lessExact = await table('service,published,overall', 'Barnet,2019,Good');
  let second: Promise<RatingsRow[]> | undefined;
  await loading(async (trx) => {
    await loadRatingsTable(trx, file);
    second = loadRatingsTable(database.db, lessExact);
    await waitsForLock(database.db, second);
  });
  expect(outcomes((await second) ?? [])).toEqual(['loaded']);
  await database.db.deleteFrom('core.inspection').where('fieldwork_start', 'is', null).execute();
});
