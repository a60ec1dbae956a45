import type { Transaction } from 'kysely';
import { expect, test } from 'vitest';
import type { DB } from '../../src/database/schema.js';
import { load } from '../../src/import/load.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { valuesOf } from '../support/asked.js';
import { testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// Inspections of which the report does not say when fieldwork was: they are told by their publication.

const database = testDatabase();
const files = testFolder();

const bundle = (report: string) =>
  files.bundle(`service: Leeds Youth Justice Service
report: ${report}
edition: "2018"
inspection_type: joint
standard_ratings: {"1.1": Good, "2.1": {not_rated: true}}
overall: {rating: Good, score_percent: "50.0"}
`);

const leeds = (trx: Transaction<DB>) =>
  valuesOf(
    trx,
    `select inspection_code, fieldwork_start, published, is_listed_only, inspection_type, rating, score_percent
    from core.inspection join core.published_overall using (inspection_id)
    where inspection_code like 'leeds%' order by inspection_code`,
  );

test('a bundle without fieldwork loads, and again changes nothing', async () => {
  await rolledBack(database.db, async (trx) => {
    const file = await bundle('{published: 2019-03, url: "https://reports.example/leeds"}');
    expect(await load(trx, [file])).toMatchObject([{ outcome: 'loaded', notices: [] }]);
    expect(await leeds(trx)).toEqual([
      ['leeds-published-2019-03', null, '2019-03-01', false, 'joint', 'Good', 50],
    ]);
    expect(await load(trx, [file])).toMatchObject([{ outcome: 'unchanged' }]);
  });
});

test('it is known better than by a table, and less than by a report with its fieldwork', async () => {
  await rolledBack(database.db, async (trx) => {
    const folder = await files.folder({
      'table.csv': 'service,published,edition,overall\nLeeds,2019-03-12,2018,Inadequate\n',
    });
    const table = () => loadRatingsTable(trx, `${folder}/table.csv`);
    expect(await table()).toMatchObject([{ outcome: 'loaded' }]);
    // the report takes the place of what a table said of the same publication
    expect(await load(trx, [await bundle('{published: 2019-03-12}')])).toMatchObject([
      { outcome: 'replaced' },
    ]);
    const differs =
      'differs from what is published in the report that is loaded: overall Inadequate (there Good)';
    expect(await table()).toMatchObject([{ outcome: 'known better', remarks: [{ message: differs }] }]);
    const full = await bundle('{published: 2019-03, fieldwork_from: "2019-01-14"}');
    expect(await load(trx, [full])).toMatchObject([{ outcome: 'loaded' }]);
    expect((await leeds(trx)).map(([code, , , isListedOnly]) => [code, isListedOnly])).toEqual([
      ['leeds-2019-01-14', false],
    ]);
    expect(await load(trx, [await bundle('{published: 2019-03-12}')])).toMatchObject([
      { outcome: 'known better' },
    ]);
    expect(await leeds(trx)).toHaveLength(1);
  });
});
