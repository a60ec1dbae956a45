import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRatingsTable } from '../../../src/ratings-table/index.js';
import { compareSqlAndTypescript } from '../../../src/reconcile/sql-and-typescript.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';

// What the views make of inspections that are known by their ratings only.

const database = testDatabase();
const files = testFolder();

// Leeds in 2019: 3 of Requires improvement (1), 8 of Good (2), 1 of Outstanding (3) are 3 + 16 + 3 = 22 of 36, or 61.1%.
const lines = [
  'service,published,overall,score,1.1,1.2,1.3,1.4,2.1,2.2,2.3,2.4,3.1,3.2,3.3,3.4,4.1',
  'Leeds,2019-05,Good,22/36,G,G,RI,G,G,G,RI,RI,O,G,G,G,',
  'Leeds,12/09/2022,Outstanding,89%,O,,,,G,,,,,,,,',
  'Cardiff,2020,Good,12,,,,,,,,,,,,,',
  'Newport,2019-06,Good,61.1%,G,G,RI,G,G,G,RI,RI,O,G,G,G,',
  'Swindon,2019-06,Good,61.2%,G,G,RI,G,G,G,RI,RI,O,G,G,G,',
  // 20 of 36 are 55.55…%
  'Stockport,2019-06,Good,55%,RI,RI,RI,G,G,G,RI,RI,O,G,G,G,',
  'York,2023-03,Good,33,,,,,,,,,,,,,',
  'Bristol,2023-03,Good,33,,,,,,,,,,,,,Inadequate',
  'Derby,2023-03,Good,33,,,,,,,,,,,,,Good',
];
const ids: Record<string, number> = {};
beforeAll(async () => {
  const folder = await files.folder({ 'national.csv': lines.join('\n') });
  for (const { name, inspectionId } of await loadRatingsTable(database.db, `${folder}/national.csv`))
    ids[name.replace(/^\S+ /, '')] = inspectionId as number;
});

test.each<[view: string, inspection: string, expected: object]>([
  [
    'overall_rating',
    'Leeds 2019-05',
    {
      ...{ fieldwork_start: null, year: 2019, published: '2019-05-01', edition: '2018' },
      ...{ score: 22, max_score: 36, rating: 'Good', rating_source: 'computed' },
      ...{ published_score: 22, published_score_percent: null },
    },
  ],
  // of only some standards no score is made: the published rating stands
  [
    'overall_rating',
    'Leeds 2022-09-12',
    {
      ...{ edition: '2021', score: null, max_score: null, rating: 'Outstanding', rating_source: 'published' },
      ...{ published_score: 32, published_score_percent: 89 },
    },
  ],
  // a year of publication alone dates it
  ['overall_rating', 'Cardiff 2020', { fieldwork_start: null, published: null, year: 2020 }],
  ['service_history', 'Leeds 2019-05', { sequence: 1, previous_inspection_id: null }],
  [
    'service_history',
    'Leeds 2022-09-12',
    { sequence: 2, score_source: 'published', rating_change: 1, edition_changed: true },
  ],
])('%s of %s', async (view, inspection, expected) => {
  const { rows } = await sql<object>`
    select * from ${sql.table(`analytics.${view}`)} where inspection_id = ${ids[inspection]}`.execute(
    database.db,
  );
  expect(rows[0]).toMatchObject(expected);
});

describe('reconciliation', () => {
  const none = 'no rating is known for 1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3, 3.4';
  const some = 'no rating is known for 1.2, 1.3, 1.4, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3, 3.4';
  test.each<[inspection: string, code: string, row: unknown[]]>([
    ['Leeds 2019-05', 'score', ['22/36', '22/36', 'agrees', null]],
    ['Leeds 2019-05', '1.1', ['Good', 'Good', 'agrees', 'as judged; not computed']],
    // in percent, to as many decimals as are printed
    ['Newport 2019-06', 'score', ['22, 61.1%', '22/36, 61.1%', 'agrees', null]],
    ['Swindon 2019-06', 'score', ['61.2%', '22/36, 61.1%', 'disagrees', null]],
    ['Stockport 2019-06', 'score', ['55%', '20/36, 56%', 'agrees truncated', null]],
    ['Leeds 2022-09-12', 'overall', ['Outstanding', null, 'not computable', some]],
    [
      'Cardiff 2020',
      'overall',
      [
        'Good',
        null,
        'disagrees',
        expect.stringMatching(/; the printed score 12 of 36 is Requires improvement$/),
      ],
    ],
    // the limiting judgement is looked at where it is known, and thought of where it is not
    [
      'York 2023-03',
      'overall',
      [
        'Good',
        null,
        expect.anything(),
        `${none}; the printed score 33 of 36 is Outstanding (unless it was limited: 4.1 not known)`,
      ],
    ],
    ['Bristol 2023-03', 'overall', ['Good', null, expect.anything(), none]],
    [
      'Derby 2023-03',
      'overall',
      ['Good', null, expect.anything(), `${none}; the printed score 33 of 36 is Outstanding`],
    ],
  ])('of %s, %s', async (inspection, code, expected) => {
    const { rows } = await sql<object>`
      select published, computed, status, explanation from analytics.reconciliation
      where inspection_id = ${ids[inspection]} and code = ${code} and level in ('overall', 'score', 'standard')`.execute(
      database.db,
    );
    expect(rows.map((row) => Object.values(row).map((value) => value ?? null))).toEqual([expected]);
  });
});

test('SQL and TypeScript give the same', async () => {
  const { cells, differences } = await compareSqlAndTypescript(database.db);
  expect(differences).toEqual([]);
  expect(cells).toBeGreaterThan(100);
});
