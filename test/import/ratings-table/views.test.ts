import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { ratingsTable } from '../../../src/cli/ratings-table.js';
import { ratings } from '../../../src/queries/ratings.js';
import { loadRatingsTable } from '../../../src/ratings-table/index.js';
import { compareSqlAndTypescript } from '../../../src/reconcile/sql-and-typescript.js';
import { testFolder } from '../../support/bundles.js';
import { testDatabase } from '../../support/database.js';

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

const row = async (view: string, inspection: string) => {
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.table(`analytics.${view}`)} where inspection_id = ${ids[inspection]}`.execute(
    database.db,
  );
  return rows[0];
};

const reconciled = async (inspection: string) => {
  const { rows } = await sql<Record<string, unknown>>`
    select code, published, computed, status, explanation from analytics.reconciliation
    where inspection_id = ${ids[inspection]} and level in ('overall', 'score', 'standard') order by level_rank, code`.execute(
    database.db,
  );
  return rows;
};

describe('an inspection known by its ratings only, with all standards known,', () => {
  test('has its overall rating computed from them', async () => {
    expect(await row('overall_rating', 'Leeds 2019-05')).toMatchObject({
      fieldwork_start: null,
      year: 2019,
      published: '2019-05-01',
      edition: '2018',
      score: 22,
      max_score: 36,
      rating: 'Good',
      rating_source: 'computed',
      published_score: 22,
      published_score_percent: null,
    });
  });

  test('has its score and overall rating held against the published ones', async () => {
    const [overall, score, first] = await reconciled('Leeds 2019-05');
    expect([overall, score, first]).toEqual([
      { code: 'overall', published: 'Good', computed: 'Good', status: 'agrees', explanation: null },
      { code: 'score', published: '22/36', computed: '22/36', status: 'agrees', explanation: null },
      {
        code: '1.1',
        published: 'Good',
        computed: 'Good',
        status: 'agrees',
        explanation: 'as judged; not computed',
      },
    ]);
  });

  test('has a score in percent held against the computed one, to as many decimals as are printed', async () => {
    expect((await reconciled('Newport 2019-06'))[1]).toMatchObject({
      code: 'score',
      published: '22, 61.1%',
      computed: '22/36, 61.1%',
      status: 'agrees',
    });
    expect((await reconciled('Swindon 2019-06'))[1]).toMatchObject({
      code: 'score',
      published: '61.2%',
      computed: '22/36, 61.1%',
      status: 'disagrees',
    });
    expect((await reconciled('Stockport 2019-06'))[1]).toMatchObject({
      published: '55%',
      computed: '20/36, 56%',
      status: 'agrees truncated',
    });
  });
});

describe('an inspection with ratings of only some standards', () => {
  test('keeps the published rating, and has no score made of a part', async () => {
    expect(await row('overall_rating', 'Leeds 2022-09-12')).toMatchObject({
      edition: '2021',
      score: null,
      max_score: null,
      rating: 'Outstanding',
      rating_source: 'published',
      rating_without_discretion: null,
      published_score: 32,
      published_score_percent: 89,
    });
  });

  test('has nothing computed to hold against the published figures', async () => {
    const [overall, score] = await reconciled('Leeds 2022-09-12');
    const why = 'no rating is known for 1.2, 1.3, 1.4, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3, 3.4';
    expect([overall, score]).toEqual([
      {
        code: 'overall',
        published: 'Outstanding',
        computed: null,
        status: 'not computable',
        explanation: why,
      },
      { code: 'score', published: '32, 89%', computed: null, status: 'not computable', explanation: why },
    ]);
  });

  test('whose printed score contradicts its rating says so', async () => {
    expect((await reconciled('Cardiff 2020'))[0]).toMatchObject({
      published: 'Good',
      computed: null,
      status: 'disagrees',
      explanation: expect.stringMatching(
        /^no rating is known for .*; the printed score 12 of 36 is Requires improvement$/,
      ),
    });
  });

  test('is looked at with the limiting judgement where it is known, and with doubt where it is not', async () => {
    const none = 'no rating is known for 1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3, 3.4';
    const explanations = await Promise.all(
      ['York', 'Bristol', 'Derby'].map(async (name) => (await reconciled(`${name} 2023-03`))[0]?.explanation),
    );
    expect(explanations).toEqual([
      `${none}; the printed score 33 of 36 is Outstanding (unless it was limited: 4.1 not known)`,
      none,
      `${none}; the printed score 33 of 36 is Outstanding`,
    ]);
  });

  test('and only a year of publication is dated by it', async () => {
    expect(await row('overall_rating', 'Cardiff 2020')).toMatchObject({
      fieldwork_start: null,
      published: null,
      year: 2020,
    });
  });
});

test('the history of a service goes by publication where fieldwork is not known', async () => {
  expect(await row('service_history', 'Leeds 2019-05')).toMatchObject({
    sequence: 1,
    previous_inspection_id: null,
  });
  expect(await row('service_history', 'Leeds 2022-09-12')).toMatchObject({
    sequence: 2,
    previous_inspection_id: ids['Leeds 2019-05'],
    score_source: 'published',
    rating_change: 1,
    edition_changed: true,
  });
});

test('SQL and TypeScript give the same', async () => {
  const { cells, differences } = await compareSqlAndTypescript(database.db, [
    ids['Leeds 2022-09-12'] as number,
  ]);
  expect(differences).toEqual([]);
  expect(cells).toBeGreaterThan(100);
  expect((await compareSqlAndTypescript(database.db)).differences).toEqual([]);
});

test('the printed table shows what is not known, and what is as published', async () => {
  const found = await ratings(database.db, { service: 'Leeds' });
  expect(found.map(({ fieldwork_start, published }) => [fieldwork_start, published])).toEqual([
    [null, '2019-05-01'],
    [null, '2022-09-12'],
  ]);
  const printed = ratingsTable(found);
  expect(printed[2]).toMatch(/^Leeds +- +2018 +G +G +RI .* 22\/36 +Good +agrees, 8 not computable$/);
  expect(printed[3]).toMatch(
    /^Leeds +- +2021 +O +- .* 32 \(p\) +Outstanding \(p\) +agrees, 3 not computable$/,
  );
  expect(printed.slice(4)).toEqual([
    '',
    'G Good, O Outstanding, RI Requires improvement; * a ratings panel used its discretion; - not rated',
    "(p) as published, because not every standard's rating is known",
  ]);
});
